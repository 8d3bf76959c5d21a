/** `livret targets set | list | remove` */
import type { Directory } from '../../lrs/directory/index.ts';
import { LivretError, type Store } from '../../lrs/index.ts';
import type { Command } from '../../web/index.ts';
import { readTargets, removeTarget, setTarget, targetId, targetOf } from './records.ts';

export interface TargetGround {
  store: Store;
  directory: Pick<Directory, 'tree'>;
  now(): number;
}

/**
 * targets.set { figure, people, by, direction? } gives { id }; targets.list gives [{ id, figure, people, by, direction? }];
 * targets.remove { id } gives nothing. Reject `report.target`, `direction.unknown`.
 */
export function createTargetCommands({ store, directory, now }: TargetGround): Command[] {
  return [
    {
      name: 'targets.set',
      async run({ args }) {
        const target = targetOf(args);
        const { direction } = target;
        if (direction !== undefined && !(await directory.tree()).direction(direction))
          throw new LivretError('direction.unknown', { detail: `“${direction}”` });
        await setTarget(store, target, { by: 'console', at: now() });
        return { id: targetId(target) };
      },
    },
    {
      name: 'targets.list',
      run: async () => (await readTargets(store)).map((target) => ({ ...target })),
    },
    {
      name: 'targets.remove',
      async run({ args }) {
        await removeTarget(store, typeof args.id === 'string' ? args.id : '');
        return null;
      },
    },
  ];
}
