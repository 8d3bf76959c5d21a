/** Entropy and Fourier coefficients, from their definitions. */

/** In bits, of counts of which one at least is not 0. */
export function entropy(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits;
}

/** Modulus of the Fourier coefficient of a series at a period of so many steps. */
export function modulusAt(series: readonly number[], period: number): number {
  let [real, imaginary] = [0, 0];
  for (const [step, value] of series.entries()) {
    real += value * Math.cos((2 * Math.PI * step) / period);
    imaginary -= value * Math.sin((2 * Math.PI * step) / period);
  }
  return Math.sqrt(real ** 2 + imaginary ** 2);
}

/** What stands at each step of the period in a series that repeats it: sums of series[0 + n·period], series[1 + n·period] … */
export function stacked(series: readonly number[], period: number): number[] {
  const sums = new Array<number>(period).fill(0);
  for (const [step, value] of series.entries()) sums[step % period] = (sums[step % period] ?? 0) + value;
  return sums;
}

export function total(series: readonly number[]): number {
  let sum = 0;
  for (const value of series) sum += value;
  return sum;
}

/** Of one at least. */
export const mean = (values: readonly number[]): number => total(values) / values.length;
