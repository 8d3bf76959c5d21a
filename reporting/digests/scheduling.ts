/** How people manage their time: the key figures of the pages, each direction beside the ministry. */
import { inLine, type Language } from '../../web/index.ts';
import type { Answer, AnswerCell } from '../answer.ts';
import { basisWords } from '../basis-words.ts';
import type { Sources } from '../collected.ts';
import { axisOf, type FigureField, writtenNumber } from '../figures/field.ts';
import { KEY_FIGURES, type KeyFigure, keyField } from '../figures/key-figures.ts';
import { periodName } from '../periods/names.ts';
import { settingsSentence } from '../setting-lines.ts';
import { dataAsOf } from './completion.ts';
import type { Block } from './digest.ts';
import { words } from './mail-words.ts';

/** Those about time: of one family, and so of one set of groups, so that the rows of all of them fit together. */
export const KEYS: readonly KeyFigure[] = KEY_FIGURES.filter(({ report }) => report !== 'completion');

interface Column {
  field: FigureField;
  answer: Answer;
}

export async function schedulingBlocks(
  { ask }: Pick<Sources, 'ask'>,
  period: string,
  lang: Language,
): Promise<Block[]> {
  const say = words[lang];
  const all: Column[] = [];
  for (const key of KEYS) {
    const answer = await ask({ report: key.report, period });
    all.push({ answer, field: keyField(key, lang, rowsOf(answer)) });
  }
  const columns = all.filter(({ answer }) => answer.state === 'published');
  const [first] = all;
  if (columns.length === 0 && first) {
    const { state, minimum } = first.answer;
    return [{ kind: 'text', text: basisWords[lang].empty[state === 'published' ? 'nobody' : state](minimum).sentence }];
  }
  const labels = [...new Set(columns.flatMap(({ answer }) => answer.cells.map(({ label }) => label)))];
  const total = columns.some(({ answer }) => answer.ministry);
  const without = all.filter(({ answer }) => answer.state !== 'published').map(({ field }) => field.heading);
  return [
    {
      kind: 'table',
      caption: say.captions.scheduling(periodName(lang, period)),
      columns: [{ heading: say.direction }, ...columns.map(({ field }) => ({ heading: axisOf(field), numeric: true }))],
      rows: [
        ...labels.sort((a, b) => a.localeCompare(b, lang)).map((label) => rowOf(label, columns, lang)),
        ...(total
          ? [[say.ministry, ...columns.map(({ field, answer }) => shownIn(answer.ministry, field, lang))]]
          : []),
      ],
      ...(total && { total: true as const }),
    },
    { kind: 'text', small: true, text: notes(columns, without, lang) },
  ];
}

const rowsOf = ({ cells, ministry }: Answer): AnswerCell[] => [...cells, ...(ministry ? [ministry] : [])];

const rowOf = (label: string, columns: readonly Column[], lang: Language): string[] => [
  label,
  ...columns.map(({ field, answer }) =>
    shownIn(
      answer.cells.find((cell) => cell.label === label),
      field,
      lang,
    ),
  ),
];

function shownIn(cell: AnswerCell | null | undefined, field: FigureField, lang: Language): string {
  const value = cell ? field.value(cell) : null;
  return value === null ? words[lang].noValue : writtenNumber(lang, value, field);
}

/** Settings of all of them: they say with which θ and which working hours. */
function notes(columns: readonly Column[], without: readonly string[], lang: Language): string {
  const say = words[lang];
  const settings = Object.assign({}, ...columns.map(({ answer }) => answer.settings));
  const made = settingsSentence(settings, lang);
  const minimum = Math.max(...columns.map(({ answer }) => answer.minimum));
  const oldest = columns.flatMap(({ answer }) => answer.asOf ?? []).sort()[0] ?? null;
  return [
    ...(without.length > 0 ? [say.noneOf(inLine(lang, without))] : []),
    ...(made === '' ? [] : [`${made}.`]),
    basisWords[lang].merged(minimum),
    ...dataAsOf(oldest, columns[0]?.answer.timeZone ?? 'UTC', lang),
  ].join(' ');
}
