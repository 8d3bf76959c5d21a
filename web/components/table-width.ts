/** How wide a table is at least, so that a sheet of paper has room for it. */
import type { ComponentChildren } from 'preact';
import { textWidth } from '../charts/index.ts';

/** What the width of a column depends on. */
interface Measured {
  heading: string;
  unit?: string;
  numeric?: boolean;
  rowHeader?: boolean;
}

/** In ems: what a column has around its text, what names of rows take, and a number with what stands beside it. */
const PADDING = 0.8;
const ROW_NAMES = 11;
const WITH_MARGIN = 5;
const TEXT = 9;

/** Ems of a sheet of A4 within its margins: in the letters of tables, in smaller ones (print.css), and lying across. */
const SHEET = { plain: 60, small: 72, across: 106 };

/** Letters from which a text is long: its column stays wide enough to read it in. */
const LONG = 40;

/** Classes of the table: `livret-wide` is printed smaller, `livret-across` lies across, `livret-very-wide` with its heads turned. */
export function widthOf(columns: readonly Measured[]): string {
  const width = columns.reduce((sum, column) => sum + leastOf(column) + PADDING, 0);
  if (width <= SHEET.plain) return '';
  if (width <= SHEET.small) return ' livret-wide';
  return width <= SHEET.across ? ' livret-wide livret-across' : ' livret-wide livret-across livret-very-wide';
}

/** Its widest word, or what its cells take. */
function leastOf({ heading, unit, numeric, rowHeader }: Measured): number {
  const words = `${heading} ${unit ?? ''}`.split(/[ -]/);
  const cells = rowHeader ? ROW_NAMES : numeric ? WITH_MARGIN : TEXT;
  return Math.max(cells, ...words.map((word) => textWidth(word, 1)));
}

export const isLong = (value: ComponentChildren): boolean =>
  typeof value === 'string' && value.length > LONG && value.includes(' ');
