import { formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { drawChart } from './engine.ts';
import { pageSvg } from './svg.ts';

export interface BarSeries {
  name: string;
  /** One value a label, in order; null where there is none. */
  values: readonly (number | null)[];
}

export interface BarChart {
  /** Unique in the page: a letter, then letters, digits and hyphens. */
  id: string;
  title: string;
  /** One sentence with what the chart shows, for who cannot see it. */
  description: string;
  labels: readonly string[];
  series: readonly BarSeries[];
  /** Written on the value axis. */
  unit?: string;
  lang: Language;
  /** Bars that lie (the default: long names keep to the left) or stand. */
  bars?: 'horizontal' | 'vertical';
  /** At most this many decimals; 2. */
  digits?: number;
}

const WIDTH = 720;
const LABEL_WIDTH = 180;
const BAR = 20;
const INK = 'var(--text)';

/**
 * A bar chart as an SVG element for a page: role=img with title and description, colours by CSS variables
 * (--chart-1 to --chart-4, --text, --line), so that it follows the theme; the same input gives the same bytes.
 */
export function barChart(chart: BarChart): string {
  if (!/^[a-z][a-z0-9-]*$/i.test(chart.id)) throw new TypeError(`"${chart.id}" cannot be the id of a chart.`);
  const vertical = chart.bars === 'vertical';
  const height = vertical ? 320 : 90 + chart.labels.length * (Math.max(1, chart.series.length) * BAR + 12);
  const [categories, values] = [categoryAxis(chart, vertical), valueAxis(chart, vertical)];
  const several = chart.series.length > 1;
  const svg = drawChart(
    {
      // Patterns tell the series apart where colour does not: in print, and for who sees colours otherwise.
      aria: { enabled: several, decal: { show: several } },
      legend: { show: several, top: 0, itemGap: 24, textStyle: { color: INK }, selectedMode: false },
      grid: {
        left: 8,
        right: vertical ? 8 : 64,
        top: 16 + (several ? 24 : 0) + (vertical && chart.unit ? 16 : 0),
        bottom: !vertical && chart.unit ? 32 : 8,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      xAxis: vertical ? categories : values,
      yAxis: vertical ? values : categories,
      series: chart.series.map((series, index) => bars(chart, series, index, vertical)),
    },
    WIDTH,
    height,
  );
  return pageSvg(svg, chart);
}

function categoryAxis({ labels }: BarChart, vertical: boolean): object {
  const width = vertical ? Math.max(40, Math.floor((WIDTH - 80) / Math.max(1, labels.length)) - 6) : LABEL_WIDTH;
  return {
    type: 'category',
    data: labels,
    inverse: !vertical,
    axisLine: { lineStyle: { color: INK } },
    axisTick: { show: false },
    // Every label, whatever its guessed width: a bar without a name says nothing.
    axisLabel: { color: INK, interval: 0, width, overflow: 'break' },
  };
}

function valueAxis({ unit, lang, digits }: BarChart, vertical: boolean): object {
  return {
    type: 'value',
    name: unit ?? '',
    nameLocation: vertical ? 'end' : 'middle',
    nameGap: vertical ? 12 : 28,
    nameTextStyle: { color: INK },
    axisLabel: { color: INK, formatter: (value: number) => formatNumber(lang, value, digits) },
    splitLine: { lineStyle: { color: 'var(--line)' } },
  };
}

function bars({ lang, digits }: BarChart, { name, values }: BarSeries, index: number, vertical: boolean): object {
  const written = ({ value }: { value: unknown }) =>
    typeof value === 'number' ? formatNumber(lang, value, digits) : '';
  return {
    type: 'bar',
    name,
    data: values,
    barMaxWidth: vertical ? 48 : BAR,
    silent: true,
    emphasis: { disabled: true },
    itemStyle: { color: `var(--chart-${(index % 4) + 1})` },
    label: {
      show: true,
      position: vertical ? 'top' : 'right',
      color: INK,
      textBorderWidth: 0,
      textBorderColor: 'transparent',
      formatter: written,
    },
  };
}
