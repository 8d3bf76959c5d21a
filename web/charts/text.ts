/** How wide a text is without anything to draw it on, in a face about as wide as Arial. */

/** Pixels, at a font size of so many. */
export const textWidth = (text: string, fontSize: number): number => ems(text) * fontSize;

const letters = new Map<string, number>();

/** Accents weigh nothing. */
function ems(text: string): number {
  let width = 0;
  for (const letter of text) {
    const known = letters.get(letter);
    const own = known ?? [...letter.normalize('NFD').replace(/\p{M}/gu, '')].reduce((sum, each) => sum + em(each), 0);
    if (known === undefined && letters.size < 2000) letters.set(letter, own);
    width += own;
  }
  return width;
}

function em(letter: string): number {
  if (/[ijltf.,:;'’|!() \u00a0\u202f-]/.test(letter)) return 0.3;
  if (/[mwMW%@]/.test(letter)) return 0.89;
  if (/[A-Z0-9]/.test(letter)) return 0.62;
  return /[\p{Script=Latin}]/u.test(letter) ? 0.53 : 1;
}

/** The text in lines of at most this width, broken between words; a word wider than that is broken with hyphens. */
export function linesOf(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \n]+/)) {
    const line = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && textWidth(line, fontSize) <= width) lines[lines.length - 1] = line;
    else lines.push(...brokenWord(word, width, fontSize));
  }
  return lines;
}

/** No piece but the last is shorter than two letters, nor the last shorter than that. */
function brokenWord(word: string, width: number, fontSize: number): string[] {
  if (textWidth(word, fontSize) <= width || word.length < 4) return [word];
  let length = word.length - 2;
  while (length > 2 && textWidth(`${word.slice(0, length)}-`, fontSize) > width) length--;
  return [`${word.slice(0, length)}-`, ...brokenWord(word.slice(length), width, fontSize)];
}

/** As much of the text as there is room for. */
export function cut(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const kept = [...text];
  while (kept.length > 1 && textWidth(`${kept.join('')}…`, fontSize) > width) kept.pop();
  return `${kept.join('')}…`;
}

export const widest = (texts: readonly string[], fontSize: number): number =>
  Math.max(0, ...texts.map((text) => textWidth(text, fontSize)));
