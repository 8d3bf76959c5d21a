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
  claims: {
    texts: { en: { claim: string; note?: string } };
    verdict: string;
    tested: number;
    withFigures: number;
    criteria: Judged[];
  }[];
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
    over: boolean | null;
  }[];
}

const people = (value: number | null): string => (value === null ? '-' : count(value));

const VERDICTS: Record<string, string> = { noFigures: 'no figures' };

const EMPTIES: Record<string, string> = {
  nobody: 'nobody',
  tooFew: 'too few people',
  notPublished: 'not published yet',
  withheld: 'too few people for this figure',
  nobodyChanged: 'nobody changed, or nearly',
  notRecorded: 'recorded nowhere',
};

/** '0.58 (95%: 0.57 to 0.60), n = 1,404' */
function figureOf({ value, low, high, n, unit, empty }: Judged): string {
  if (value === null) return `no figure: ${EMPTIES[empty ?? ''] ?? empty}`;
  if (unit === 'people') return count(value);
  const interval = low === null || high === null ? '' : ` (95%: ${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `${value.toFixed(2)}${interval}, n = ${people(n)}`;
}

const whereOf = (direction: string | null): string => direction ?? 'whole ministry';

export function printClaims({ period, direction, claims }: Claims): void {
  print(`The claims of 2006, ${period}, ${whereOf(direction)}`);
  for (const { texts, verdict, tested, withFigures, criteria } of claims) {
    print('');
    const by = tested > 1 ? ` (${withFigures} of ${tested} criteria)` : '';
    print(`${texts.en.claim} ${(VERDICTS[verdict] ?? verdict).toUpperCase()}${by}`);
    if (texts.en.note) print(texts.en.note);
    for (const each of criteria) {
      const { measure, criterion } = each.texts.en;
      const verdict = each.verdict === null || each.verdict === 'noFigures' ? '' : `: ${each.verdict}`;
      print(`  ${measure}${each.unit === null ? '' : ` (${each.unit})`}`);
      print(`    ${figureOf(each)}${verdict}. ${criterion}`);
    }
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
      ...[people(counts?.newPeople ?? null), people(sums.newPeople)],
      ...[people(counts?.newGraduates ?? null), people(sums.newGraduates)],
      `${label ?? '-'}${wider ? ' (more than asked)' : ''}`,
    ]),
  );
  if (missing.length > 0) print(`Without figures: ${missing.join(', ')}.`);
  for (const { figure, people, by, reached, share, since, over } of targets) {
    const missed = over === null ? 'undecided: figures are missing' : over ? 'missed' : 'not yet';
    const when = since === null ? missed : `with those of ${since}`;
    print(`Target: ${count(people)} ${figure} by ${by}: ${count(reached)} (${(share * 100).toFixed(1)}%), ${when}.`);
  }
}
