import { words } from '../words.ts';
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
import { drawSeriesAsHeat } from './heat.ts';
import { linesOf, widest } from './text.ts';
import { valueAxis } from './value-axis.ts';

export interface LineChart extends ChartBase {
  /** Periods, the earliest first. */
  labels: readonly string[];
  series: readonly Line[];
}

export interface Line extends Series {
  /** What is aimed at, as a line across. */
  target?: number | undefined;
}

const PLUS = 'path://M2 0h2v2h2v2h-2v2h-2v-2h-2v-2h2z';
/** Narrower than this no label is broken into more lines. */
const LABEL = 72;

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', PLUS, 'pin'];
const DASHES = ['solid', 'dashed', 'dotted', [10, 3, 2, 3], [2, 6], [14, 4]];

/**
 * Lines over periods as an SVG element for a page. Dashes and marks tell the lines apart where colour does not; a missing
 * value is a gap. More lines than can be told apart become a heat map.
 */
export function drawLines(chart: LineChart): string {
  const { labels, series } = chart;
  if (series.length > MOST_SERIES) {
    return drawSeriesAsHeat(chart);
  }
  const frame = frameOf(chart);
  const write = writer(chart);
  const aims = series.flatMap(({ name, target }, index) => {
    if (target === undefined) return [];
    const alone = series.length === 1;
    const title = words[chart.lang].chart.target(write(target), alone ? undefined : name);
    return [{ name: title, target, color: alone ? INK : colour(index) }];
  });
  const aimed = aims.map(({ name }) => name);
  const names = [...(series.length > 1 ? series.map(({ name }) => name) : []), ...aimed];
  const { legend, height } = legendOf(names, frame, aimed);
  const lines = series.map(({ name, values }, index) => ({
    type: 'line',
    name,
    data: values.map((value, at) => ({
      value,
      label:
        series.length === 1
          ? { show: true, position: isLow(values, at) ? 'bottom' : 'top' }
          : { show: at === labels.length - 1, position: 'right' },
    })),
    symbol: SYMBOLS[index],
    symbolSize: 9,
    ...STILL,
    lineStyle: { width: 2, type: DASHES[index], color: colour(index) },
    itemStyle: { color: colour(index) },
    label: {
      ...ink(frame),
      formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? write(value) : ''),
    },
    labelLayout: series.length === 1 ? { hideOverlap: true } : { moveOverlap: 'shiftY' },
  }));
  const across = aims.map(({ name, target, color }) => ({
    type: 'line',
    name,
    data: labels.map(() => target),
    symbol: 'none',
    ...STILL,
    lineStyle: { width: 1.5, type: [6, 4], color },
    itemStyle: { color },
  }));
  const last = series.length > 1 ? series.map(({ values }) => values[labels.length - 1] ?? null) : [];
  const room = widest(
    last.map((value) => (value === null ? '' : write(value))),
    frame.font,
  );
  const option = {
    legend,
    grid: {
      left: 8,
      right: 16 + room,
      top: height + 20 + (chart.unit === undefined ? 0 : frame.lineHeight + 8),
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: labels,
      axisLine: { lineStyle: { color: INK } },
      axisTick: { lineStyle: { color: INK } },
      axisLabel: labelsOf(labels, frame.width - 80, frame),
    },
    yAxis: valueAxis(chart, frame, 'above', [
      ...series.flatMap(({ values }) => values),
      ...aims.map(({ target }) => target),
    ]),
    series: [...lines, ...across],
  };
  return draw(chart, option, height + 300);
}

/** A number goes under its point where the line comes from above it, unless the axis is there. */
function isLow(values: readonly (number | null)[], at: number): boolean {
  const value = values[at] ?? 0;
  if (value < 0.15 * Math.max(...values.map((each) => each ?? 0))) return false;
  const around = [values[at - 1] ?? value, values[at + 1] ?? value];
  return around.every((each) => each >= value) && around.some((each) => each > value);
}

/** Labels in lines: each where there is room, else every second or so, always with the last, which is now. */
function labelsOf(labels: readonly string[], room: number, frame: Frame) {
  const each = room / Math.max(1, labels.length);
  const lines = labels.map((label) => linesOf(label, Math.max(each - 8, LABEL), frame.font));
  const step = Math.max(1, Math.ceil((widest(lines.flat(), frame.font) + 8) / each));
  return {
    ...ink(frame),
    interval: (index: number) => (labels.length - 1 - index) % step === 0,
    showMaxLabel: true,
    formatter: brokenName(lines),
  };
}
