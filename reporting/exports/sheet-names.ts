/** Names of sheets that Excel takes: at most 31 characters, none of []/\:*?, no apostrophe at an end, each once whatever its case. Pure. */

const LONGEST = 31;
/** Excel keeps this name for itself. */
const RESERVED = 'history';

const legal = (name: string): string =>
  name
    // Control characters and halves of surrogate pairs as well.
    .replace(/[[\]/\\:*?\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST)
    .replace(/^'+|'+$/g, '')
    .trim();

export function sheetNames(names: readonly string[]): string[] {
  const taken = new Set([RESERVED]);
  return names.map((given) => {
    const name = legal(given) || 'table';
    for (let number = 1; ; number += 1) {
      const mark = number === 1 ? '' : ` ${number}`;
      const tried = name.slice(0, LONGEST - mark.length) + mark;
      if (taken.has(tried.toLowerCase())) continue;
      taken.add(tried.toLowerCase());
      return tried;
    }
  });
}
