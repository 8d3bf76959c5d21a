/** The header of the file: which column is where. */
import { fold } from '../../lrs/directory/index.ts';
import { LivretError } from '../../lrs/index.ts';

export const COLUMNS = [
  'identifiant',
  'fournisseur',
  'nom',
  'prenom',
  'courriel',
  'direction',
  'service',
  'site',
  'roles',
  'debut',
  'fin',
] as const;

export type Column = (typeof COLUMNS)[number];

/** The cells of one line, trimmed. */
export type Cells = Record<Column, string>;

/** `;` or `,`, whichever the header has more of. */
export const delimiterOf = (header: string): ';' | ',' =>
  header.split(';').length >= header.split(',').length ? ';' : ',';

const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name);

/** Columns that are named. */
const MOST_NAMED = 20;

function listed(columns: readonly string[]): string {
  const more = columns.length - MOST_NAMED;
  return `${columns.slice(0, MOST_NAMED).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** The columns in the order of the file; accents and case make no difference ("Prénom", "DEBUT"). Throws `people.file` naming those that are missing, unknown or there twice. */
export function readHeader(cells: readonly string[]): Column[] {
  const names = cells.map(fold);
  const faults = [
    ['missing', COLUMNS.filter((column) => !names.includes(column))],
    ['unknown', names.filter((name) => !isColumn(name)).map((name) => name.slice(0, 40) || '(empty)')],
    ['twice', COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))],
  ] as const;
  const detail = faults
    .filter(([, columns]) => columns.length > 0)
    .map(([what, columns]) => `${what}: ${listed(columns)}`);
  if (detail.length > 0) throw new LivretError('people.file', { detail: `Columns ${detail.join('; ')}.` });
  return names.filter(isColumn);
}
