/** The one place where sums over people become figures that leave (rule 6). */
import type { FigureSpec, Metric } from '../metrics/metric.ts';
import { meanMargin, meanOfSharesMargin, shareMargin } from './interval.ts';
import type { Sums } from './sums.ts';

export type Figure = number | null | number[] | Record<string, number>;

/** By name; null where a figure is not given (see `withheld`) or nobody contributed. */
export type Figures = Record<string, Figure>;

/** First quartile, median, third quartile. */
export type Quartiles = readonly [number, number, number];

/** What is given of a cell beside what its sums give, by name of a figure. */
export interface Distributions {
  /** Absent where the cell is no node of the tree, or holds fewer than 4k people. */
  quartiles?: Readonly<Record<string, Quartiles>>;
  /** Whether the cell is made of groups of 4k people. */
  histograms: boolean;
}

export interface Given {
  figures: Figures;
  /** Names of what is null because too few people stand behind it. */
  withheld: string[];
}

/** Names under which a figure leaves. */
export function fieldsOf({ kind, name }: Pick<FigureSpec, 'kind' | 'name'>): string[] {
  if (kind === 'quartiles') return [`${name}Q1`, `${name}Median`, `${name}Q3`];
  return kind === 'mean' || kind === 'share' ? [name, `${name}Margin`] : [name];
}

export function figuresOf(sums: Sums, metric: Pick<Metric, 'figures'>, distributions: Distributions): Given {
  const figures: Figures = {};
  const withheld: string[] = [];
  for (const spec of metric.figures) {
    const fields = fieldsOf(spec);
    const given = figureOf(spec, sums, metric, distributions);
    for (const [place, field] of fields.entries()) figures[field] = given?.[place] ?? null;
    if (given === undefined && sums.units > 0) withheld.push(...fields);
  }
  return { figures, withheld };
}

/** The values of its fields; undefined where the figure is not given. */
function figureOf(
  spec: FigureSpec,
  sums: Sums,
  metric: Pick<Metric, 'figures'>,
  { quartiles, histograms }: Distributions,
): Figure[] | undefined {
  const part = sums.parts[spec.name];
  switch (spec.kind) {
    case 'people':
      return [sums.shown];
    case 'mean':
      return meanOf(spec, sums.units, Array.isArray(part) ? part : []);
    case 'share':
      return shareOf(shownCount(spec.of, sums, metric), shownCount(spec.over, sums, metric));
    case 'quartiles': {
      const found = quartiles?.[spec.name];
      return found && [...found];
    }
    case 'histogram':
      return histograms && part !== undefined ? [part] : undefined;
    default:
      return [part ?? (spec.kind === 'tally' ? {} : 0)];
  }
}

function meanOf({ percent }: FigureSpec, units: number, [sum = 0, squares = 0]: number[]): Figure[] {
  const margin = percent ? meanOfSharesMargin : meanMargin;
  return units === 0 ? [null, null] : [sum / units, margin(units, sum, squares)];
}

/** Of what is shown: where a count was rounded up and the other one down, no more than all. */
function shareOf(count: number, all: number): Figure[] {
  if (all === 0) return [null, null];
  const share = Math.min(1, count / all);
  return [share, shareMargin(share, all)];
}

function shownCount(name: string, sums: Sums, { figures }: Pick<Metric, 'figures'>): number {
  const spec = figures.find((each) => each.name === name);
  if (spec?.kind === 'people') return sums.shown;
  const part = sums.parts[name];
  return typeof part === 'number' ? part : 0;
}
