import { type ChartBase, type Frame, INK, ink, LINE, stepOf, writer } from './chart.ts';

/** The axis of these numbers: under what it measures, or left of it with its unit above. */
export function valueAxis(
  chart: ChartBase,
  frame: Frame,
  unitAt: 'above' | 'below',
  values: readonly (number | null)[],
): object {
  const write = writer(chart);
  const highest = Math.max(...values.map((value) => value ?? 0));
  // Shares end at 100 %, and 120 % is not on the way there.
  const whole = chart.percent && highest > 0.75 && highest <= 1;
  return {
    type: 'value',
    name: chart.unit ?? '',
    nameLocation: unitAt === 'above' ? 'end' : 'middle',
    nameGap: unitAt === 'above' ? frame.lineHeight + 8 : frame.lineHeight + 12,
    nameTextStyle: { color: INK, fontSize: frame.font, ...(unitAt === 'above' && { align: 'left' }) },
    ...(whole && { max: 1, interval: frame.narrow ? 0.5 : 0.25 }),
    splitNumber: frame.narrow ? 3 : 5,
    // No two marks that are written alike.
    minInterval: stepOf(chart),
    axisLabel: { ...ink(frame), hideOverlap: true, formatter: write },
    splitLine: { lineStyle: { color: LINE } },
  };
}
