/** Every report that is put together, and where it finds its figures. */
import type { Directory } from '../lrs/directory/index.ts';
import type { Store } from '../lrs/index.ts';
import type { Answer } from './answer.ts';
import { claims } from './claims/index.ts';
import type { Collected, Sources } from './collected.ts';
import { cumulative } from './cumulative/index.ts';
import type { Asked } from './find-figures.ts';
import type { Reports } from './reports.ts';
import { readTargets } from './targets/index.ts';

export const COLLECTED: readonly Collected[] = [claims, cumulative];

export interface Ground {
  reports: Reports;
  store: Store;
  directory: Pick<Directory, 'tree'>;
}

/** `within`: directions whose figures the reader sees; all where nothing is said. */
export function sourcesOf(
  { reports, store, directory }: Ground,
  ask: (asked: Asked) => Promise<Answer>,
  within?: ReadonlySet<string>,
): Sources {
  const reached = (asked: Asked): Asked => (within ? { ...asked, within } : asked);
  return {
    reports,
    ask: (asked) => ask(reached(asked)),
    look: (asked) => reports.read(reached(asked)),
    targets: () => readTargets(store),
    async directions() {
      const tree = await directory.tree();
      return tree.directions().filter((name) => !within || tree.below([name]).some((each) => within.has(each)));
    },
  };
}
