import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts/types/dist/shared';
import { words } from '../words.ts';
import {
  type ChartBase,
  colour,
  draw,
  type Frame,
  frameOf,
  INK,
  ink,
  legendOf,
  STILL,
  stepOf,
  writer,
} from './chart.ts';
import { linesOf, widest } from './text.ts';
import { ticksAround } from './ticks.ts';
import { valueAxis } from './value-axis.ts';

export interface Interval {
  at: number;
  low: number;
  high: number;
}

export interface IntervalChart extends ChartBase {
  labels: readonly string[];
  /** An estimate and the interval around it, one a label; null where there is none. */
  values: readonly (Interval | null)[];
  /** What the estimates are held against, as a line across. */
  reference?: number | undefined;
}

const NAMES = 200;
/** Steps along the axis. */
const MOST = { wide: 6, narrow: 4 };

/** Estimates with their intervals as an SVG element for a page: a mark and its whiskers, the numbers written beside. */
export function drawIntervals(chart: IntervalChart): string {
  const { labels, values, lang } = chart;
  const frame = frameOf(chart);
  const write = writer(chart);
  const say = words[lang];
  const figures = labels.map((_, index) => {
    const value = values[index];
    return value ? `${write(value.at)} ${say.chart.interval(write(value.low), write(value.high))}` : say.noValue;
  });
  const reference = chart.reference === undefined ? [] : [say.chart.reference(write(chart.reference))];
  const { legend, height } = legendOf(reference, frame, reference);
  const names = labels.map((label) => linesOf(label, frame.narrow ? frame.width - 16 : NAMES, frame.font));
  const lines = Math.max(1, ...names.map(({ length }) => length)) * frame.lineHeight;
  const band = frame.narrow ? lines + 40 : Math.max(32, lines + 8);
  const beside = frame.narrow ? 0 : widest(names.flat(), frame.font);
  const right = widest(figures, frame.font) + 16;
  const foot = chart.unit === undefined ? 0 : frame.lineHeight + 6;
  const top = height + 8;
  // The mark at the beginning of the axis stands out half.
  const left = Math.max(24, beside + 16);
  const body = labels.length * band;
  const option = {
    legend,
    grid: { left, right, top, height: body, outerBoundsMode: 'none' },
    xAxis: axisOf(chart, frame),
    yAxis: {
      type: 'category',
      data: labels,
      inverse: true,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { show: false },
    },
    series: [
      ...reference.map((name) => line(name, chart.reference ?? 0)),
      {
        type: 'custom',
        data: labels.map((_, index) => {
          const value = values[index];
          return [index, value?.at ?? null, value?.low ?? null, value?.high ?? null];
        }),
        encode: { x: [1, 2, 3], y: 0 },
        ...STILL,
        renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
          const index = Number(api.value(0));
          const texts = { names: names[index] ?? [], figure: figures[index] ?? '' };
          return row(api, frame, { ...texts, left, right, band, reference: chart.reference });
        },
      },
    ],
  };
  return draw(chart, option, top + body + frame.lineHeight + 16 + foot);
}

function axisOf(chart: IntervalChart, frame: Frame): object {
  const ends = chart.values.flatMap((value) => (value ? [value.low, value.at, value.high] : []));
  return {
    ...valueAxis(chart, frame, 'below', ends),
    scale: true,
    ...ticksAround(ends, frame.narrow ? MOST.narrow : MOST.wide, stepOf(chart), chart.reference),
    // Names stand above their marks there, and no line may cross them.
    ...(frame.narrow && { splitLine: { show: false }, axisLine: AXIS, axisTick: AXIS }),
  };
}

const AXIS = { show: true, lineStyle: { color: INK } };

/** Widens the axis to hold it and names it in the legend; each row draws its own piece, which leaves the names free. */
const line = (name: string, value: number): object => ({
  type: 'custom',
  name,
  data: [[value, 0]],
  ...STILL,
  itemStyle: { color: INK },
  renderItem: () => null,
});

interface Row {
  names: readonly string[];
  figure: string;
  left: number;
  right: number;
  band: number;
  reference: number | undefined;
}

/** Name (beside, or above where it is narrow), whiskers, mark, numbers. */
function row(api: CustomSeriesRenderItemAPI, frame: Frame, { names, figure, left, right, band, reference }: Row) {
  const [, middle = 0] = api.coord([0, api.value(0)]);
  const above = frame.narrow ? names.length * frame.lineHeight : 0;
  const y = frame.narrow ? middle - band / 2 + above + 20 : middle;
  const text = { ...ink(frame), fill: INK, verticalAlign: 'middle' as const };
  const name = frame.narrow
    ? { ...text, x: 4, y: middle - band / 2 + above / 2 + 4, align: 'left' as const }
    : { ...text, x: left - 12, y, align: 'right' as const };
  const { color: _color, ...style } = { ...name, text: names.join('\n') };
  const { color: _other, ...plain } = { ...text, x: frame.width - right + 12, y, text: figure };
  return {
    type: 'group' as const,
    children: [
      { type: 'text' as const, style },
      { type: 'text' as const, style: plain },
      ...(reference === undefined ? [] : [acrossRow(api, reference, y, frame.narrow ? 10 : band / 2)]),
      ...(Number.isFinite(api.value(1)) ? marks(api, y) : []),
    ],
  };
}

function acrossRow(api: CustomSeriesRenderItemAPI, reference: number, y: number, half: number) {
  const [x = 0] = api.coord([reference, 0]);
  return {
    type: 'line' as const,
    shape: { x1: x, x2: x, y1: y - half, y2: y + half },
    style: { stroke: INK, fill: 'none', lineWidth: 1.5, lineDash: [6, 4] },
  };
}

function marks(api: CustomSeriesRenderItemAPI, y: number) {
  const at = (dimension: number): number => api.coord([api.value(dimension), api.value(0)])[0] ?? 0;
  const [x, low, high] = [at(1), at(2), at(3)];
  const stroke = { stroke: colour(0), lineWidth: 2, fill: 'none' };
  return [
    {
      type: 'path' as const,
      shape: { pathData: `M${low} ${y}L${high} ${y}M${low} ${y - 6}v12M${high} ${y - 6}v12` },
      style: stroke,
    },
    { type: 'circle' as const, shape: { cx: x, cy: y, r: 5 }, style: { fill: colour(0) } },
  ];
}
