/** A process of its own, for what it takes of memory: publishes reports as `livret report` does, and prints what each took. */
import { readFileSync } from 'node:fs';
import { keepHeapSmall } from '../../../cli/heap.ts';
import { createDirectory } from '../../../lrs/directory/index.ts';
import { createAccess } from '../../../lrs/index.ts';
import { createReporting } from '../../../reporting/index.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { SETTINGS } from '../../reporting/site.ts';
import { givenOptions } from '../prepared.ts';
import { withStore } from './site.ts';

export interface Published {
  /** Seconds by report and period, and seconds of processor time. */
  took: { report: string; period: string; seconds: number; processor: number }[];
  /** Most memory of the process beside mapped files, MB. */
  memory: number;
}

keepHeapSmall();

const {
  folder,
  periods,
  cohorts,
  memory = 512,
} = givenOptions<{
  folder: string;
  /** For all reports. */
  periods: string[];
  /** For the reports of cohorts, before those. */
  cohorts: string[];
  /** MB that the reports may use. */
  memory?: number;
}>();

/** MB. */
const ownMemory = (): number => Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

const published = await withStore(folder, async (store): Promise<Published> => {
  const directory = createDirectory(store);
  const settings = { siteUrl: 'http://127.0.0.1', requestsPerMinute: 0, failedLoginsPerMinute: 0 };
  const reporting = await createReporting({
    ...{ store, directory, access: await createAccess({ store, directory, settings }), dataFolder: folder },
    settings: { ...SETTINGS, reportsMemory: memory * 2 ** 20 },
    onError: (error) => {
      throw error;
    },
  });
  const command = reporting.commands?.find(({ name }) => name === 'report');
  const took: Published['took'] = [];
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, ownMemory());
  }, 50);
  for (const { name, family } of METRICS) {
    for (const period of [...(family.cohort ? cohorts : []), ...periods]) {
      const [started, used] = [performance.now(), process.cpuUsage()];
      await command?.run({ args: { name, period }, input: nothing(), emit: async () => {} });
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(used);
      took.push({ report: name, period, seconds, processor: (user + system) / 1e6 });
      process.stderr.write(`  ${name} ${period}: ${seconds.toFixed(1)} s, up to ${Math.round(most)} MB\n`);
    }
  }
  clearInterval(looking);
  await reporting.close?.();
  return { took, memory: most };
});
process.stdout.write(`${JSON.stringify(published)}\n`);

async function* nothing(): AsyncGenerator<Uint8Array> {}
