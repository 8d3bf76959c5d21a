/** `livret report claims`, `livret report cumulative`, as the console shows them. */
import { count, print, printTable } from '../console.ts';

interface Judged {
  texts: { en: { measure: string; criterion: string } };
  unit: string | null;
  label: string | null;
  wider: boolean;
  n: number | null;
  value: number | null;
  low: number | null;
  high: number | null;
  verdict: string | null;
  empty: string | null;
}

export interface Claims {
  period: string;
  direction: string | null;
  claims: { texts: { en: { claim: string; note?: string } }; verdict: string; criteria: Judged[] }[];
}

type Counts = Record<'newPeople' | 'newGraduates', number>;

export interface Cumulative {
  direction: string | null;
  periods: {
    period: string;
    label: string | null;
    wider: boolean;
    state: string;
    counts: Counts | null;
    sums: Counts;
  }[];
  missing: string[];
  targets: {
    figure: string;
    people: number;
    by: string;
    reached: number;
    share: number;
    since: string | null;
    over: boolean;
  }[];
}

const shown = (value: number | null): string => {
  if (value === null) return '-';
  return Number.isInteger(value) ? count(value) : value.toFixed(2);
};

const intervalOf = ({ low, high }: Judged): string => (low === null ? '-' : `${shown(low)} to ${shown(high)}`);

const whereOf = (direction: string | null): string => direction ?? 'whole ministry';

export function printClaims({ period, direction, claims }: Claims): void {
  print(`The claims of 2006, ${period}, ${whereOf(direction)}`);
  for (const { texts, verdict, criteria } of claims) {
    print('');
    print(`${texts.en.claim} ${verdict.toUpperCase()}`);
    if (texts.en.note) print(texts.en.note);
    const rows = criteria.map((each) => [
      `  ${each.texts.en.measure}${each.unit === null ? '' : ` (${each.unit})`}`,
      shown(each.value),
      intervalOf(each),
      shown(each.n),
      each.empty ?? each.verdict ?? '',
      each.texts.en.criterion,
    ]);
    printTable(['  MEASURE', 'VALUE', '95% INTERVAL', 'N', 'VERDICT', 'CRITERION'], rows);
    const wider = criteria.find((each) => each.wider);
    if (wider) print(`  Figures hold more than ${whereOf(direction)}: ${wider.label}.`);
  }
}

export function printCumulative({ direction, periods, missing, targets }: Cumulative): void {
  print(`People who started and completed, added up, ${whereOf(direction)}`);
  printTable(
    ['PERIOD', 'STARTED', 'SUM', 'COMPLETED', 'SUM', 'HOLDS'],
    periods.map(({ period, counts, sums, label, wider }) => [
      period,
      ...[shown(counts?.newPeople ?? null), shown(sums.newPeople)],
      ...[shown(counts?.newGraduates ?? null), shown(sums.newGraduates)],
      `${label ?? '-'}${wider ? ' (more than asked)' : ''}`,
    ]),
  );
  if (missing.length > 0) print(`Without figures: ${missing.join(', ')}.`);
  for (const { figure, people, by, reached, share, since, over } of targets) {
    const when = since === null ? (over ? 'missed' : 'not yet') : `since ${since}`;
    print(`Target: ${count(people)} ${figure} by ${by}: ${count(reached)} (${(share * 100).toFixed(1)}%), ${when}.`);
  }
}
