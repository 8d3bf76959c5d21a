/** Who is no longer in a file that is said to be complete. */
import type { Directory } from '../../lrs/directory/index.ts';
import { agentFromKey } from '../../lrs/index.ts';
import type { Left } from './findings.ts';

/** In a file that is cut short, or is of one direction only, everybody else has not left. */
const MOST_LEAVERS = 0.1;
/** Of a few people any may leave. */
const ALWAYS_PLAUSIBLE = 3;

const MOST_EXAMPLES = 50;

export class Listed {
  readonly #identifiers = new Set<string>();
  readonly #providers = new Set<string>();
  #unread = 0;

  /** A line, whether or not it could be imported; undefined where nobody can tell whose it is. */
  add(identifier: string | undefined): void {
    if (identifier === undefined) this.#unread += 1;
    else {
      this.#identifiers.add(identifier);
      this.#providers.add(providerOf(identifier) ?? '');
    }
  }

  /**
   * Closes those of the providers in the file who are not in it, as of `at` (ms). Closes nobody where a line is not
   * readable, or where more than 10 % of those who belong somewhere would be closed, unless `force` says so: however many
   * those are, or no more than so many.
   */
  async closeOthers(
    directory: Directory,
    { at, dryRun, force, by }: { at: number; dryRun: boolean; force: boolean | number; by: string },
  ): Promise<Left> {
    const list = {
      within: (identifier: string) => this.#providers.has(providerOf(identifier) ?? '-'),
      isListed: (identifier: string) => this.#identifiers.has(identifier),
    };
    const { ids, of } = await directory.leavers(list, at);
    const left: Left = { found: ids.length, of, examples: ids.slice(0, MOST_EXAMPLES) };
    if (this.#unread > 0) return { ...left, refused: 'unread' };
    const most = typeof force === 'number' ? force : force ? Number.POSITIVE_INFINITY : 0;
    const plausible = Math.max(ALWAYS_PLAUSIBLE, MOST_LEAVERS * of);
    if (ids.length > Math.max(plausible, most)) return { ...left, refused: 'tooMany' };
    if (!dryRun) await directory.close(ids, { by, at });
    return left;
  }
}

const providerOf = (identifier: string): string | undefined => agentFromKey(identifier).account?.homePage;
