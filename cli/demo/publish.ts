/** What the job would do by itself some days after a quarter is over and imported. */
import { readConfig } from '../../config.ts';
import type { CommandCall, Json } from '../../web/index.ts';
import { siteAddress } from '../address.ts';
import { openHouse } from '../house.ts';
import { closedQuarters } from './quarters.ts';

/** Every report of the quarters that are over. One house for all: the read model is opened and brought up to date once. */
export async function publishReports(): Promise<void> {
  const config = readConfig(process.env);
  const house = await openHouse(config, {
    siteUrl: siteAddress(config),
    report: () => {},
    onError: () => {},
    command: 'report',
  });
  try {
    const commands = new Map(house.parts.flatMap((part) => part.commands).map(({ name, run }) => [name, run]));
    const run = async (name: string, args: CommandCall['args']): Promise<Json | undefined> =>
      commands.get(name)?.({ args, input: nothing(), emit: async () => {} });
    const catalogue = (await run('reports.list', {})) as unknown as { reports: { name: string }[] };
    for (const period of closedQuarters(Date.now())) {
      for (const { name } of catalogue.reports) await run('report', { name, period });
    }
  } finally {
    await house.close();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
