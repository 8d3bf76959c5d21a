/** A panel on a page: the chart, the table beside it, what both rest on, and the ways out. */

import { type Column, DataTable, formatDate, inLine, type Language } from '../../../web/index.ts';
import type { AnswerCell } from '../../answer.ts';
import { basisWords } from '../../basis-words.ts';
import { type FigureField, writtenNumber } from '../../figures/field.ts';
import type { Metric } from '../../metrics/metric.ts';
import { dayName, ofPeriod, periodName } from '../../periods/names.ts';
import { quartileMinimum } from '../../privacy/index.ts';
import type { Shown } from '../../reports.ts';
import { settingsText } from '../../setting-lines.ts';
import type { Reading } from '../frame/reading.ts';
import { words } from '../words.ts';
import { figureColumns } from './figures.tsx';
import { Files } from './files.tsx';
import { NoteList } from './note-list.tsx';
import { NothingYet } from './nothing-yet.tsx';
import { chartedOf, drawnOf, isAlone, type Panel, panelId, rowsOf, titleOf } from './panel.ts';
import { PanelChart, WeekOf } from './panel-chart.tsx';

interface PanelProps {
  reading: Reading;
  panel: Panel;
}

export function Panels({ reading, panels }: { reading: Reading; panels: readonly Panel[] }) {
  return (
    <>
      {panels.map((panel) => (
        <PanelView reading={reading} panel={panel} key={panelId(panel.spec)} />
      ))}
    </>
  );
}

export function PanelView({ reading, panel }: PanelProps) {
  const { lang } = reading;
  const { spec, metric, answer } = panel;
  const id = panelId(spec);
  return (
    <section class="livret-panel" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class="fr-h4">
        {titleOf(panel, lang)}
      </h2>
      {spec.says && <p>{spec.says[lang]}</p>}
      {answer?.state === 'published' ? (
        <Published reading={reading} panel={panel} answer={answer} />
      ) : (
        <NothingYet reading={reading} report={metric.name} answer={answer} />
      )}
      <Basis reading={reading} panel={panel} />
    </section>
  );
}

function Published({ reading, panel, answer }: PanelProps & { answer: Shown }) {
  const { lang, period } = reading;
  const { spec, metric } = panel;
  const id = panelId(spec);
  const caption = `${titleOf(panel, lang)}, ${periodName(lang, period)}`;
  const { cells, ministry } = answer;
  // The ministry's row has no module.
  const whole = rowsOf(panel) === 'module' || (ministry && isAlone(cells, ministry)) ? null : ministry;
  const rows: AnswerCell[] = [...cells, ...(whole ? [whole] : [])];
  if (spec.chart === 'week') return <WeekOf reading={reading} answer={answer} id={id} caption={caption} />;
  return (
    <>
      {chartedOf(panel).length > 0 && <PanelChart reading={reading} panel={panel} answer={answer} caption={caption} />}
      <DataTable
        id={`${id}-table`}
        caption={caption}
        captionHidden
        columns={[
          labelColumn(panel, lang),
          ...headcountColumn(lang, answer),
          ...figureColumns(metric, rowsOf(panel), lang, rows, spec.figures),
          ...(spec.made ? [fieldColumn(spec.made(lang, rows), lang, (row) => row)] : []),
          ...earlierColumns(panel, answer, lang, rows),
        ]}
        rows={rows}
        {...(spec.empty && { empty: spec.empty[lang] })}
      />
      <Notes lang={lang} metric={metric} answer={answer} rows={rows} covers={panel.covers ?? []} />
    </>
  );
}

function labelColumn(panel: Panel, lang: Language): Column<AnswerCell> {
  const { leadsTo } = panel.spec;
  return {
    heading: words[lang].rows[rowsOf(panel)],
    rowHeader: true,
    value(cell) {
      const href = leadsTo?.(cell);
      return href === undefined ? cell.label : <a href={href}>{cell.label}</a>;
    },
  };
}

/** Where somebody has brought headcounts in. */
const headcountColumn = (lang: Language, { cells, to }: Shown): Column<AnswerCell>[] =>
  cells.some(({ headcount }) => headcount !== undefined)
    ? [
        {
          heading: words[lang].headcountOn(dayName(lang, to)),
          value: ({ headcount }) => headcount ?? null,
          numeric: true,
        },
      ]
    : [];

