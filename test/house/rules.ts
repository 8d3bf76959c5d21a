/** The rules of the house (design.md): imports point down, parts meet at their doors, lrs/xapi is pure, nothing goes in circles. */
import { posix } from 'node:path';
import { importsOf } from './imports.ts';

/** Path from the root, with slashes → source. */
export type Tree = ReadonlyMap<string, string>;

/** Higher floors may import lower ones. content-packages and reporting are on one floor, and never import each other. */
const FLOORS: Record<string, number> = { main: 4, 'content-packages': 3, reporting: 3, adapters: 2, lrs: 1, web: 0 };

/** What stands at the top besides the parts. */
const MAIN = ['main.ts', 'config.ts', 'cli'];

/** Doors besides each part's own index.ts. */
const SIDE_DOORS = ['lrs/directory/index.ts', 'lrs/profile/index.ts', 'reporting/calendar/index.ts'];

const PURE = 'lrs/xapi/';
/** What of Node the pure folder may use: it computes, and touches neither disk nor network. */
const PURE_MODULES = ['node:crypto'];

/** Every breach of the rules, as a sentence each. */
export function breaches(tree: Tree): string[] {
  const edges = [...tree].flatMap(([file, source]) =>
    importsOf(source).map((specifier) => ({ file, specifier, target: resolve(file, specifier) })),
  );
  const strangers = [...tree.keys()].filter((file) => partOf(file) === undefined);
  return [
    ...strangers.map((file) => `${file} stands in no part of the house`),
    ...edges.flatMap((edge) => [...breachOfFloors(edge), ...breachOfPurity(edge)]),
    ...cycles(tree, edges),
  ];
}

interface Edge {
  file: string;
  specifier: string;
  /** Path from the root; undefined for a package or a module of Node. */
  target: string | undefined;
}

function resolve(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

function partOf(file: string): string | undefined {
  const top = file.split('/')[0] ?? '';
  if (MAIN.includes(top)) return 'main';
  return top in FLOORS && top !== 'main' ? top : undefined;
}

function breachOfFloors({ file, target }: Edge): string[] {
  if (target === undefined) return [];
  const from = partOf(file) ?? '';
  const to = partOf(target);
  if (to === undefined) return [`${file} imports ${target}, which is outside of the house`];
  if (from === to) return [];
  if ((FLOORS[from] ?? 0) <= (FLOORS[to] ?? 0)) return [`${file} imports ${target}: imports point down`];
  const isDoor = target === `${to}/index.ts` || SIDE_DOORS.includes(target);
  return isDoor ? [] : [`${file} imports ${target}: between parts only through an index.ts`];
}

function breachOfPurity({ file, specifier, target }: Edge): string[] {
  if (!file.startsWith(PURE)) return [];
  if (target !== undefined)
    return target.startsWith(PURE) ? [] : [`${file} imports ${target}: lrs/xapi imports nothing of ours`];
  const reachesOut = specifier.startsWith('node:') && !PURE_MODULES.includes(specifier);
  return reachesOut ? [`${file} imports ${specifier}: lrs/xapi is pure`] : [];
}

/** Each circle of imports once, found by walking depth first. */
function cycles(tree: Tree, edges: readonly Edge[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of edges) {
    if (target !== undefined && tree.has(target)) targets.set(file, [...(targets.get(file) ?? []), target]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push(`imports go in a circle: ${[...path.slice(at), file].join(' → ')}`);
    if (at >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of tree.keys()) walk(file, []);
  return found;
}
