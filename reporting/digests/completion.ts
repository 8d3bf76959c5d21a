/** What became of those who entered a parcours, direction by direction. */
import { formatDate, formatNumber, formatPercent, type Language } from '../../web/index.ts';
import type { Answer, AnswerCell } from '../answer.ts';
import { basisWords } from '../basis-words.ts';
import type { Sources } from '../collected.ts';
import { fieldOf } from '../figures/field.ts';
import { completion } from '../metrics/completion.ts';
import { FUNNEL } from '../pages/completion-panels.ts';
import { periodName } from '../periods/names.ts';
import type { Block } from './digest.ts';
import { words } from './mail-words.ts';

export async function completionBlocks(
  { ask }: Pick<Sources, 'ask'>,
  period: string,
  lang: Language,
): Promise<Block[]> {
  const answer = await ask({ report: 'completion', period });
  const say = words[lang];
  if (answer.state !== 'published')
    return [{ kind: 'text', text: basisWords[lang].empty[answer.state](answer.minimum).sentence }];
  const rows: AnswerCell[] = [...answer.cells];
  if (answer.ministry) rows.push({ ...answer.ministry, label: say.ministry });
  const stages = FUNNEL.filter((stage) => rows.some((row) => Number(row[stage] ?? 0) > 0));
  const row = (cell: AnswerCell): string[] => [
    cell.label,
    countOf(cell, 'enrolments', lang),
    ...stages.map((stage) => stageOf(cell, stage, lang)),
  ];
  return [
    {
      kind: 'table',
      caption: say.captions.completion(periodName(lang, period)),
      columns: [
        { heading: say.direction },
        ...['enrolments', ...stages].map((name) => ({
          heading: fieldOf(completion, 'direction', name, lang, rows).heading,
          numeric: true,
        })),
      ],
      rows: rows.map(row),
      ...(answer.ministry && { total: true as const }),
    },
    { kind: 'text', small: true, text: notes(answer, lang) },
  ];
}

const countOf = (cell: AnswerCell, name: string, lang: Language): string => {
  const value = cell[name];
  return typeof value === 'number' ? formatNumber(lang, value, 0) : words[lang].noValue;
};

/** « 34 (85 %) » */
function stageOf(cell: AnswerCell, stage: string, lang: Language): string {
  const [count, entries] = [cell[stage], cell.enrolments];
  if (typeof count !== 'number' || typeof entries !== 'number' || entries === 0) return countOf(cell, stage, lang);
  return `${formatNumber(lang, count, 0)} (${formatPercent(lang, count / entries, 0)})`;
}

function notes({ minimum, through, asOf, timeZone }: Answer, lang: Language): string {
  const say = words[lang];
  return [
    say.percentOfEntries,
    basisWords[lang].merged(minimum),
    ...(through === null ? [] : [basisWords[lang].through(periodName(lang, through))]),
    ...dataAsOf(asOf, timeZone, lang),
  ].join(' ');
}

export const dataAsOf = (asOf: string | null, timeZone: string, lang: Language): string[] =>
  asOf === null ? [] : [basisWords[lang].dataAsOf(formatDate(lang, Date.parse(asOf), timeZone))];
