/** Half-widths of 95 % intervals: Student's of a mean, Wilson's of a share. */

const LEVEL = 0.95;
/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Up to so many degrees of freedom the exact series is summed; beyond it the expansion is right to 1e-10. */
const EXACT_TO = 200;

const quantiles = new Map<number, number>();

/** The 0.975 quantile of Student's t with `freedom` (a whole number from 1 on) degrees of freedom. */
export function studentQuantile(freedom: number): number {
  if (freedom > EXACT_TO) return expansion(freedom);
  const known = quantiles.get(freedom);
  if (known !== undefined) return known;
  const found = search(freedom);
  quantiles.set(freedom, found);
  return found;
}

function search(freedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (within(middle, freedom) < LEVEL) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

/** P(|T| ≤ √freedom · tan θ). Abramowitz and Stegun 1964, 26.7.3 and 26.7.4. */
function within(theta: number, freedom: number): number {
  const [sin, cos] = [Math.sin(theta), Math.cos(theta)];
  const odd = freedom % 2 === 1;
  if (freedom === 1) return (2 * theta) / Math.PI;
  let term = odd ? cos : 1;
  let sum = term;
  for (let power = odd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cos * cos;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + sin * sum) : sin * sum;
}

/** Abramowitz and Stegun 1964, 26.7.5. */
function expansion(n: number): number {
  const x2 = Z * Z;
  const g1 = (Z * (x2 + 1)) / 4;
  const g2 = (Z * ((5 * x2 + 16) * x2 + 3)) / 96;
  const g3 = (Z * (((3 * x2 + 19) * x2 + 17) * x2 - 15)) / 384;
  const g4 = (Z * ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945)) / 92160;
  return Z + g1 / n + g2 / n ** 2 + g3 / n ** 3 + g4 / n ** 4;
}

/** Of the mean of `n` values, by their sum and the sum of their squares; null where there are fewer than two. */
export function meanMargin(n: number, sum: number, squares: number): number | null {
  if (n < 2) return null;
  const variance = Math.max(0, (squares - (sum * sum) / n) / (n - 1));
  return studentQuantile(n - 1) * Math.sqrt(variance / n);
}

/**
 * Of the mean of `n` values from 0 to 1. Student's has no length where all are 0, or all 1, which says too much of few people:
 * Wilson's is given there, and no values of that range vary more.
 */
export function meanOfSharesMargin(n: number, sum: number, squares: number): number | null {
  return n >= 2 && (sum === 0 || sum === n) ? shareMargin(sum / n, n) : meanMargin(n, sum, squares);
}

/** Of a share of `n`: half the length of Wilson's interval (1927), which is not centred on the share. */
export function shareMargin(share: number, n: number): number {
  const z2 = Z * Z;
  return (Z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
}
