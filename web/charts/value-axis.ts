import { type ChartBase, type Frame, INK, ink, LINE, writer } from './chart.ts';

/** The axis of the numbers: under what it measures, or left of it with its unit above. */
export function valueAxis(chart: ChartBase, frame: Frame, unitAt: 'above' | 'below'): object {
  const write = writer(chart);
  return {
    type: 'value',
    name: chart.unit ?? '',
    nameLocation: unitAt === 'above' ? 'end' : 'middle',
    nameGap: unitAt === 'above' ? 12 : frame.lineHeight + 12,
    nameTextStyle: { color: INK, fontSize: frame.font, ...(unitAt === 'above' && { align: 'left' }) },
    splitNumber: frame.narrow ? 3 : 5,
    axisLabel: { ...ink(frame), hideOverlap: true, formatter: write },
    splitLine: { lineStyle: { color: LINE } },
  };
}