/** What the earlier period says of all that is charted. */
function earlierColumns(
  panel: Panel,
  { compared }: Shown,
  lang: Language,
  rows: readonly AnswerCell[],
): Column<AnswerCell>[] {
  if (compared?.state !== 'published') return [];
  return drawnOf(panel, lang, rows).map((field) => ({
    ...fieldColumn(field, lang, ({ earlier }) => earlier?.cell),
    heading: `${field.heading}, ${periodName(lang, compared.period)}`,
  }));
}

/** A field of a row, or of what stands beside the row. */
const fieldColumn = (
  field: FigureField,
  lang: Language,
  cellOf: (row: AnswerCell) => AnswerCell | null | undefined,
): Column<AnswerCell> => ({
  heading: field.heading,
  ...(field.unit !== undefined && { unit: field.unit }),
  numeric: true,
  value(row) {
    const cell = cellOf(row);
    const value = cell ? field.value(cell) : null;
    return value === null ? null : writtenNumber(lang, value, field);
  },
});

interface NotesProps {
  lang: Language;
  metric: Metric;
  answer: Shown;
  rows: readonly AnswerCell[];
  covers: readonly string[];
}

/** What the reader must know of these rows; what holds of all rows stands with the definitions. */
function Notes({ lang, metric, answer, rows, covers }: NotesProps) {
  const { merged } = basisWords[lang];
  const { withheld, notCompared, sameAge, settingsThen } = words[lang];
  const { compared, by } = answer;
  const says = new Set(rows.flatMap(({ earlier }) => earlier?.says?.[lang] ?? []));
  const then = compared ? settingsText(compared.settings, lang) : '';
  const isMerged = (cell: AnswerCell): boolean =>
    cell.wider === true || (by === 'direction' && cell.directions.length > 1);
  const lines = [
    ...covers,
    ...oneRowIn(answer, lang),
    ...(answer.cells.some(isMerged) ? [merged(answer.minimum)] : []),
    ...(rows.some((each) => each.withheld) ? [withheld(quartileMinimum(answer.minimum))] : []),
    ...(compared && compared.state !== 'published' ? [notCompared(periodName(lang, compared.period))] : []),
    ...(compared?.state === 'published' && metric.family.cohort ? [sameAge] : []),
    ...(then === '' ? [] : [settingsThen(then)]),
    ...says,
  ];
  return <NoteList lines={lines} />;
}

/** By service or by site, one row: why there are no more. */
function oneRowIn({ by, cells: [only, ...others] }: Shown, lang: Language): string[] {
  if ((by !== 'service' && by !== 'site') || !only || others.length > 0) return [];
  const held = by === 'service' ? only.services : only.sites;
  return [words[lang].oneRow[by](held.length)];
}

/** How fresh it is, what it was made with, what it means, and the same as files. */
function Basis({ reading, panel: { spec, metric, answer } }: PanelProps) {
  const { lang, period, compare, direction, parcours } = reading;
  const { definition } = words[lang];
  const { dataAsOf } = basisWords[lang];
  const facts = answer?.state === 'published' ? factsOf(metric, answer, lang) : [];
  const query = {
    period,
    ...(compare && { compare }),
    ...(direction && { direction }),
    ...(parcours && { parcours: parcours.id }),
  };
  const asked = { ...query, ...(spec.by && { by: spec.by }) };
  const definitions = `/reports/figures?${new URLSearchParams({ report: metric.name, period })}#definitions`;
  return (
    <div class="livret-basis fr-text--sm">
      <p>
        {answer?.asOf && <strong>{dataAsOf(formatDate(lang, Date.parse(answer.asOf), answer.timeZone))} </strong>}
        {sentence(inLine(lang, facts))}
      </p>
      <p class="livret-ways-out">
        <a href={definitions}>{definition(metric.texts[lang].title)}</a>
        {answer?.state === 'published' && (
          <>
            {' · '}
            <Files lang={lang} report={metric.name} asked={asked} />
          </>
        )}
      </p>
    </div>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** In one line: how few people a row stands for, up to when things count, and the settings. */
function factsOf({ family }: Metric, answer: Shown, lang: Language): string[] {
  const { atLeast, atLeastEnrolled, countedThrough, roundedTo } = words[lang];
  const through = family.cohort && answer.through !== null ? [countedThrough(ofPeriod(lang, answer.through))] : [];
  const settings = settingsText(answer.settings, lang);
  const rounded = answer.rounding === null ? [] : [roundedTo(answer.rounding)];
  const behind = family.cohort && answer.by === 'module' ? atLeastEnrolled : atLeast;
  return [behind(answer.minimum), ...rounded, ...through, ...(settings === '' ? [] : [settings])];
}
