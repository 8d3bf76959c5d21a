/**
 * Published periods that would come out otherwise today, because of statements that came late, of people who were moved or
 * erased, or of settings: no difference (rule 8 freezes what is given out), but worth knowing before publishing again.
 */
import type { Metric } from '../../metrics/metric.ts';
import { isSameUnit, type Unit, type Units, unitKey } from '../figures.ts';

export interface Outdated {
  report: string;
  period: string;
  /** Up to the end of which period. */
  through: string;
  /** Units (people; of a cohort, people in a parcours) that are not among the published ones, or no more, or have other values. */
  added: number;
  removed: number;
  changed: number;
}

export class Outdating {
  readonly #found = new Map<string, Outdated>();

  /** Compares what is frozen of some people with what counts today. `elsewhere`: units published with another period. */
  compare(
    metric: Metric,
    { period, through }: Pick<Outdated, 'period' | 'through'>,
    people: Iterable<string>,
    { frozen, today, elsewhere }: { frozen: Units; today: ReadonlyMap<string, Unit[]>; elsewhere: ReadonlySet<string> },
  ): void {
    const found = this.#of(metric.name, period, through);
    for (const person of people) {
      const before = new Map((frozen.get(metric.name)?.get(person) ?? []).map((unit) => [unitKey(unit), unit]));
      const now = new Map((today.get(person) ?? []).map((unit) => [unitKey(unit), unit]));
      for (const [key, unit] of now) {
        const known = before.get(key);
        if (!known && !elsewhere.has(wholeKey(metric.name, person, unit))) found.added += 1;
        if (known && !isSameUnit(known, unit)) found.changed += 1;
      }
      for (const key of before.keys()) if (!now.has(key)) found.removed += 1;
    }
  }

  /** Those of which anything is different. */
  get all(): Outdated[] {
    return [...this.#found.values()].filter(({ added, removed, changed }) => added + removed + changed > 0);
  }

  #of(report: string, period: string, through: string): Outdated {
    const key = `${report} ${period}`;
    const found = this.#found.get(key) ?? { report, period, through, added: 0, removed: 0, changed: 0 };
    this.#found.set(key, found);
    return found;
  }
}

/** Of a unit of a metric, whatever the period. */
export const wholeKey = (metric: string, person: string, unit: Unit): string =>
  JSON.stringify([metric, person, unitKey(unit)]);
