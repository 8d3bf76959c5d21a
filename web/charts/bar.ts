import {
  brokenName,
  type ChartBase,
  colour,
  draw,
  type Frame,
  frameOf,
  INK,
  ink,
  legendOf,
  MOST_SERIES,
  type Series,
  STILL,
  writer,
} from './chart.ts';
import { decal } from './decals.ts';
import { drawSeriesAsHeat } from './heat.ts';
import { linesOf, widest } from './text.ts';
import { valueAxis } from './value-axis.ts';

export interface BarChart extends ChartBase {
  labels: readonly string[];
  series: readonly Series[];
  /** Bars that lie (the default: long names keep to the left) or stand; on a phone all lie, and where their numbers would run into one another. */
  bars?: 'horizontal' | 'vertical' | undefined;
}

const LABEL_WIDTH = { few: 200, many: 280 };
const BAR = 20;
/** Of so many bars that they would not fit on a screen. */
const THIN = 14;
const MANY = 40;

const barOf = ({ labels, series }: BarChart): number => (labels.length * series.length > MANY ? THIN : BAR);

/**
 * A bar chart as an SVG element for a page: role=img with title and description, colours by CSS variables (--chart-1 to
 * --chart-6, --text, --line), so that it follows the theme. More series than can be told apart become a heat map.
 */
export function drawBars(chart: BarChart): string {
  const frame = frameOf(chart);
  if (chart.series.length > MOST_SERIES) return drawSeriesAsHeat(chart);
  if (frame.narrow) return lying(chart, frame, namesAbove(chart, frame));
  return chart.bars === 'vertical' && mayStand(chart, frame)
    ? standing(chart, frame)
    : lying(chart, frame, namesBeside(chart, frame));
}

interface Names {
  axisLabel: object;
  /** Series before those of the figures. */
  before: object[];
  /** Height of one label with its bars. */
  band: number;
}

/** Names left of their bars. */
function namesBeside(chart: BarChart, frame: Frame): Names {
  const { labels, series } = chart;
  const bar = barOf(chart);
  const lines = labels.map((label) => linesOf(label, bar === BAR ? LABEL_WIDTH.few : LABEL_WIDTH.many, frame.font));
  const highest = Math.max(1, ...lines.map(({ length }) => length));
  const band = Math.max(Math.max(1, series.length) * bar + (bar === BAR ? 12 : 8), highest * frame.lineHeight + 6);
  // Every label, whatever its guessed width: a bar without a name says nothing.
  return { axisLabel: { ...ink(frame), interval: 0, formatter: brokenName(lines) }, before: [], band };
}

/** Names above their bars, where both would not stand side by side: a bar of no length, with the name for its label. */
function namesAbove(chart: BarChart, frame: Frame): Names {
  const { labels, series } = chart;
  const lines = labels.map((label) => linesOf(label, frame.width - 24, frame.font));
  const height = Math.max(1, ...lines.map(({ length }) => length)) * frame.lineHeight + 4;
  const name = {
    type: 'bar',
    data: labels.map(() => 0),
    barWidth: height,
    itemStyle: { color: INK },
    ...STILL,
    label: {
      ...ink(frame),
      show: true,
      position: 'right',
      distance: 2,
      formatter: ({ name, dataIndex }: { name: string; dataIndex: number }) => brokenName(lines)(name, dataIndex),
    },
  };
  return { axisLabel: { show: false }, before: [name], band: height + Math.max(1, series.length) * barOf(chart) + 12 };
}

function lying(chart: BarChart, frame: Frame, { axisLabel, before, band }: Names): string {
  const { legend, height } = legendFor(chart, frame);
  const foot = chart.unit === undefined ? 0 : frame.lineHeight + 6;
  const body = chart.labels.length * band;
  const option = {
    legend,
    // Room for the number after the longest bar.
    grid: { ...GRID, left: 8, right: 12 + widest(written(chart), frame.font), top: height + 8, bottom: 8 + foot },
    xAxis: valueAxis(chart, frame, 'below', allValues(chart)),
    yAxis: { ...categoryAxis(chart), inverse: true, axisLabel },
    series: [...before, ...chart.series.map((series, index) => bars(chart, frame, series, index, 'right'))],
  };
  return draw(chart, option, height + 16 + body + frame.lineHeight + 8 + foot);
}

function standing(chart: BarChart, frame: Frame): string {
  const { legend, height } = legendFor(chart, frame);
  const room = Math.max(40, Math.floor((frame.width - 80) / Math.max(1, chart.labels.length)) - 6);
  const lines = chart.labels.map((label) => linesOf(label, room, frame.font));
  const foot = Math.max(1, ...lines.map(({ length }) => length)) * frame.lineHeight;
  const option = {
    legend,
    grid: {
      ...GRID,
      left: 8,
      right: 8,
      top: height + 20 + (chart.unit === undefined ? 0 : frame.lineHeight + 8),
      bottom: 8,
    },
    xAxis: { ...categoryAxis(chart), axisLabel: { ...ink(frame), interval: 0, formatter: brokenName(lines) } },
    yAxis: valueAxis(chart, frame, 'above', allValues(chart)),
    series: chart.series.map((series, index) => bars(chart, frame, series, index, 'top')),
  };
  return draw(chart, option, height + 280 + foot);
}

const allValues = ({ series }: BarChart) => series.flatMap(({ values }) => values);

const written = (chart: BarChart): string[] =>
  allValues(chart).map((value) => (value === null ? '' : writer(chart)(value)));

/** Whether the numbers above standing bars stay clear of the bars beside them. */
function mayStand(chart: BarChart, frame: Frame): boolean {
  const bar = ((frame.width - 60) / Math.max(1, chart.labels.length) / Math.max(1, chart.series.length)) * 0.75;
  return widest(written(chart), frame.font) <= bar;
}

const GRID = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

const legendFor = ({ series }: BarChart, frame: Frame) =>
  legendOf(series.length > 1 ? series.map(({ name }) => name) : [], frame);

const categoryAxis = ({ labels }: BarChart) => ({
  type: 'category',
  data: labels,
  axisLine: { lineStyle: { color: INK } },
  axisTick: { show: false },
});

function bars(chart: BarChart, frame: Frame, { name, values }: Series, index: number, position: string): object {
  const write = writer(chart);
  return {
    type: 'bar',
    name,
    data: values,
    ...(position === 'top' ? { barMaxWidth: 48 } : { barWidth: barOf(chart) - 2 }),
    barGap: '10%',
    ...STILL,
    // Patterns tell the series apart where colour does not: in print, and for who sees colours otherwise.
    itemStyle: { color: colour(index), ...decal(index) },
    label: {
      ...ink(frame),
      show: true,
      position,
      formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? write(value) : ''),
    },
  };
}
