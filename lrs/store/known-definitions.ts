import { LRUCache } from 'lru-cache';
import type { NewStatement } from './store.ts';

const REMEMBERED = 20_000;

/** Activity → the definition merged last: most statements repeat it, and need not be merged again. */
export class KnownDefinitions {
  readonly #known: LRUCache<string, string>;

  /** `age`: ms after which it is merged again all the same, where other processes may have merged another. */
  constructor({ age = 0 }: { age?: number } = {}) {
    this.#known = new LRUCache({ max: REMEMBERED, ttl: age });
  }

  /** The statement with the definitions that have to be merged. */
  leaveOut(statement: NewStatement): NewStatement {
    const definitions = statement.defines
      ? statement.definitions.filter(({ id, definition }) => this.#known.get(id) !== JSON.stringify(definition))
      : [];
    return definitions.length === statement.definitions.length ? statement : { ...statement, definitions };
  }

  /** Call once they are merged, with new statements only: what was there already has merged nothing. */
  remember(statements: readonly NewStatement[]): void {
    for (const { definitions } of statements) {
      for (const { id, definition } of definitions) this.#known.set(id, JSON.stringify(definition));
    }
  }
}
