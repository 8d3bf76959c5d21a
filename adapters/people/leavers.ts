/** Who is no longer in a file that is said to be complete. */
import type { Directory, Leavers } from '../../lrs/directory/index.ts';
import { agentFromKey } from '../../lrs/index.ts';
import type { Left, NotClosed } from './findings.ts';

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
      const provider = providerOf(identifier);
      if (provider !== undefined) this.#providers.add(provider);
    }
  }

  /**
   * Closes those of the providers in the file who are not in it, as of `at` (ms). Closes nobody where a line is not
   * readable; nobody of a provider of whom more than 10 % would be closed (counted of those who belong somewhere), unless
   * `force` says so (however many are missing in all, or no more than so many): a file that was cut short looks like that,
   * and a single line that names another provider by mistake.
   */
  async closeOthers(
    directory: Directory,
    { at, dryRun, force, by }: { at: number; dryRun: boolean; force: boolean | number; by: string },
  ): Promise<Left> {
    const list = {
      groupOf: (identifier: string) => this.#named(providerOf(identifier)),
      isListed: (identifier: string) => this.#identifiers.has(identifier),
    };
    const { people, of } = await directory.leavers(list, at);
    const forced = typeof force === 'number' ? people.length <= force : force;
    const providers = missingOf(people).map(([provider, found]) => {
      const all = of.get(provider) ?? 0;
      const tooMany = !forced && found > Math.max(ALWAYS_PLAUSIBLE, MOST_LEAVERS * all);
      const refused: NotClosed | undefined = this.#unread > 0 ? 'unread' : tooMany ? 'tooMany' : undefined;
      return { provider, found, of: all, ...(refused && { refused }) };
    });
    const kept = new Set(providers.filter(({ refused }) => refused).map(({ provider }) => provider));
    const gone = people.filter(({ groups }) => !groups.some((group) => kept.has(group))).map(({ id }) => id);
    if (!dryRun) await directory.close(gone, { by, at });
    const refused = providers.find((each) => each.refused)?.refused;
    return {
      ...{ found: people.length, closed: gone.length },
      providers: providers.sort((a, b) => b.found / b.of - a.found / a.of),
      examples: people.slice(0, MOST_EXAMPLES).map(({ id }) => id),
      ...(refused && { refused }),
    };
  }

  #named(provider: string | undefined): string | undefined {
    return provider !== undefined && this.#providers.has(provider) ? provider : undefined;
  }
}

/** How many of each provider are missing. */
function missingOf(people: Leavers['people']): [provider: string, found: number][] {
  const missing = new Map<string, number>();
  for (const group of people.flatMap(({ groups }) => groups)) missing.set(group, (missing.get(group) ?? 0) + 1);
  return [...missing];
}

const providerOf = (identifier: string): string | undefined => agentFromKey(identifier).account?.homePage;
