/** One person on several lines of a file: allowed as a history, refused where the lines contradict each other. */
import type { Problem, Row } from './row.ts';

interface Seen {
  line: number;
  /** What each start says (undefined: a line without one), and on which line. */
  starts: Map<number | undefined, { line: number; says: string }>;
}

/**
 * Remembers the people of one file. Several lines about a person are a history, so each needs its start; two with the
 * same start must say the same. Otherwise the import would not come to rest: every run would move the person to and fro.
 */
export class Repeats {
  readonly #people = new Map<string, Seen>();

  /** What is wrong with this line in view of the earlier ones; a line that is wrong is not remembered. */
  check({ agentKey, record }: Row, line: number): Problem | undefined {
    const seen = this.#people.get(agentKey);
    const { from } = record.membership;
    const says = JSON.stringify(record);
    if (!seen) {
      this.#people.set(agentKey, { line, starts: new Map([[from, { line, says }]]) });
      return undefined;
    }
    const same = seen.starts.get(from);
    if (same) return same.says === says ? undefined : contradiction(same.line);
    if (from === undefined || seen.starts.has(undefined)) return contradiction(seen.line);
    seen.starts.set(from, { line, says });
    return undefined;
  }

  /** Whether an earlier line was about this person. */
  isLater(agentKey: string, line: number): boolean {
    return (this.#people.get(agentKey)?.line ?? line) < line;
  }
}

const contradiction = (line: number): Problem => ({
  column: 'debut',
  problem: `line ${line} is about the same person: each line needs a start of its own`,
});
