/** The answer of a query as a file to take along. */
import type { Response } from 'express';
import { formatDate, formatNumber, type Language, streamTo } from '../../../web/index.ts';
import { type ExportFormat, exportFile } from '../../exports/index.ts';
import { writeAnswerParquet } from '../answer-parquet.ts';
import { tableOf } from '../answer-table.ts';
import type { Over } from '../kept/index.ts';
import type { SqlAnswer } from '../run.ts';
import { words } from './words.ts';

export interface AnswerFile {
  lang: Language;
  over: Over;
  sql: string;
  answer: SqlAnswer;
  format: ExportFormat;
  /** Milliseconds. */
  now: number;
}

/** Rejects `report.tooManyRows`, before a byte is sent. */
export async function sendAnswerFile(response: Response, of: AnswerFile): Promise<void> {
  const { lang, over, sql, answer, format, now } = of;
  const { fileTitle, fileNotes, truncated } = words[lang];
  const count = formatNumber(lang, answer.rows.length, 0);
  const notes = [
    { label: fileNotes.query, value: sql },
    { label: fileNotes.rows, value: answer.truncated ? truncated(count) : count },
    { label: fileNotes.when, value: formatDate(lang, now) },
  ];
  const table = { ...tableOf(answer, notes), parquet: () => writeAnswerParquet(answer) };
  const exported = { title: fileTitle[over], lang, tables: [table], definitions: [] };
  // A CSV has no room for notes.
  const stem = `sql-${over}${answer.truncated ? '-truncated' : ''}`;
  const { body, contentType, disposition } = await exportFile(exported, { format, stem });
  response.set({
    'Content-Type': contentType,
    'Content-Disposition': disposition,
    'Cache-Control': 'private, no-store',
  });
  await streamTo(response, body);
}
