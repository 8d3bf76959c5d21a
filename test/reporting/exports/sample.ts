/** An export with everything in it that a file format could get wrong. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Export, ExportColumn, ExportRow } from '../../../reporting/exports/index.ts';

const column = (
  name: string,
  heading: string,
  type: ExportColumn['type'],
  more: Partial<ExportColumn> = {},
): ExportColumn => ({ name, heading, type, description: `Ce qu’est ${heading}`, ...more });

export const columns: ExportColumn[] = [
  column('direction', 'Direction', 'text'),
  column('mean', 'Temps moyen', 'number', { unit: 'h' }),
  column('people', 'Effectif', 'integer'),
  column('share', 'Part', 'percent'),
  column('day', 'Jour', 'date'),
  column('at', 'Relevé', 'instant'),
];

/** Texts that a spreadsheet would run, and how a CSV has them. */
export const FORMULAS = ['=1+1', '+33 1 40', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1'];

export const rows: ExportRow[] = [
  ['DRH', 1.25, 73, 0.425, '2021-12-31', '2021-12-31T23:00:00Z'],
  ['CAB; et "DAC"', -0.1, -3, 1, '2020-02-29', '2021-03-28T03:30:00.250+02:00'],
  ['Été\nà la ligne', 1e-7, 9007199254740991, 0, '1900-03-01', '1970-01-01T00:00:00Z'],
  [null, null, null, null, null, null],
  ['_x0041_ <&> 💶 ‹DSIC›', 0.1 + 0.2, 0, 1 / 3, '2026-11-26', '2026-11-26T08:15:59Z'],
  ...FORMULAS.map((text): ExportRow => [text, -1.5, -2, -0.5, null, null]),
];

/** The second table is asked for by its name. */
export const sample: Export = {
  title: 'Complétion, 2021-Q4',
  lang: 'fr',
  tables: [
    {
      name: 'completion',
      title: 'Complétion par direction',
      columns,
      rows,
      notes: [
        { label: 'Données au', value: '2022-01-08T00:00:00Z' },
        { label: 'Seuil', value: "k = 5 ; « l'effectif »" },
      ],
    },
    {
      name: 'heures/jours: [tout] ce qui est long ?',
      title: 'Heures',
      columns: [column('hour', '=Heure', 'integer')],
      rows: [[9], [null], [17]],
      notes: [],
    },
  ],
  definitions: [{ label: 'Complétion', value: '=NA() est un texte ici' }],
};

export const bytesOf = (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  buffer(Readable.from(pieces, { objectMode: false }));
