/** The picture of a panel: bars a row, the stages of a funnel, or the hours of a week. */
import { Chart, labelled } from '../../../web/index.ts';
import type { AnswerCell } from '../../answer.ts';
import { axisOf, type FigureField } from '../../figures/field.ts';
import { oneRowOf } from '../../figures/one-row.ts';
import type { FigureSpec, Metric } from '../../metrics/metric.ts';
import { periodName } from '../../periods/names.ts';
import { quartileMinimum } from '../../privacy/index.ts';
import type { Shown } from '../../reports.ts';
import { WeekPicture } from '../../week-picture.tsx';
import { isPart, type Reading } from '../frame/reading.ts';
import { words } from '../words.ts';
import { ChangeChart } from './change-chart.tsx';
import { chartedOf, drawnOf, isAlone, type Panel, panelId } from './panel.ts';

interface DrawnProps {
  reading: Reading;
  answer: Shown;
  caption: string;
}

export function PanelChart({ reading, panel, answer, caption }: DrawnProps & { panel: Panel }) {
  const { lang, period } = reading;
  const { spec, metric } = panel;
  const { cells, ministry, compared } = answer;
  const description = metric.texts[lang].definition;
  if (spec.chart === 'change') {
    return <ChangeChart {...{ reading, answer, description }} id={`${panelId(spec)}-chart`} title={caption} />;
  }
  const comparable = spec.made !== undefined || chartedOf(panel).every((name) => isComparable(metric, name));
  const withMinistry = ministry !== null && comparable;
  const rows = withMinistry && !isAlone(cells, ministry) ? [...cells, ministry] : cells;
  const fields = drawnOf(panel, lang, rows);
  const [first] = fields;
  if (!first || rows.length === 0) return null;
  const unit = unitOf(fields);
  const common = {
    ...{ id: `${panelId(spec)}-chart`, title: caption, description, lang },
    ...(unit !== undefined && { unit }),
    ...(first.percent && { percent: true }),
    digits: Math.max(...fields.map(({ digits }) => digits)),
  };
  const showing = (shown: readonly FigureField[]): string =>
    [...shown.map(axisOf), periodName(lang, period)].join(', ');
  if (spec.chart === 'funnel') {
    const { cell, several } = oneRowOf(answer, isPart(reading));
    if (!cell) return several ? <p>{words[lang].noOneRow}</p> : null;
    const series = [{ name: cell.label, values: fields.map(({ value }) => value(cell)) }];
    const title = labelled(lang, caption, cell.label);
    const stages = `${words[lang].stages}, ${periodName(lang, period)}`;
    return (
      <Chart
        {...common}
        title={title}
        caption={labelled(lang, stages, cell.label)}
        labels={fields.map(({ heading }) => heading)}
        series={series}
      />
    );
  }
  const labels = rows.map(({ label }) => label);
  if (compared?.state === 'published') {
    // Of a cohort, what all leads to.
    const told = (metric.family.cohort ? fields.at(-1) : first) ?? first;
    const then = rows.map(({ earlier }) => (earlier?.cell ? told.value(earlier.cell) : null));
    const series = [
      { name: periodName(lang, period), values: rows.map(told.value) },
      { name: periodName(lang, compared.period), values: then },
    ];
    const caption = `${showing([told])}, ${periodName(lang, compared.period)}`;
    return <Chart {...common} unit={axisOf(told)} caption={caption} labels={labels} series={series} />;
  }
  const series = fields.map(({ heading, value }) => ({ name: heading, values: rows.map(value) }));
  return <Chart {...common} caption={showing(fields)} labels={labels} series={series} />;
}

/** Counts of some people beside those of all tell nothing; means and shares do. */
const isComparable = (metric: Metric, field: string): boolean =>
  !metric.figures.some(({ kind, name }) => name === field && COUNTS.includes(kind));

const COUNTS: readonly FigureSpec['kind'][] = ['people', 'sum', 'count', 'tally'];

/** What the value axis shows: of one series, which has no legend, its name too. */
const unitOf = (fields: readonly FigureField[]): string | undefined => {
  const [first, ...others] = fields;
  return first && others.length === 0 ? axisOf(first) : first?.unit;
};

/** How many people were active in each hour of the week. */
export function WeekOf({ reading, answer, caption, id }: DrawnProps & { id: string }) {
  const { lang } = reading;
  const { description, people, withheld } = words[lang].week;
  const { cell, several } = oneRowOf(answer, isPart(reading));
  if (several) return <p>{words[lang].noOneRow}</p>;
  const week = weekIn(cell);
  if (!cell || !week) return <p>{withheld(quartileMinimum(answer.minimum))}</p>;
  const title = labelled(lang, caption, cell.label);
  const of = labelled(lang, periodName(lang, answer.period), cell.label);
  return <WeekPicture {...{ lang, id, title, description, week, of }} unit={people} />;
}

const HOURS = 24;

/** People by weekday, Monday first, and hour; undefined where they are not given. */
function weekIn(cell: AnswerCell | null): number[][] | undefined {
  const counts = cell?.active;
  if (!Array.isArray(counts)) return undefined;
  return Array.from({ length: 7 }, (_, day) => counts.slice(day * HOURS, (day + 1) * HOURS).map(Number));
}
