/** Finds in what is being restored the people who were forgotten since. */
import { LRUCache } from 'lru-cache';
import type { DumpEntry } from '../store/dump.ts';
import { type Erasure, hashKey, type LedgerLine } from '../store/erasure.ts';
import { membersOf } from '../xapi/members.ts';
import type { Statement } from '../xapi/types.ts';

/** People are met again and again. */
const REMEMBERED = 200_000;

export class Forgotten {
  readonly #lines: readonly LedgerLine[];
  readonly #salts: readonly string[];
  /** Ids of erasures that the backup knows of: what it holds of these people came later. */
  readonly #done = new Set<string>();
  readonly #seen = new LRUCache<string, true>({ max: REMEMBERED });
  /** Hash in the ledger → the agent keys that were met. */
  readonly #met = new Map<string, Set<string>>();

  constructor(lines: readonly LedgerLine[]) {
    this.#lines = lines;
    this.#salts = [...new Set(lines.map(({ salt }) => salt))];
    for (const { agents } of lines) for (const hash of agents) this.#met.set(hash, new Set());
  }

  /** Looks who an entry names. */
  look(entry: DumpEntry): void {
    if (this.#lines.length === 0) return;
    if (entry.kind === 'erasure') this.#done.add(entry.id);
    if (entry.kind === 'document' && entry.agent !== '') this.#meet(entry.agent);
    if (entry.kind === 'statement') for (const key of agentsOf(entry.text)) this.#meet(key);
  }

  /** What must be erased again, in the order of the ledger. */
  erasures(): Erasure[] {
    const erasures: Erasure[] = [];
    for (const line of this.#lines) {
      const agents = line.agents.flatMap((hash) => [...(this.#met.get(hash) ?? [])]);
      if (this.#done.has(line.id) || agents.length === 0) continue;
      const { id } = line;
      if (line.mode === 'erase') erasures.push({ id, mode: line.mode, agents });
      else {
        erasures.push({ id, mode: line.mode, agents, replacement: line.replacement });
        // Whoever took their place may have been forgotten in turn.
        this.#meet(line.replacement);
      }
    }
    return erasures;
  }

  #meet(key: string): void {
    if (this.#seen.has(key)) return;
    this.#seen.set(key, true);
    for (const salt of this.#salts) this.#met.get(hashKey(salt, key))?.add(key);
  }
}

/** None where the text cannot be read: it is refused elsewhere. */
function agentsOf(text: Uint8Array): string[] {
  try {
    const statement = JSON.parse(Buffer.from(text).toString('utf8')) as Statement;
    return membersOf(statement).flatMap(({ kind, value }) => (kind === 'agent' ? [value] : []));
  } catch {
    return [];
  }
}
