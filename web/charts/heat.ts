import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts/types/dist/shared';
import { formatShort } from '../format.ts';
import {
  brokenName,
  type ChartBase,
  draw,
  type Frame,
  frameOf,
  ink,
  legendOf,
  type Series,
  STILL,
  textAt,
  writer,
} from './chart.ts';
import { piecesOf } from './pieces.ts';
import { linesOf, widest } from './text.ts';

export interface HeatMap extends ChartBase {
  rows: readonly string[];
  columns: readonly string[];
  /** A list a row, in it a value a column; null where there is none. */
  values: readonly (readonly (number | null)[])[];
  /** How rows and columns are called where their names have no room. */
  short?: { rows?: ShortNames; columns?: ShortNames } | undefined;
}

export interface ShortNames {
  names: readonly string[];
  /** What they count, said once beside them: « h ». */
  unit?: string;
}

const ROW_NAMES = 180;
const OUTLINE = 'var(--chart-outline)';

/**
 * A grid of numbers as an SVG element for a page, each on one of five shades (--chart-step-1 to -5) with its value written
 * in it: who does not see the shades reads the numbers. Rows and columns change places where the numbers have no room.
 */
export function drawHeatMap(chart: HeatMap): string {
  const frame = frameOf(chart);
  const given = layout(chart, frame);
  if (given.fits) return grid(chart, frame, given);
  const turned = turn(chart);
  const other = layout(turned, frame);
  return other.cell > given.cell ? grid(turned, frame, other) : grid(chart, frame, given);
}

/** Series that are too many to be told apart: a row each, a column a label. */
export const drawSeriesAsHeat = (chart: ChartBase & { labels: readonly string[]; series: readonly Series[] }): string =>
  drawHeatMap({
    ...chart,
    rows: chart.series.map(({ name }) => name),
    columns: chart.labels,
    values: chart.series.map(({ values }) => values),
  });

const turn = (chart: HeatMap): HeatMap => ({
  ...chart,
  rows: chart.columns,
  columns: chart.rows,
  short: {
    ...(chart.short?.columns && { rows: chart.short.columns }),
    ...(chart.short?.rows && { columns: chart.short.rows }),
  },
  values: chart.columns.map((_, column) => chart.values.map((row) => row[column] ?? null)),
});

interface Layout {
  /** Width of the names of rows, and of a cell. */
  names: number;
  cell: number;
  /** How numbers are written in the cells; undefined where none has room. */
  write: Write | undefined;
  /** Whether they are written in full. */
  fits: boolean;
}

type Write = (value: number) => string;

function layout(chart: HeatMap, frame: Frame): Layout {
  const names = Math.min(frame.narrow ? frame.width / 3 : ROW_NAMES, widest(chart.rows, frame.font));
  const cell = (frame.width - names - 24) / Math.max(1, chart.columns.length);
  const numbers = chart.values.flat().filter((value) => value !== null);
  const hasRoom = (write: Write) => widest(numbers.map(write), frame.font) + 4 <= cell;
  const full = writer(chart);
  const short: Write = chart.percent
    ? (value) => full(value).replace(/\s?%$/u, '')
    : (value) => formatShort(chart.lang, value);
  const write = [full, short].find(hasRoom);
  return { names, cell, write, fits: write === full || (chart.percent === true && write !== undefined) };
}

function grid(chart: HeatMap, frame: Frame, { names, cell, write }: Layout): string {
  const heads = headsOf(chart, cell - 4, frame);
  const rows = chart.rows.map((row) => linesOf(row, names, frame.font));
  const band = Math.max(24, highest(rows) * frame.lineHeight + 4);
  const pieces = piecesOf(chart);
  const said = chart.unit === undefined || pieces.names.length === 0 ? 0 : frame.lineHeight + 4;
  const { legend, height } = legendOf(pieces.names, frame, [], said);
  const top = height + 8 + highest(heads.lines) * frame.lineHeight + 8;
  const box = { width: cell, height: band, font: frame.font };
  const cells = chart.values.flatMap((row, y) =>
    row.flatMap((value, x) => (value === null ? [] : [{ at: [x, y, value], step: pieces.of(value) }])),
  );
  const option = {
    graphic: [
      ...(said > 0 ? [textAt(frame, capital(chart.unit ?? ''), 8, frame.lineHeight / 2 + 2)] : []),
      ...(heads.unit === undefined
        ? []
        : [textAt(frame, heads.unit, names + 8, top - 8 - frame.lineHeight / 2, 'right')]),
    ],
    legend: legend.map((each) => ({ ...each, icon: 'rect', itemStyle: { borderColor: OUTLINE, borderWidth: 1 } })),
    grid: { left: names + 16, right: 8, top, bottom: 8, outerBoundsMode: 'none' },
    xAxis: { ...axis(chart.columns, heads.lines, frame), position: 'top' },
    yAxis: { ...axis(chart.rows, rows, frame), inverse: true },
    series: pieces.names.map((name, index) => ({
      type: 'custom',
      name,
      data: cells.filter(({ step }) => step === index + 1).map(({ at }) => at),
      ...STILL,
      itemStyle: { color: `var(--chart-step-${index + 1})` },
      renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
        shape(api, index + 1, write?.(Number(api.value(2))) ?? '', box),
    })),
  };
  return draw(chart, option, top + chart.rows.length * band + 8);
}

interface Heads {
  lines: string[][];
  unit?: string;
}

/** Names of columns in lines; where a word of them has no room, the short ones, as many of them as do not touch. */
function headsOf({ columns, short }: HeatMap, room: number, frame: Frame): Heads {
  const words = columns.flatMap((column) => column.split(' '));
  const shorter = short?.columns;
  if (!shorter || widest(words, frame.font) <= room) {
    return { lines: columns.map((column) => linesOf(column, room, frame.font)) };
  }
  const step = Math.max(1, Math.ceil(widest(shorter.names, frame.font) / (room + 2)));
  const lines = shorter.names.map((name, index) => (index % step === 0 ? [name] : []));
  return { lines, ...(shorter.unit !== undefined && { unit: shorter.unit }) };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const highest = (names: readonly string[][]): number => Math.max(1, ...names.map(({ length }) => length));

const axis = (data: readonly string[], lines: readonly string[][], frame: Frame) => ({
  type: 'category',
  data,
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: false },
  axisLabel: { ...ink(frame), interval: 0, formatter: brokenName(lines) },
});

interface Box {
  width: number;
  height: number;
  font: number;
}

/** A cell: its shade within an outline, its number on it. */
function shape(api: CustomSeriesRenderItemAPI, step: number, text: string, box: Box) {
  const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
  const { width, height, font } = box;
  return {
    type: 'group' as const,
    children: [
      {
        type: 'rect' as const,
        shape: { x: x - width / 2 + 0.5, y: y - height / 2 + 0.5, width: width - 1, height: height - 1 },
        style: { fill: `var(--chart-step-${step})`, stroke: OUTLINE, lineWidth: 1 },
      },
      {
        type: 'text' as const,
        style: {
          x,
          y,
          text,
          fill: `var(--chart-step-${step}-ink)`,
          fontSize: font,
          align: 'center' as const,
          verticalAlign: 'middle' as const,
        },
      },
    ],
  };
}
