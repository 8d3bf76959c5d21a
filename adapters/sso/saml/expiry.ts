/** When to warn of a certificate. */

/** ms before its end. */
const WARN_BEFORE = 30 * 24 * 60 * 60_000;

/** Whether a certificate that ends then (ms since 1970) is over, or will be soon. */
export const isSoon = (expires: number): boolean => expires - Date.now() <= WARN_BEFORE;
