/**
 * Erasures, and the ledger of them: who must stay forgotten, naming nobody. It lives outside of what a backup holds, so
 * that an older backup does not bring a person back: what it says is carried out again after a restore.
 */
import { hash, randomBytes } from 'node:crypto';

export type Erasure = {
  /** Unique; running the same erasure again changes nothing more. */
  id: string;
  /** Agent keys of one person. */
  agents: string[];
} & (
  | {
      mode: 'pseudonymise';
      /** Agent key of the random account that takes their place. */
      replacement: string;
    }
  | { mode: 'erase' }
);

/** The mode alone decides whether anything is removed. */
export const replacementOf = (erasure: Erasure): string | undefined =>
  erasure.mode === 'pseudonymise' ? erasure.replacement : undefined;

/** One erasure in the ledger. */
export type LedgerLine = {
  id: string;
  salt: string;
  /** hashKey of the person's agent keys with that salt. */
  agents: string[];
  /** ISO 8601, UTC */
  when: string;
} & ({ mode: 'pseudonymise'; replacement: string } | { mode: 'erase' });

export interface ErasureLedger {
  /** Resolves once the lines are on disk. Those whose id is there already are passed over. */
  add(lines: readonly LedgerLine[]): Promise<void>;
  /** Every line, oldest first. Rejects `erasure.ledger` when it cannot be read. */
  lines(): Promise<LedgerLine[]>;
}

/** What stands in the ledger for an agent key. */
export const hashKey = (salt: string, agentKey: string): string => hash('sha256', `${salt} ${agentKey}`);

/** The line of an erasure. It takes the salt of those before it: so a key is hashed once to be looked for in all of them. */
export function ledgerLine(erasure: Erasure, known: readonly LedgerLine[]): LedgerLine {
  const salt = known.at(-1)?.salt ?? randomBytes(16).toString('hex');
  const agents = erasure.agents.map((key) => hashKey(salt, key));
  return { ...erasure, salt, agents, when: new Date().toISOString() };
}

/** A line as it was written. Throws where it is none. */
export function parseLedgerLine(text: string): LedgerLine {
  const line = JSON.parse(text) as LedgerLine;
  const { id, salt, agents, when } = line;
  const texts = [id, salt, when, ...(Array.isArray(agents) ? agents : [undefined])];
  const isWhole = line.mode === 'pseudonymise' ? typeof line.replacement === 'string' : line.mode === 'erase';
  if (!isWhole || texts.some((each) => typeof each !== 'string')) throw new TypeError('not a line of the ledger');
  return line;
}
