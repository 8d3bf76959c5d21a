import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts/types/dist/shared';
import { type ChartBase, draw, type Frame, frameOf, ink, legendOf, STILL, writer } from './chart.ts';
import { piecesOf } from './pieces.ts';
import { linesOf, widest } from './text.ts';

export interface HeatMap extends ChartBase {
  rows: readonly string[];
  columns: readonly string[];
  /** A list a row, in it a value a column; null where there is none. */
  values: readonly (readonly (number | null)[])[];
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

const turn = (chart: HeatMap): HeatMap => ({
  ...chart,
  rows: chart.columns,
  columns: chart.rows,
  values: chart.columns.map((_, column) => chart.values.map((row) => row[column] ?? null)),
});

interface Layout {
  /** Width of the names of rows, and of a cell. */
  names: number;
  cell: number;
  /** Whether the numbers have room in the cells. */
  fits: boolean;
  /** Without the sign of percentages, where there is room for no more. */
  bare: boolean;
}

function layout(chart: HeatMap, frame: Frame): Layout {
  const names = Math.min(frame.narrow ? frame.width / 3 : ROW_NAMES, widest(chart.rows, frame.font));
  const cell = (frame.width - names - 24) / Math.max(1, chart.columns.length);
  const room = (bare: boolean) => widest(writtenCells(chart, bare), frame.font) + 4 <= cell;
  const bare = chart.percent === true && !room(false);
  return { names, cell, bare, fits: room(bare) };
}

const cellWriter = (chart: HeatMap, bare: boolean): ((value: number) => string) => {
  const write = writer(chart);
  return bare ? (value) => write(value).replace(/\s?%$/u, '') : write;
};

const writtenCells = (chart: HeatMap, bare: boolean): string[] => {
  const write = cellWriter(chart, bare);
  return chart.values.flatMap((row) => row.map((value) => (value === null ? '' : write(value))));
};

function grid(chart: HeatMap, frame: Frame, { names, cell, fits, bare }: Layout): string {
  const heads = chart.columns.map((column) => linesOf(column, cell - 4, frame.font));
  const head = Math.max(1, ...heads.map(({ length }) => length)) * frame.lineHeight + 8;
  const rows = chart.rows.map((row) => linesOf(row, names, frame.font));
  const band = Math.max(24, Math.max(1, ...rows.map(({ length }) => length)) * frame.lineHeight + 4);
  const pieces = piecesOf(chart.values.flat(), writer(chart));
  const { legend, height } = legendOf(pieces.names, frame);
  const top = height + 8 + head;
  const write = cellWriter(chart, bare);
  const step = (value: number) => pieces.of(value);
  const shade = (data: unknown[], name: string, index: number) => ({
    type: 'custom',
    name,
    data,
    ...STILL,
    itemStyle: { color: `var(--chart-step-${index})` },
    renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
      shape(api, index, fits ? write : () => '', { width: cell, height: band, font: frame.font }),
  });
  const axis = { type: 'category', axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } };
  const cells = chart.values.flatMap((row, y) => row.map((value, x) => [x, y, value] as const));
  const option = {
    legend: legend.map((each) => ({ ...each, icon: 'rect', itemStyle: { borderColor: OUTLINE, borderWidth: 1 } })),
    grid: { left: names + 16, right: 8, top, bottom: 8, outerBoundsMode: 'none' },
    xAxis: {
      ...axis,
      data: chart.columns,
      position: 'top',
      axisLabel: {
        ...ink(frame),
        interval: 0,
        formatter: (_: string, index: number) => heads[index]?.join('\n') ?? '',
      },
    },
    yAxis: {
      ...axis,
      data: chart.rows,
      inverse: true,
      axisLabel: { ...ink(frame), interval: 0, formatter: (_: string, index: number) => rows[index]?.join('\n') ?? '' },
    },
    series: pieces.names.map((name, index) =>
      shade(
        cells.filter(([, , value]) => value !== null && step(value) === index + 1),
        name,
        index + 1,
      ),
    ),
  };
  return draw(chart, option, top + chart.rows.length * band + 8);
}

interface Box {
  width: number;
  height: number;
  font: number;
}

/** A cell: its shade within an outline, its number on it. */
function shape(api: CustomSeriesRenderItemAPI, step: number, write: (value: number) => string, box: Box) {
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
          text: write(Number(api.value(2))),
          fill: `var(--chart-step-${step}-ink)`,
          fontSize: font,
          align: 'center' as const,
          verticalAlign: 'middle' as const,
        },
      },
    ],
  };
}
