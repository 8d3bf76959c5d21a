/** Summed from the smallest on, so that the same people give the same figure in whatever order they come. */
export const sum = (values: readonly number[]): number =>
  Float64Array.from(values)
    .sort()
    .reduce((total, value) => total + value, 0);
