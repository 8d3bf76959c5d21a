/** « Les affirmations de 2006 »: each claim of the source story beside the published figures that support or refute it. */
import type { Answer, AnswerCell } from '../answer.ts';
import { askWhere, requireDirection, type Sources } from '../collected.ts';
import { CLAIMS, type Claim, type Criterion, TRAINED } from './criteria.ts';
import { BLANK, type Blank, type Claims, type Empty, type Judged, type JudgedClaim } from './judged.ts';
import { trainedOf } from './trained.ts';
import { together, verdictOf } from './verdict.ts';

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
  const trained = judgedClaim(TRAINED, [await trainedOf(sources, period, direction)]);
  const [path, ...others] = claims;
  return {
    ...{ report: 'claims', period, direction: direction ?? null },
    claims: [...(path ? [path] : []), trained, ...others],
  };
}

function judgedClaim({ name, texts }: Pick<Claim, 'name' | 'texts'>, criteria: Judged[]): JudgedClaim {
  const verdicts = criteria.flatMap(({ verdict }) => verdict ?? []);
  const withFigures = verdicts.filter((verdict) => verdict !== 'noFigures').length;
  return { name, texts, verdict: together(verdicts), tested: verdicts.length, withFigures, criteria };
}

/**
 * The row that holds everybody of the direction who counts: the only one that touches it and has somebody, else, where some are
 * in one that is the direction's alone and others in one that is not, the ministry's. None where nobody of it counts.
 */
export function rowOf(
  { cells, ministry }: Pick<Answer, 'cells' | 'ministry'>,
  direction: string | undefined,
): { cell: AnswerCell | undefined; wider: boolean } {
  const rows = direction === undefined ? (ministry ? [ministry] : []) : cells;
  const [first, ...others] = rows.filter(({ nobody }) => !nobody);
  if (others.length > 0) return { cell: ministry ?? undefined, wider: true };
  return { cell: first, wider: first?.wider === true };
}

export function judge(criterion: Criterion, answer: Answer | undefined, direction: string | undefined): Judged {
  const { name, report, figures, texts, unit, test, people, estimate, recorded, zero } = criterion;
  const described = { name, report, figures: [...figures], texts, unit: unit ?? null, test: test ?? null };
  const none = (empty: Empty, found: Blank): Judged => ({
    ...{ ...described, ...found },
    verdict: test ? 'noFigures' : null,
    empty,
  });
  if (!answer) return none('nobody', BLANK);
  if (answer.state !== 'published') return none(answer.state, BLANK);
  const { cell, wider } = rowOf(answer, direction);
  if (!cell) return none('nobody', BLANK);
  const counts = people.map((each) => cell[each]).filter((count) => typeof count === 'number');
  const n = counts.length > 0 ? counts.reduce((sum, count) => sum + count, 0) : null;
  const found: Blank = {
    ...BLANK,
    ...{ label: cell.label, wider, n },
    ...{ asOf: answer.asOf, minimum: answer.minimum, settings: answer.settings },
  };
  if (recorded?.every((figure) => !answer.ministry?.[figure])) return none('notRecorded', found);
  const estimated = estimate(cell, answer.minimum);
  if (!estimated) return none(n === 0 && zero ? zero : 'withheld', found);
  const verdict = test ? verdictOf(estimated, test) : null;
  return { ...described, ...found, ...estimated, verdict, empty: null };
}
