/** The answer of a query as a file to take along. */
import type { Response } from 'express';
import { formatDate, formatNumber, type Language, streamTo } from '../../../web/index.ts';
import type { ExportFormat } from '../../exports/index.ts';
import { writeAnswerFile } from '../file-process.ts';
import { askerOf, goneOf } from '../gone.ts';
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

/** Rejects as writeAnswerFile does, before a byte is sent. */
export async function sendAnswerFile(response: Response, of: AnswerFile): Promise<void> {
  const { lang, over, sql, answer, format, now } = of;
  const { fileTitle, fileNotes, truncated } = words[lang];
  const count = formatNumber(lang, answer.count, 0);
  const notes = [
    { label: fileNotes.query, value: sql },
    { label: fileNotes.rows, value: answer.truncated ? truncated(count) : count },
    { label: fileNotes.when, value: formatDate(lang, now) },
  ];
  // A CSV has no room for notes.
  const stem = `sql-${over}${answer.truncated ? '-truncated' : ''}`;
  const wanted = { title: fileTitle[over], lang, notes, options: { format, stem } };
  const file = await writeAnswerFile(answer, wanted, askerOf(response), goneOf(response));
  const { body, contentType, disposition } = file;
  response.set({
    'Content-Type': contentType,
    'Content-Disposition': disposition,
    'Cache-Control': 'private, no-store',
  });
  await streamTo(response, body);
}
