/** Charts as SVG elements for pages, drawn once for each input. */
import { type BarChart, drawBars } from './bar.ts';
import { drawHeatMap, type HeatMap } from './heat.ts';
import { drawIntervals, type IntervalChart } from './interval.ts';
import { kept } from './kept.ts';
import { drawLines, type LineChart } from './line.ts';

export type { BarChart } from './bar.ts';
export type { ChartBase, Series } from './chart.ts';
export type { HeatMap, ShortNames } from './heat.ts';
export type { Interval, IntervalChart } from './interval.ts';
export type { LineChart } from './line.ts';
export { textWidth } from './text.ts';

const barChart = kept('bars', drawBars);
const heatMap = kept('heat', drawHeatMap);
const lineChart = kept('lines', drawLines);
const intervalChart = kept('intervals', drawIntervals);

/** A chart of any kind; bars where none is named. */
export type AnyChart =
  | ({ kind?: 'bars' } & BarChart)
  | ({ kind: 'heat' } & HeatMap)
  | ({ kind: 'lines' } & LineChart)
  | ({ kind: 'intervals' } & IntervalChart);

export function chartOf(chart: AnyChart): string {
  switch (chart.kind) {
    case 'heat':
      return heatMap(chart);
    case 'lines':
      return lineChart(chart);
    case 'intervals':
      return intervalChart(chart);
    default:
      return barChart(chart);
  }
}
