/** What stands beside the figures (notes, columns, definitions), as a table of its own: formats without room for it need one. */
import type { Bilingual } from '../../web/index.ts';
import { type Export, type ExportRow, type ExportTable, headingOf } from './table.ts';

const TEXTS: Bilingual<{
  title: string;
  table: string;
  label: string;
  value: string;
  about: [string, string, string];
}> = {
  fr: {
    title: 'Définitions',
    table: 'Tableau',
    label: 'Rubrique',
    value: 'Contenu',
    about: ['Le tableau dont il s’agit ; vide : tous', 'De quoi il s’agit', 'Ce qu’il faut en savoir'],
  },
  en: {
    title: 'Definitions',
    table: 'Table',
    label: 'Subject',
    value: 'Content',
    about: ['The table it is about; empty: all of them', 'What it is about', 'What is to be known of it'],
  },
};

/** The name that asks for this table. */
export const DEFINITIONS = 'definitions';

export function definitionsOf({ title, lang, tables, definitions }: Export): ExportTable {
  const texts = TEXTS[lang];
  const rows: ExportRow[] = [
    [null, title, null],
    ...tables.flatMap(({ title: table, notes }) => notes.map(({ label, value }) => [table, label, value])),
    ...tables.flatMap(({ title: table, columns }) =>
      columns.map((column) => [table, `${headingOf(column)} [${column.name}]`, column.description]),
    ),
    ...definitions.map(({ label, value }) => [null, label, value]),
  ];
  const [table, label, value] = texts.about;
  return {
    name: DEFINITIONS,
    title: texts.title,
    columns: [
      { name: 'table', heading: texts.table, type: 'text', description: table },
      { name: 'label', heading: texts.label, type: 'text', description: label },
      { name: 'value', heading: texts.value, type: 'text', description: value },
    ],
    rows,
    notes: [],
  };
}
