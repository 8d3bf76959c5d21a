/** The bodies that every server of the bench is sent: the committed statement.json with people, modules and days put in by a seeded generator. */
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const TEMPLATE = JSON.stringify(JSON.parse(readFileSync(new URL('./statement.json', import.meta.url), 'utf8')));

const PEOPLE = 3_000;
/** People of a store of so many statements: each has as many, however large the store is. */
export const peopleOf = (statements: number): number => Math.max(1, Math.round((statements * 3) / 1_000));
const MODULES = 40;
const VERBS = ['initialized', 'experienced', 'answered', 'completed', 'terminated'];
/** One statement in so many has a verb and a module that occur only together: with another module the verb never meets. */
const APART = 50;
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

export const verbId = (name: string): string => `http://adlnet.gov/expapi/verbs/${name}`;
export const moduleId = (module: number | 'apart'): string => `https://livret.example/modules/tableur/${module}`;
export const PARCOURS = 'https://livret.example/parcours/tableur';
export const actorOf = (person: number) => ({
  account: { homePage: 'https://sso.interieur.example', name: `agent-${person}` },
});

/** One for each person and module, as a launch service gives them. */
export function registrationOf(person: number, module: number | string): string {
  const hex = hash('sha256', `${person}/${module}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** JSON texts of `count` statements without ids, so that each can be posted any number of times. */
export function statementTexts(count: number, seed = 1, people = PEOPLE): string[] {
  const next = random(seed);
  const upTo = (limit: number) => Math.floor(next() * limit);
  return Array.from({ length: count }, () => {
    const person = upTo(people);
    const apart = upTo(APART) === 0;
    const module = apart ? 'apart' : String(upTo(MODULES));
    return TEMPLATE.replaceAll('{person}', String(person))
      .replaceAll('{module}', module)
      .replaceAll('{verb}', apart ? 'waived' : (VERBS[upTo(VERBS.length)] ?? ''))
      .replaceAll('{registration}', registrationOf(person, module))
      .replaceAll('{session}', registrationOf(person, upTo(1_000_000)))
      .replaceAll('{timestamp}', new Date(FIRST_DAY + upTo(200 * 86_400) * 1_000).toISOString());
  });
}

/** JSON arrays of `size` statements each. */
export const batchTexts = (count: number, size: number): string[] =>
  Array.from({ length: count }, (_, n) => `[${statementTexts(size, n + 1).join(',')}]`);
