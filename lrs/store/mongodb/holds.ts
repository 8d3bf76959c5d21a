/** While a dump is read nothing that it may refer to is swept, by whichever process. */
import { randomUUID } from 'node:crypto';
import type { Connection } from './connection.ts';

/** ms after which a hold of a process that shows no sign of life is none. */
const TERM = 60_000;

/** Holds until the function it gives is called. */
export async function holdBlobs(connection: Connection): Promise<() => Promise<void>> {
  const { holds } = connection.collections;
  const _id = randomUUID();
  const renew = () =>
    connection.run((session) =>
      holds.updateOne({ _id }, { $set: { until: new Date(Date.now() + TERM) } }, { session, upsert: true }),
    );
  await renew();
  // Losing one renewal loses nothing: the next one comes within the term.
  const timer = setInterval(() => void renew().catch(() => undefined), TERM / 3);
  return async () => {
    clearInterval(timer);
    await connection.run((session) => holds.deleteOne({ _id }, { session })).catch(() => undefined);
  };
}

export async function areBlobsHeld(connection: Connection): Promise<boolean> {
  const { holds } = connection.collections;
  const held = await connection.run((session) => holds.findOne({ until: { $gt: new Date() } }, { session }));
  return held !== null;
}
