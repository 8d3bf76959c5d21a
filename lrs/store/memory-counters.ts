import { LRUCache } from 'lru-cache';
import type { Counted, Counters } from './store.ts';

/** Names counted at a time: whoever comes from ever new addresses pushes out the oldest, not the process. */
const MOST_NAMES = 100_000;

/** Counters of an engine that one process holds alone. */
export class MemoryCounters implements Counters {
  readonly #counts = new LRUCache<string, Counted>({ max: MOST_NAMES });

  async add(name: string, window: number): Promise<Counted> {
    const counted = this.#current(name) ?? { hits: 0, resets: Date.now() + window };
    counted.hits++;
    this.#counts.set(name, counted);
    return { ...counted };
  }

  async takeBack(name: string): Promise<void> {
    const counted = this.#current(name);
    if (counted && counted.hits > 0) counted.hits--;
  }

  async get(name: string): Promise<Counted | undefined> {
    const counted = this.#current(name);
    return counted && { ...counted };
  }

  async forget(name: string): Promise<void> {
    this.#counts.delete(name);
  }

  #current(name: string): Counted | undefined {
    const counted = this.#counts.get(name);
    return counted && counted.resets > Date.now() ? counted : undefined;
  }
}
