/** Quartiles on a printed grid, which show no single person's value (rule 6). */
import type { Contribution, Metric } from '../metrics/metric.ts';
import type { Quartiles } from './figures.ts';

const onGrid = (value: number, grid: number): number => {
  const steps = Math.round(value / grid);
  // 3 / 0.1 would give 30.000000000000004: a grid below one is divided by, not multiplied with.
  return grid < 1 ? steps / Math.round(1 / grid) : steps * grid;
};

/** First quartile, median and third quartile, linear between neighbours (type 7 of Hyndman and Fan 1996). */
export function quartilesOf(values: readonly number[], grid: number): Quartiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share;
    const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return onGrid(low + (high - low) * (place - Math.floor(place)), grid);
  };
  return [at(0.25), at(0.5), at(0.75)];
}

/** Of every quartiles figure of a metric. */
export function allQuartilesOf(members: readonly Contribution[], { figures }: Metric): Record<string, Quartiles> {
  return Object.fromEntries(
    figures.flatMap((spec) =>
      spec.kind === 'quartiles'
        ? [
            [
              spec.name,
              quartilesOf(
                members.map(({ values }) => values[spec.of] ?? 0),
                spec.grid,
              ),
            ],
          ]
        : [],
    ),
  );
}
