/** How wide a text is without anything to draw it on, in a face about as wide as Arial. */

/** Pixels, at a font size of so many. */
export const textWidth = (text: string, fontSize: number): number => ems(text) * fontSize;

/** Accents weigh nothing. */
function ems(text: string): number {
  let width = 0;
  for (const letter of text.normalize('NFD').replace(/\p{M}/gu, '')) {
    if (/[ijltf.,:;'’|!() \u00a0\u202f-]/.test(letter)) width += 0.3;
    else if (/[mwMW%@]/.test(letter)) width += 0.89;
    else if (/[A-Z0-9]/.test(letter)) width += 0.62;
    else width += /[\p{Script=Latin}]/u.test(letter) ? 0.53 : 1;
  }
  return width;
}

/** The text in lines of at most this width, broken between words; a word wider than that is cut with an ellipsis. */
export function linesOf(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \n]+/)) {
    const line = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && textWidth(line, fontSize) <= width) lines[lines.length - 1] = line;
    else lines.push(cut(word, width, fontSize));
  }
  return lines;
}

/** As much of the text as there is room for. */
export function cut(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, fontSize) > width) letters.pop();
  return `${letters.join('')}…`;
}

export const widest = (texts: readonly string[], fontSize: number): number =>
  Math.max(0, ...texts.map((text) => textWidth(text, fontSize)));
