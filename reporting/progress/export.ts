/** Nominative progress as a table for files: what the page shows, and no column more than the names and IRIs of parcours. */
import type { Store } from '../../lrs/index.ts';
import type { Language } from '../../web/index.ts';
import type { Export, ExportColumn, ExportRow } from '../exports/index.ts';
import { ActivityNames } from './names.ts';
import { type ProgressOptions, type ProgressQuery, type ProgressRow, readProgress } from './progress.ts';
import { words } from './words.ts';

const DATES = ['enrolledOn', 'startedOn', 'doneOn', 'waivedOn'] as const;
const TEXTS = ['familyName', 'givenName', 'parcours', 'parcoursName', 'direction', 'service', 'site'] as const;
const COLUMNS = [...TEXTS, 'state', 'late', ...DATES] as const;

/** Rows read at once: each time from a view of its own, so that a long download holds none. */
const PAGE = 5000;

export interface ProgressExport extends ProgressOptions {
  store: Pick<Store, 'activities'>;
}

/** Every row of the query, whatever page it asks for. */
export async function progressExport(options: ProgressExport, query: ProgressQuery, lang: Language): Promise<Export> {
  const { title, columns, lateRule, dataAsOf, scope, entry, withheld } = words[lang];
  const { after: _after, ...all } = query;
  const names = new ActivityNames(options.store, lang);
  const first = await readProgress(options, { ...all, limit: PAGE });
  async function* rows(): AsyncGenerator<ExportRow> {
    for (let page = first; ; ) {
      await names.learn(page.rows.map(({ parcours }) => parcours));
      yield* page.rows.map((row) => rowOf(row, names.of(row.parcours), lang));
      if (page.next === undefined) return;
      page = await readProgress(options, { ...all, limit: PAGE, after: page.next });
    }
  }
  const columnOf = (name: (typeof COLUMNS)[number]): ExportColumn => ({
    name,
    heading: columns[name],
    type: DATES.some((each) => each === name) ? 'date' : 'text',
    description: columns[name],
  });
  const notes = [
    { label: title, value: dataAsOf(first.asOf) },
    { label: columns.late, value: lateRule(first.lateAfter) },
    { label: columns.direction, value: entry },
    { label: columns.state, value: scope },
    ...(first.withheldPeriods.length > 0 ? [{ label: title, value: withheld(first.withheldPeriods) }] : []),
  ];
  return {
    title,
    lang,
    tables: [{ name: 'progress', title, columns: COLUMNS.map(columnOf), rows: rows(), notes }],
    definitions: notes,
  };
}

const rowOf = (row: ProgressRow, parcoursName: string, lang: Language): ExportRow => [
  ...TEXTS.map((name) => (name === 'parcoursName' ? parcoursName : row[name])),
  words[lang].states[row.state],
  words[lang][row.late ? 'yes' : 'no'],
  ...DATES.map((name) => row[name]),
];
