/** What an administrator changes of the tree. Of two who change it at once, one begins again on what the other made. */
import { LivretError } from '../errors.ts';
import { put } from '../store/store.ts';
import { REVISION, REVISION_ID } from './revision.ts';
import type { Tree } from './tree.ts';
import { treeChanges } from './trees.ts';
import { oneSpelling } from './typed.ts';
import { directionId, KINDS_BELOW, type Unit, type UnitKind, unitsOf } from './unit.ts';
import { type Ground, untilCommitted } from './write.ts';

const LONGEST_NAME = 200;

async function changeTree(ground: Ground, make: (tree: Tree) => Unit | undefined): Promise<void> {
  await untilCommitted(async () => {
    const read = await ground.trees.read();
    const unit = make(read.tree);
    if (!unit) return;
    const revision = put(REVISION, REVISION_ID, { changed: Date.now() });
    await ground.store.commit({ changes: [...treeChanges(read, [unit]), revision] });
  });
}

function requireUnit(tree: Tree, id: string): Unit {
  const unit = tree.unit(id);
  if (!unit) throw new LivretError('direction.unknown');
  return unit;
}

export interface NewUnit {
  kind: UnitKind;
  name: string;
  /** Id of the unit above; only a direction may do without. */
  parent?: string;
}

/** The unit as it would be. */
function made(tree: Tree, { kind, name: given, parent }: NewUnit): Unit {
  const name = oneSpelling(given);
  if (name === '' || name.length > LONGEST_NAME) throw new LivretError('direction.name');
  const above = parent === undefined ? undefined : requireUnit(tree, parent);
  if (above ? !KINDS_BELOW[above.kind].includes(kind) : kind !== 'direction') throw new LivretError('direction.parent');
  if (kind === 'direction')
    return { id: directionId(name), kind, name, direction: name, ...(above && { parent: above.id }) };
  const [service] = above?.kind === 'service' ? [above.name] : [];
  const direction = above?.direction ?? '';
  const unit = unitsOf({
    direction,
    ...(kind === 'service' ? { service: name } : { ...(service && { service }), site: name }),
  }).at(-1);
  if (!unit) throw new LivretError('direction.parent');
  return unit;
}

/** See Directory.addUnit. */
export async function addUnit(ground: Ground, wanted: NewUnit): Promise<void> {
  await changeTree(ground, (tree) => {
    const unit = made(tree, wanted);
    if (tree.has(unit.id)) throw new LivretError('direction.exists');
    return unit;
  });
}

/** See Directory.setParent. */
export async function setParent(ground: Ground, id: string, parent: string | undefined): Promise<void> {
  await changeTree(ground, (tree) => {
    const { parent: before, ...unit } = requireUnit(tree, id);
    if (unit.kind !== 'direction') throw new LivretError('direction.parent');
    if (before === parent) return undefined;
    if (parent === undefined) return unit;
    const above = requireUnit(tree, parent);
    const cycle = tree.path(parent).some((each) => each.id === id);
    if (above.kind !== 'direction' || cycle)
      throw new LivretError('direction.parent', {
        detail: cycle ? 'A direction cannot be below itself.' : 'Only a direction can be above a direction.',
      });
    return { ...unit, parent };
  });
}
