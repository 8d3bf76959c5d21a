/** How people manage their time: key figures of each direction beside the ministry's. */
import { formatNumber, type Language } from '../../web/index.ts';
import type { Answer, AnswerCell } from '../answer.ts';
import type { Sources } from '../collected.ts';
import { periodName } from '../pages/period-name.ts';
import { settingLines } from '../setting-lines.ts';
import { dataAsOf, percent } from './completion.ts';
import type { Block } from './digest.ts';
import { type KeyFigure, words } from './mail-words.ts';

interface Key {
  report: string;
  figure: KeyFigure;
  share: boolean;
}

/** Of one family, and so of one set of groups: the rows of all of them fit together. */
export const KEYS: readonly Key[] = [
  { report: 'slots', figure: 'keptShare', share: true },
  { report: 'pacing', figure: 'pacing', share: false },
  { report: 'weekly-regularity', figure: 'ws1', share: false },
  { report: 'interruptions', figure: 'interruptedShare', share: true },
  { report: 'resumption', figure: 'resumedShare', share: true },
  { report: 'hours', figure: 'offHours', share: true },
];

interface Column {
  key: Key;
  answer: Answer;
}

export async function schedulingBlocks(
  { ask }: Pick<Sources, 'ask'>,
  period: string,
  lang: Language,
): Promise<Block[]> {
  const say = words[lang];
  const all = await Promise.all(KEYS.map(async (key) => ({ key, answer: await ask({ report: key.report, period }) })));
  const columns = all.filter(({ answer }) => answer.state === 'published');
  const [first] = all;
  if (columns.length === 0 && first) {
    const { state, minimum } = first.answer;
    return [{ kind: 'text', text: say.empty[state === 'published' ? 'nobody' : state](minimum) }];
  }
  const labels = [...new Set(columns.flatMap(({ answer }) => answer.cells.map(({ label }) => label)))];
  const total = columns.some(({ answer }) => answer.ministry);
  const without = all.filter(({ answer }) => answer.state !== 'published').map(({ key }) => say.keyFigures[key.figure]);
  return [
    {
      kind: 'table',
      caption: say.captions.scheduling(periodName(lang, period)),
      columns: [
        { heading: say.direction },
        ...columns.map(({ key }) => ({ heading: say.keyFigures[key.figure], numeric: true })),
      ],
      rows: [
        ...labels.sort((a, b) => a.localeCompare(b, lang)).map((label) => rowOf(label, columns, lang)),
        ...(total ? [[say.ministry, ...columns.map(({ key, answer }) => shownIn(answer.ministry, key, lang))]] : []),
      ],
      ...(total && { total: true as const }),
    },
    { kind: 'text', small: true, text: notes(columns, without, lang) },
  ];
}

const rowOf = (label: string, columns: readonly Column[], lang: Language): string[] => [
  label,
  ...columns.map(({ key, answer }) =>
    shownIn(
      answer.cells.find((cell) => cell.label === label),
      key,
      lang,
    ),
  ),
];

function shownIn(cell: AnswerCell | null | undefined, { figure, share }: Key, lang: Language): string {
  const value = cell?.[figure];
  if (typeof value !== 'number') return words[lang].noValue;
  return share ? percent(value, lang) : formatNumber(lang, value, 2);
}

/** Settings of all of them: they say with which θ and which working hours. */
function notes(columns: readonly Column[], without: readonly string[], lang: Language): string {
  const say = words[lang];
  const settings = Object.assign({}, ...columns.map(({ answer }) => answer.settings));
  const lines = settingLines(settings, lang).map(({ label, value }) => `${label}\u00a0: ${value}`);
  const minimum = Math.max(...columns.map(({ answer }) => answer.minimum));
  const oldest = columns.flatMap(({ answer }) => answer.asOf ?? []).sort()[0] ?? null;
  return [
    say.keyMeaning,
    ...(without.length > 0 ? [say.noneOf(without.join(', '))] : []),
    ...(lines.length > 0 ? [`${lines.join(' ; ')}.`] : []),
    say.minimum(minimum),
    ...dataAsOf(oldest, columns[0]?.answer.timeZone ?? 'UTC', lang),
  ].join(' ');
}
