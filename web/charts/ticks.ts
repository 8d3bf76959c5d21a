/** Round marks along an axis that does not begin at zero, all equally far apart. */

const ROUND = [1, 2, 2.5, 5];

export interface Ticks {
  min: number;
  max: number;
  interval: number;
}

/** Around these numbers, at most `most` steps, each some times `least`; `reference` is one of the marks where round ones can hold it. */
export function ticksAround(
  numbers: readonly number[],
  most: number,
  least: number,
  reference?: number,
): Ticks | undefined {
  const held = reference === undefined ? numbers : [...numbers, reference];
  if (held.length === 0) return undefined;
  const [lowest, highest] = [Math.min(...held), Math.max(...held)];
  const span = Math.max(highest - lowest || Math.abs(highest) || 1, least);
  const power = 10 ** Math.floor(Math.log10(span / most));
  const fitting = [1, 10, 100]
    .flatMap((times) => ROUND.map((each) => around(lowest, highest, each * times * power)))
    .filter(({ min, max, interval }) => isWhole(interval / least) && Math.round((max - min) / interval) <= most);
  const onReference = fitting.find(({ interval }) => reference !== undefined && isWhole(reference / interval));
  return onReference ?? fitting[0];
}

/** Without the dust of binary fractions, in which 0.1 · 3 is none of the marks. */
const clean = (value: number): number => Number(value.toPrecision(12));

function around(lowest: number, highest: number, interval: number): Ticks {
  const min = clean(Math.floor(clean(lowest / interval)) * interval);
  const max = clean(Math.ceil(clean(highest / interval)) * interval);
  return { min, max: max > min ? max : clean(min + interval), interval: clean(interval) };
}

const isWhole = (value: number): boolean => Number.isInteger(clean(value));
