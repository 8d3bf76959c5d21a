/** « Les affirmations de 2006 »: each claim of the source story beside the published figures that support or refute it. */
import type { Bilingual } from '../../web/index.ts';
import type { Answer, AnswerCell, AnswerState } from '../answer.ts';
import { askWhere, requireDirection, type Sources } from '../collected.ts';
import { cumulativeOf } from '../cumulative/cumulative.ts';
import { CLAIMS, type Claim, type Criterion, TRAINED } from './criteria.ts';
import { type Test, together, type Verdict, verdictOf, verdictOfTally } from './verdict.ts';

/**
 * Why there is no figure: nobody of it, too few, not published yet; withheld: too few for this figure; notRecorded: what it
 * counts is recorded nowhere.
 */
export type Empty = Exclude<AnswerState, 'published'> | 'withheld' | 'notRecorded';

export interface Judged {
  name: string;
  /** Metric and figures that it was read from. */
  report: string;
  figures: string[];
  texts: Bilingual<{ measure: string; criterion: string }>;
  unit: string | null;
  /** null where the figure is only shown beside. */
  test: Test | null;
  /** What the figures hold; null where there are none. */
  label: string | null;
  /** They hold more than the direction asked for. */
  wider: boolean;
  n: number | null;
  value: number | null;
  /** Bounds of the 95 % interval; null for a count of everybody. */
  low: number | null;
  high: number | null;
  asOf: string | null;
  /** The fewest people it stands for. */
  minimum: number | null;
  /** Settings the figure was made with. */
  settings: Record<string, unknown>;
  /** null where the figure is only shown beside. */
  verdict: Verdict | null;
  empty: Empty | null;
}

export interface JudgedClaim {
  name: string;
  texts: Bilingual<{ claim: string; note?: string }>;
  verdict: Verdict;
  criteria: Judged[];
}

export interface Claims {
  report: 'claims';
  period: string;
  direction: string | null;
  claims: JudgedClaim[];
}

/** Rejects as Reports.read does, and `request.parameter` for a direction that there is not. */
export async function claimsOf(sources: Sources, period: string, direction: string | undefined): Promise<Claims> {
  await requireDirection(sources, direction);
  const answers = new Map<string, Promise<Answer | undefined>>();
  const place = direction === undefined ? {} : { direction };
  const answerOf = (report: string): Promise<Answer | undefined> => {
    const known = answers.get(report);
    if (known) return known;
    const asked = askWhere(sources, { report, period, by: 'total', ...place });
    answers.set(report, asked);
    return asked;
  };
  const claims: JudgedClaim[] = [];
  for (const claim of CLAIMS) {
    const criteria: Judged[] = [];
    // One after the other: at the console each may publish first.
    for (const criterion of claim.criteria)
      criteria.push(judge(criterion, await answerOf(criterion.report), direction));
    claims.push(judgedClaim(claim, criteria));
  }
  const trained = await trainedOf(sources, period);
  const [path, ...others] = claims;
  return {
    ...{ report: 'claims', period, direction: direction ?? null },
    claims: [...(path ? [path] : []), trained, ...others],
  };
}

const judgedClaim = ({ name, texts }: Omit<Claim, 'criteria'>, criteria: Judged[]): JudgedClaim => ({
  name,
  texts,
  verdict: together(criteria.flatMap(({ verdict }) => verdict ?? [])),
  criteria,
});

type Blank = Pick<Judged, 'label' | 'wider' | 'n' | 'value' | 'low' | 'high' | 'asOf' | 'minimum' | 'settings'>;

const BLANK: Blank = {
  ...{ label: null, wider: false, n: null, value: null, low: null, high: null },
  ...{ asOf: null, minimum: null, settings: {} },
};

/** Of cells the one that holds no more than was asked, where there is one. */
function cellOf({ cells, ministry }: Answer, direction: string | undefined): AnswerCell | undefined {
  if (direction === undefined) return ministry ?? undefined;
  return cells.find(({ wider }) => !wider) ?? cells[0];
}

function judge(criterion: Criterion, answer: Answer | undefined, direction: string | undefined): Judged {
  const { name, report, figures, texts, unit, test, people, estimate, recorded } = criterion;
  const described = { name, report, figures: [...figures], texts, unit: unit ?? null, test: test ?? null };
  const none = (empty: Empty, found: Blank): Judged => ({
    ...{ ...described, ...found },
    verdict: test ? 'noFigures' : null,
    empty,
  });
  if (!answer) return none('nobody', BLANK);
  if (answer.state !== 'published') return none(answer.state, BLANK);
  const cell = cellOf(answer, direction);
  if (!cell || cell.nobody) return none('nobody', BLANK);
  const n = cell[people];
  const found: Blank = {
    ...BLANK,
    ...{ label: cell.label, wider: cell.wider === true, n: typeof n === 'number' ? n : null },
    ...{ asOf: answer.asOf, minimum: answer.minimum, settings: answer.settings },
  };
  if (recorded !== undefined && !answer.ministry?.[recorded]) return none('notRecorded', found);
  const estimated = estimate(cell);
  if (!estimated) return none('withheld', found);
  const verdict = test ? verdictOf(estimated, test) : null;
  return { ...described, ...found, ...estimated, verdict, empty: null };
}

/** Over the periods of two years that end with this one. Nobody's in particular: of the whole ministry, for every reader. */
async function trainedOf(sources: Sources, period: string): Promise<JudgedClaim> {
  const { name, test, years, texts } = TRAINED;
  const [year = '', rest = ''] = [period.slice(0, 4), period.slice(4)];
  const back = sources.reports.periodsBetween(`${Number(year) - years}${rest}`, period).slice(1);
  const from = back[0]?.name ?? period;
  const { sums, missing, periods } = await cumulativeOf(sources, { from, to: period });
  const published = periods.filter(({ counts }) => counts !== null);
  const value = published.length > 0 ? sums.newPeople : null;
  const firstData = (await sources.reports.publishedPeriods('completion')).at(-1);
  const reached = verdictOfTally({ value, from, firstData, missing }, test.above);
  const { measure: mesure, criterion: critere } = texts.fr;
  const { measure, criterion } = texts.en;
  const judged: Judged = {
    ...{ name, report: 'completion', figures: ['newPeople'], unit: 'people', test },
    texts: { fr: { measure: mesure, criterion: critere }, en: { measure, criterion } },
    ...{ ...BLANK, value, n: value, label: `${from} – ${period}` },
    verdict: reached,
    empty: value === null ? 'notPublished' : null,
  };
  return judgedClaim({ name, texts: { fr: { claim: texts.fr.claim }, en: { claim: texts.en.claim } } }, [judged]);
}
