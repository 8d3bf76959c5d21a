/** JSON for people to read, without another word of it being touched. */
import { stringEnd } from './json-scan.ts';

/** What stands between strings: a sign of the grammar, or a number, true, false, null. */
const TOKEN = /[{}[\],:"]|[^\s{}[\],:"]+/g;

/**
 * The text with a line for each member and element, two spaces a level, as JSON.stringify indents. Nothing is parsed:
 * numbers and escapes stay as they were written, and members in their order. The text must have passed parseJson.
 */
export function indentJson(text: string): string {
  const token = new RegExp(TOKEN);
  let indented = '';
  let line = '\n';
  let before = '';
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [sign] = found;
    const closes = sign === '}' || sign === ']';
    const isFirst = before === '{' || before === '[';
    if (closes) line = line.slice(0, -2);
    // Nothing stands in {} and [].
    if (isFirst ? !closes : closes || before === ',') indented += line;
    if (sign === '"') {
      token.lastIndex = stringEnd(text, found.index);
      indented += text.slice(found.index, token.lastIndex);
    } else indented += sign === ':' ? ': ' : sign;
    if (sign === '{' || sign === '[') line += '  ';
    before = sign;
  }
  return indented;
}
