/** The answer of a query as a file to take along. */
import type { Response } from 'express';
import { formatDate, formatNumber, type Language, streamTo } from '../../../web/index.ts';
import type { ExportFormat, Labelled } from '../../exports/index.ts';
import { writeAnswerFile } from '../file-process.ts';
import { askerOf } from '../gone.ts';
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

/** Rejects as writeAnswerFile does, before a byte is sent. */
export async function sendAnswerFile(response: Response, of: AnswerFile): Promise<void> {
  const { lang, over, answer, format, gone } = of;
  // A CSV has no room for notes.
  const stem = `sql-${over}${answer.truncated ? '-truncated' : ''}`;
  const wanted = { title: words[lang].fileTitle[over], lang, notes: notesOf(of), options: { format, stem } };
  const { body, contentType, disposition } = await writeAnswerFile(answer, wanted, askerOf(response), gone);
  response.set({
    'Content-Type': contentType,
    'Content-Disposition': disposition,
    'Cache-Control': 'private, no-store',
  });
  await streamTo(response, body);
}

function notesOf({ lang, sql, answer, now }: AnswerFile): Labelled[] {
  const { fileNotes, truncated } = words[lang];
  const count = formatNumber(lang, answer.count, 0);
  return [
    { label: fileNotes.query, value: sql },
    { label: fileNotes.rows, value: answer.truncated ? truncated(count) : count },
    { label: fileNotes.when, value: formatDate(lang, now) },
  ];
}
