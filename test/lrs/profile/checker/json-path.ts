/**
 * JSONPath as far as xAPI Profiles allow it (Structure 8.1): children and members by name, index, `*` and unions of
 * these, alternatives with `|`. Throws where a path is anything else.
 */
const STEP = /\.([\w@-]+|\*)|\[([^\]'"]*(?:(?:'[^']*'|"[^"]*")[^\]'"]*)*)\]/y;

type Selector = string | number | '*';

/** Every value at the path, in order. */
export function valuesAt(value: unknown, path: string): unknown[] {
  return parsed(path).flatMap((steps) => {
    let values = [value];
    for (const selectors of steps) {
      values = values.flatMap((each) => selectors.flatMap((selector) => select(each, selector)));
    }
    return values;
  });
}

/** The few paths of a profile are read for each of many statements. */
const PARSED = new Map<string, Selector[][][]>();

function parsed(path: string): Selector[][][] {
  const known = PARSED.get(path);
  if (known !== undefined) return known;
  const steps = alternatives(path).map(stepsOf);
  PARSED.set(path, steps);
  return steps;
}

/** Pipes in quotes part nothing. */
const alternatives = (path: string): string[] =>
  (path.match(/(?:'[^']*'|"[^"]*"|[^|'"])+/g) ?? []).map((each) => each.trim());

function stepsOf(path: string): Selector[][] {
  if (!path.startsWith('$')) throw new Error(`not a JSONPath: ${path}`);
  const steps: Selector[][] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) throw new Error(`not understood: ${path}`);
    steps.push(match[1] === undefined ? unionOf(match[2] ?? '') : [match[1]]);
  }
  return steps;
}

const unionOf = (inside: string): Selector[] =>
  (inside.match(/'[^']*'|"[^"]*"|\*|\d+/g) ?? []).map((each) =>
    each === '*' ? each : /^\d/.test(each) ? Number(each) : each.slice(1, -1),
  );

function select(value: unknown, selector: Selector): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (selector === '*') return Object.values(value);
  const found: unknown = (value as Record<string | number, unknown>)[selector];
  return Object.hasOwn(value, selector) ? [found] : [];
}
