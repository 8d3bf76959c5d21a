/** `livret directions succeed | history | forget` */
import type { Command, CommandCall, Json } from '../../web/index.ts';
import type { Directory } from './directory.ts';
import { predecessorsOf } from './succession.ts';
import type { RecordedSuccession } from './successions.ts';

/**
 * directions.succeed {from: string[], to: string[], day} records that directions became others and gives it, with what
 * each of `to` is compared with before, and which of them the tree did not have: {id, from, to, day, by, at,
 * before: [{direction, kind, directions}], added}.
 * directions.history gives all of them in order of days; directions.forget {id} takes one back and gives it. Rejects
 * `direction.succession`, `direction.unknown`.
 */
export function createDirectionCommands(directory: Directory): Command[] {
  const succeed: Command['run'] = async ({ args }) => {
    const wanted = { from: names(args, 'from'), to: names(args, 'to'), day: text(args, 'day') };
    // A direction may be named before it is there; so may a slip.
    const known = await directory.tree();
    const recorded = await directory.succeed(wanted, { by: 'console', at: Date.now() });
    const before = recorded.to.map((direction) => {
      const { kind, directions } = predecessorsOf([recorded], [direction], '0000-01-01');
      return { direction, kind, directions };
    });
    const added = recorded.to.filter((name) => !known.direction(name));
    return { ...shown(recorded), before, added };
  };
  return [
    { name: 'directions.succeed', run: succeed },
    { name: 'directions.history', run: async () => (await directory.successions()).map(shown) },
    { name: 'directions.forget', run: async ({ args }) => shown(await directory.forgetSuccession(text(args, 'id'))) },
  ];
}

const shown = ({ id, from, to, day, by, at }: RecordedSuccession): Record<string, Json> => ({
  id,
  day,
  from: [...from],
  to: [...to],
  by,
  at: new Date(at).toISOString(),
});

/** What is not a text names nothing, and is refused as such. */
const text = (args: CommandCall['args'], name: string): string => {
  const value = args[name];
  return typeof value === 'string' ? value : '';
};

const names = (args: CommandCall['args'], name: string): string[] => {
  const value = args[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
};
