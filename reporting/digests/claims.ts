/** What the figures say of the claims of 2006: of the whole ministry, and of the reader's direction where there is one. */
import { formatDate, type Language } from '../../web/index.ts';
import { basisWords } from '../basis-words.ts';
import { type Claims, claimsOf, claimWords } from '../claims/index.ts';
import type { Sources } from '../collected.ts';
import { periodName } from '../periods/names.ts';
import type { Block } from './digest.ts';
import { words } from './mail-words.ts';

export async function claimsBlocks(
  sources: Sources,
  period: string,
  direction: string | undefined,
  lang: Language,
): Promise<Block[]> {
  const say = words[lang];
  const known = direction !== undefined && (await sources.directions()).includes(direction);
  const judged: [string, Claims][] = [[say.ministry, await claimsOf(sources, period, undefined)]];
  if (known) judged.push([direction, await claimsOf(sources, period, direction)]);
  const [[, ministry] = []] = judged;
  return [
    {
      kind: 'table',
      caption: say.captions.claims(periodName(lang, period)),
      columns: [{ heading: say.claim }, ...judged.map(([place]) => ({ heading: say.verdict(place) }))],
      rows: (ministry?.claims ?? []).map(({ texts }, at) => [
        texts[lang].claim,
        ...judged.map(([, { claims }]) => verdictOf(claims[at], lang)),
      ]),
    },
    {
      kind: 'text',
      small: true,
      text: notes(
        judged.map(([, claims]) => claims),
        lang,
      ),
    },
  ];
}

function notes(judged: readonly Claims[], lang: Language): string {
  const say = words[lang];
  const criteria = judged.flatMap(({ claims }) => claims.flatMap((claim) => claim.criteria));
  const minimums = criteria.flatMap(({ minimum }) => minimum ?? []);
  const oldest = criteria.flatMap(({ asOf }) => asOf ?? []).sort()[0];
  return [
    say.claimsMeaning,
    ...(minimums.length > 0 ? [say.leastPeople(Math.min(...minimums))] : []),
    ...(oldest === undefined ? [] : [basisWords[lang].dataAsOf(formatDate(lang, Date.parse(oldest)))]),
  ].join(' ');
}

function verdictOf(claim: Claims['claims'][number] | undefined, lang: Language): string {
  if (!claim) return words[lang].noValue;
  const { verdicts, judgedOf } = claimWords[lang];
  const verdict = verdicts[claim.verdict];
  const { tested, withFigures } = claim;
  return withFigures < tested && withFigures > 0
    ? `${verdict} (${words[lang].withFigures(judgedOf(withFigures, tested))})`
    : verdict;
}
