import { words } from '../words.ts';
import {
  type ChartBase,
  colour,
  draw,
  frameOf,
  INK,
  ink,
  legendOf,
  MOST_SERIES,
  type Series,
  STILL,
  writer,
} from './chart.ts';
import { drawHeatMap } from './heat.ts';
import { widest } from './text.ts';
import { valueAxis } from './value-axis.ts';

export interface LineChart extends ChartBase {
  /** Periods, the earliest first. */
  labels: readonly string[];
  series: readonly Series[];
  /** What is aimed at, as a line across. */
  target?: number | undefined;
}

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'];
const DASHES = ['solid', 'dashed', 'dotted', [10, 3, 2, 3], [2, 6], [14, 4]];

/**
 * Lines over periods as an SVG element for a page. Dashes and marks tell the lines apart where colour does not; a missing
 * value is a gap. More lines than can be told apart become a heat map.
 */
export function drawLines(chart: LineChart): string {
  const { labels, series } = chart;
  if (series.length > MOST_SERIES) {
    const values = series.map((each) => each.values);
    return drawHeatMap({ ...chart, rows: series.map(({ name }) => name), columns: labels, values });
  }
  const frame = frameOf(chart);
  const write = writer(chart);
  const target = chart.target === undefined ? [] : [words[chart.lang].chart.target(write(chart.target))];
  const names = [...(series.length > 1 ? series.map(({ name }) => name) : []), ...target];
  const { legend, height } = legendOf(names, frame);
  const lines = series.map(({ name, values }, index) => ({
    type: 'line',
    name,
    data: values.map((value, at) => ({ value, label: { show: series.length === 1 || at === labels.length - 1 } })),
    symbol: SYMBOLS[index],
    symbolSize: 9,
    ...STILL,
    lineStyle: { width: 2, type: DASHES[index], color: colour(index) },
    itemStyle: { color: colour(index) },
    label: {
      ...ink(frame),
      position: series.length === 1 ? 'top' : 'right',
      formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? write(value) : ''),
    },
    labelLayout: { moveOverlap: 'shiftY' },
  }));
  const aim = target.map((name) => ({
    type: 'line',
    name,
    data: labels.map(() => chart.target),
    symbol: 'none',
    ...STILL,
    lineStyle: { width: 1.5, type: [6, 4], color: INK },
    itemStyle: { color: INK },
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
      top: height + 16 + (chart.unit === undefined ? 8 : 24),
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: labels,
      axisLine: { lineStyle: { color: INK } },
      axisTick: { lineStyle: { color: INK } },
      axisLabel: { ...ink(frame), interval: shownLabels(labels, frame.width - 80, frame.font) },
    },
    yAxis: valueAxis(chart, frame, 'above'),
    series: [...lines, ...aim],
  };
  return draw(chart, option, height + 300);
}

/** Every label where there is room; else every second or so, always with the last, which is now. */
function shownLabels(labels: readonly string[], room: number, font: number): (index: number) => boolean {
  const each = room / Math.max(1, labels.length);
  const step = Math.max(1, Math.ceil((widest(labels, font) + 8) / each));
  return (index) => (labels.length - 1 - index) % step === 0;
}
