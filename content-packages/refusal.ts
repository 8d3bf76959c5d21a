/** How a package is refused: what is wrong and where, a few problems at a time. */
import { LivretError } from '../lrs/index.ts';

export interface Problem {
  /** File of the package, as the author knows it. */
  file?: string;
  line?: number | undefined;
  what: string;
}

const SHOWN = 5;

/** `package.invalid` with the first five problems. */
export function refusal(problems: readonly Problem[]): LivretError {
  const sentences = problems.slice(0, SHOWN).map(sentence);
  if (problems.length > SHOWN) sentences.push(`And ${problems.length - SHOWN} more.`);
  return new LivretError('package.invalid', { detail: sentences.join(' ') });
}

/** `package.invalid` with one problem. */
export const invalid = (what: string, file?: string): LivretError =>
  refusal([file === undefined ? { what } : { what, file }]);

/** A name out of a package as it may stand in a sentence: quoted, control characters visible, not endless. */
export const quoted = (name: string): string => JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name);

function sentence({ file, line, what }: Problem): string {
  if (file === undefined) return what;
  return `${file}${line === undefined ? '' : `, line ${line}`}: ${what}`;
}
