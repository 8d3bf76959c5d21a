/** The bodies that every server of the bench is sent: the committed statement.json with people, modules and days put in by a seeded generator. */
import { readFileSync } from 'node:fs';

const TEMPLATE = JSON.stringify(JSON.parse(readFileSync(new URL('./statement.json', import.meta.url), 'utf8')));

const PEOPLE = 3_000;
const MODULES = 40;
const VERBS = ['initialized', 'experienced', 'answered', 'completed', 'terminated'];
const FIRST_DAY = Date.UTC(2026, 0, 5);

/** A small seeded generator (mulberry32): the same bodies in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** JSON texts of `count` statements without ids, so that each can be posted any number of times. */
export function statementTexts(count: number, seed = 1): string[] {
  const next = random(seed);
  const upTo = (limit: number) => Math.floor(next() * limit);
  const uuid = () => {
    const hex = Array.from({ length: 32 }, () => upTo(16).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  return Array.from({ length: count }, () =>
    TEMPLATE.replaceAll('{person}', String(upTo(PEOPLE)))
      .replaceAll('{module}', String(upTo(MODULES)))
      .replaceAll('{verb}', VERBS[upTo(VERBS.length)] ?? '')
      .replaceAll('{registration}', uuid())
      .replaceAll('{session}', uuid())
      .replaceAll('{timestamp}', new Date(FIRST_DAY + upTo(200 * 86_400) * 1_000).toISOString()),
  );
}

/** JSON arrays of `size` statements each. */
export const batchTexts = (count: number, size: number): string[] =>
  Array.from({ length: count }, (_, n) => `[${statementTexts(size, n + 1).join(',')}]`);
