/** Cumulative people as tables for files. */
import type { Language } from '../../web/index.ts';
import { answerWords } from '../answer-words.ts';
import type { ColumnType, Export, ExportColumn, ExportRow, Labelled } from '../exports/index.ts';
import { periodName } from '../periods/names.ts';
import { MINISTRY } from '../privacy/index.ts';
import { TARGET_FIGURES } from '../targets/index.ts';
import type { Cumulative } from './cumulative.ts';
import { type PeriodColumn, type TargetColumn, words } from './words.ts';

const PERIOD_TYPES: Record<PeriodColumn, ColumnType> = {
  ...{ period: 'text', from: 'date', to: 'date', state: 'text' },
  ...{ through: 'text', label: 'text', wider: 'text' },
};

const TARGET_TYPES: Record<TargetColumn, ColumnType> = {
  ...{ figure: 'text', people: 'integer', by: 'date', direction: 'text', reached: 'integer' },
  ...{ share: 'percent', since: 'text', over: 'text', wider: 'text' },
};

export function cumulativeExport(cumulative: Cumulative, lang: Language): Export {
  const { title, targets, definition, figures, sum, periods, target, missing, wider } = words[lang];
  const text = words[lang];
  const { states, ...said } = answerWords[lang];
  const named = <Name extends string>(types: Record<Name, ColumnType>, texts: Record<Name, object>): ExportColumn[] =>
    Object.entries(types).map(([name, type]) => ({ name, type, ...texts[name as Name] }) as ExportColumn);
  const counted = TARGET_FIGURES.flatMap((figure): ExportColumn[] => [
    { name: figure, type: 'integer', ...figures[figure] },
    { name: `${figure}Sum`, type: 'integer', ...sum(figures[figure].heading) },
  ]);
  const answer = (yes: boolean | null): string => (yes === null ? text.unknown : yes ? said.yes : said.no);
  const rows = cumulative.periods.map(
    (each): ExportRow => [
      ...[each.period, each.from, each.to, states[each.state], each.through, each.label, answer(each.wider)],
      ...TARGET_FIGURES.flatMap((figure) => [each.counts?.[figure] ?? null, each.sums[figure]]),
    ],
  );
  const reached = cumulative.targets.map(
    (each): ExportRow => [
      ...[figures[each.figure].heading, each.people, each.by, each.direction ?? null, each.reached, each.share],
      ...[each.since, answer(each.over), answer(each.wider)],
    ],
  );
  const notes: Labelled[] = [
    { label: text.target.direction.heading, value: cumulative.direction ?? MINISTRY[lang] },
    ...(cumulative.missing.length > 0
      ? [{ label: missing, value: cumulative.missing.map((name) => periodName(lang, name)).join(', ') }]
      : []),
    ...(cumulative.periods.some((each) => each.wider) ? [{ label: periods.wider.heading, value: wider }] : []),
  ];
  return {
    title,
    lang,
    tables: [
      { name: 'cumulative', title, columns: [...named(PERIOD_TYPES, periods), ...counted], rows, notes },
      { name: 'targets', title: targets, columns: named(TARGET_TYPES, target), rows: reached, notes: [] },
    ],
    definitions: [{ label: title, value: definition }],
  };
}
