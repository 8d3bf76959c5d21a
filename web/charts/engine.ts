/**
 * ECharts on the server. Three things it does are undone here, so that a chart stands in a page under a strict
 * Content-Security-Policy and two renders are byte-equal: style attributes and hover rules, ids that count up per
 * process, and text widths guessed without a canvas (it takes an accented letter for a full em).
 *
 * It is taken as one file: its 585 modules made every start of Livret a third of a second longer, and took 28 MB more.
 */
import { type EChartsCoreOption, init, setPlatformAPI } from 'echarts/dist/echarts.esm.min.mjs';
import { textWidth } from './text.ts';

setPlatformAPI({ measureText: (text, font = '12px') => ({ width: textWidth(text, fontSize(font)) }) });

const fontSize = (font: string): number => Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);

/** Internal to ECharts (its public renderToSVGString keeps the style element); a test fails if an update takes it away. */
interface SvgPainter {
  renderToString(options: { cssEmphasis: boolean; cssAnimation: boolean; useViewBox: boolean }): string;
}

/** The SVG element of a chart as ECharts writes it. */
export function drawChart(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    const painter = chart.getZr().painter as unknown as SvgPainter;
    return painter.renderToString({ cssEmphasis: false, cssAnimation: false, useViewBox: true });
  } finally {
    chart.dispose();
  }
}
