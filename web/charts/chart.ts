/** What every kind of chart takes, and how each writes, colours and measures. */
import type { EChartsCoreOption } from 'echarts/core';
import { formatNumber, formatPercent } from '../format.ts';
import type { Language } from '../language.ts';
import { drawChart } from './engine.ts';
import { pageSvg } from './svg.ts';
import { cut, textWidth } from './text.ts';

export interface ChartBase {
  /** Unique in the page: a letter, then letters, digits and hyphens. */
  id: string;
  title: string;
  /** One sentence with what the chart shows, for who cannot see it. */
  description: string;
  lang: Language;
  /** Written on the value axis. */
  unit?: string | undefined;
  /** At most this many decimals; 2, of a percentage 1. */
  digits?: number | undefined;
  /** The values are shares: 0.86 is written « 86 % ». */
  percent?: boolean | undefined;
  /** For a column as wide as a page (the default), or for a phone. <Chart> draws both, and the page's width chooses. */
  size?: 'wide' | 'narrow' | undefined;
}

export interface Series {
  name: string;
  /** One value a label, in order; null where there is none. */
  values: readonly (number | null)[];
}

/** Widths in the drawing's own units: about a pixel each where it is shown. */
const WIDTH = { wide: 720, narrow: 360 } as const;

export const INK = 'var(--text)';
export const LINE = 'var(--line)';

/** As many series as a reader can tell apart; more are drawn as a grid of numbers. */
export const MOST_SERIES = 6;

export const colour = (index: number): string => `var(--chart-${(index % MOST_SERIES) + 1})`;

export interface Frame {
  narrow: boolean;
  width: number;
  font: number;
  lineHeight: number;
}

export function frameOf({ size = 'wide' }: ChartBase): Frame {
  const font = size === 'narrow' ? 14 : 12;
  return { narrow: size === 'narrow', width: WIDTH[size], font, lineHeight: Math.round(font * 1.3) };
}

/** How the values of a chart are written. */
export const writer =
  ({ lang, digits, percent }: ChartBase) =>
  (value: number): string =>
    percent ? formatPercent(lang, value, digits) : formatNumber(lang, value, digits);

/** The smallest difference that is written. */
export const stepOf = ({ digits, percent }: ChartBase): number => 10 ** -(percent ? (digits ?? 1) + 2 : (digits ?? 2));

/** Text without the white outline that ECharts puts around what stands on a colour. */
export const ink = ({ font, lineHeight }: Frame, color: string = INK) => ({
  color,
  fontSize: font,
  lineHeight,
  textBorderWidth: 0,
  textBorderColor: 'transparent',
});

/** A name as it was broken into lines, by where it stands. */
export const brokenName =
  (lines: readonly (readonly string[])[]) =>
  (_: string, index: number): string =>
    lines[index]?.join('\n') ?? '';

/** A text at a place of the drawing, its middle at `y`. */
export const textAt = (frame: Frame, text: string, x: number, y: number, align: 'left' | 'right' = 'left') => {
  const { color: fill, ...look } = ink(frame);
  return { type: 'text', silent: true, x, y, style: { ...look, fill, text, align, verticalAlign: 'middle' } };
};

/** A series that is only looked at. */
export const STILL = { silent: true, emphasis: { disabled: true } } as const;

/** What stands in a legend for a line that is no series. */
const DASHED = 'path://M0 5h7v2h-7zM11 5h7v2h-7zM22 5h7v2h-7z';

const SYMBOL = 25;
const GAP = 20;

/**
 * A legend in as many rows as its names take, and how high it is: ECharts would break one of its own into rows too,
 * and draw the chart under them. `dashed` are names of lines across that are no series. It begins `under` the top.
 */
export function legendOf(
  names: readonly string[],
  frame: Frame,
  dashed: readonly string[] = [],
  under = 0,
): { legend: object[]; height: number } {
  const room = frame.width - 16;
  const rows: string[][] = [];
  let used = room;
  for (const name of names) {
    const width = SYMBOL + 5 + textWidth(name, frame.font) + GAP;
    if (used + width > room + GAP) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(name);
    used += width;
  }
  const height = frame.lineHeight + 8;
  const legend = rows.map((row, index) => ({
    data: row.map((name) => ({ name, ...(dashed.includes(name) && { icon: DASHED }) })),
    top: under + index * height,
    left: 8,
    padding: [4, 0],
    itemGap: GAP,
    itemWidth: SYMBOL,
    selectedMode: false,
    textStyle: { color: INK, fontSize: frame.font },
    formatter: (name: string) => cut(name, room - SYMBOL - 5, frame.font),
  }));
  return { legend, height: under + rows.length * height + (rows.length > 0 ? 4 : 0) };
}

/** The drawing as an element of a page; the same input gives the same bytes. */
export function draw(chart: ChartBase, option: EChartsCoreOption, height: number): string {
  if (!/^[a-z][a-z0-9-]*$/i.test(chart.id)) throw new TypeError(`"${chart.id}" cannot be the id of a chart.`);
  const { narrow, width, font } = frameOf(chart);
  const svg = drawChart({ textStyle: { fontSize: font }, ...option }, width, Math.round(height));
  return pageSvg(svg, { ...chart, id: narrow ? `${chart.id}-narrow` : chart.id, narrow });
}
