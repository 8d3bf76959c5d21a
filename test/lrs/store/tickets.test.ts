import { expect } from 'chai';
import { Connection } from '../../../lrs/store/mongodb/connection.ts';
import type { CommitRow } from '../../../lrs/store/mongodb/schema.ts';
import { Tickets } from '../../../lrs/store/mongodb/tickets.ts';
import { onEachEngine, type Place } from '../../engines/index.ts';

const DAY = 24 * 60 * 60 * 1000;

onEachEngine('the order of commits', (engine) => {
  if (engine.name !== 'MongoDB') return;
  let place: Place;
  let connections: Connection[];
  let opened: Tickets[];
  beforeEach(async () => {
    place = await engine.place();
    connections = [];
    opened = [];
  });
  afterEach(async () => {
    for (const tickets of opened) tickets.close();
    await Promise.all(connections.map((connection) => connection.close()));
    await place.remove();
  });

  /** What a process has that opens the store. */
  async function process(): Promise<{ tickets: Tickets; collections: Connection['collections'] }> {
    const connection = await Connection.open(place.engine);
    connections.push(connection);
    const tickets = await Tickets.open(connection);
    opened.push(tickets);
    return { tickets, collections: connection.collections };
  }

  /** Tickets that somebody took and wrote down two days ago, and one of now. */
  async function twoDays({ tickets, collections }: Awaited<ReturnType<typeof process>>): Promise<number> {
    const then = Date.now() - 2 * DAY;
    const rows = [1, 2, 3, 4, 5].map((n): CommitRow => ({ _id: n, by: 'another', first: then + n, last: then + n }));
    await collections.commits.insertMany(rows);
    await collections.meta.updateOne({ _id: 'clock' }, { $set: { ticket: 5, stored: then + 5 } });
    const now = await tickets.take();
    await tickets.finishEmpty(now);
    return now.last;
  }

  const numbers = async ({ collections }: Awaited<ReturnType<typeof process>>): Promise<number[]> =>
    (await collections.commits.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

  it('is caught up with by a process that has not looked for so long that tickets were let go of', async () => {
    const standby = await process();
    const other = await process();
    const stored = await twoDays(other);
    await other.tickets.look();
    await other.tickets.forget();
    expect(await numbers(other)).to.deep.equal([6]);
    await standby.tickets.look();
    expect(standby.tickets.through).to.equal(stored);
    const next = await other.tickets.take();
    await other.tickets.finishEmpty(next);
    await standby.tickets.look();
    expect(standby.tickets.through).to.equal(next.last);
    expect(await numbers(other), 'nothing is given up').to.deep.equal([6, 7]);
  });

  it('lets go of tickets also where the process that does so has no other reason to look', async () => {
    const jobs = await process();
    await twoDays(jobs);
    await jobs.tickets.forget();
    expect(await numbers(jobs)).to.deep.equal([6]);
  });
});
