/** The answer of a query as a file to take along. */
import type { Response } from 'express';
import { formatDate, formatNumber, type Language, streamTo } from '../../../web/index.ts';
import { type Export, type ExportFormat, exportFile, fileOf } from '../../exports/index.ts';
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
  /** Aborted when whoever asked has gone. */
  gone: AbortSignal;
  /** Milliseconds. */
  now: number;
}

/** Rejects `report.tooManyRows`, and as parquetFile does, before a byte is sent. */
export async function sendAnswerFile(response: Response, of: AnswerFile): Promise<void> {
  const { over, answer, format, gone } = of;
  // A CSV has no room for notes.
  const stem = `sql-${over}${answer.truncated ? '-truncated' : ''}`;
  const { body, contentType, disposition } = await (format === 'parquet'
    ? writeAnswerParquet(answer, gone).then((file) => fileOf(format, stem, file))
    : exportFile(exportOf(of), { format, stem }));
  response.set({
    'Content-Type': contentType,
    'Content-Disposition': disposition,
    'Cache-Control': 'private, no-store',
  });
  await streamTo(response, body);
}

function exportOf({ lang, over, sql, answer, now }: AnswerFile): Export {
  const { fileTitle, fileNotes, truncated } = words[lang];
  const count = formatNumber(lang, answer.rows.length, 0);
  const notes = [
    { label: fileNotes.query, value: sql },
    { label: fileNotes.rows, value: answer.truncated ? truncated(count) : count },
    { label: fileNotes.when, value: formatDate(lang, now) },
  ];
  return { title: fileTitle[over], lang, tables: [tableOf(answer, notes)], definitions: [] };
}
