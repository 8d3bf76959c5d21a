/** The answer of a query as CSV, for programs. */
import { writeAnswerFile } from './file-process.ts';
import type { SqlAnswer } from './run.ts';

/** Gives the file in pieces. Lists and the like are in it as JSON. `by` is who takes it along. */
export async function csvOf(
  answer: Pick<SqlAnswer, 'columns' | 'rows'>,
  by: string,
): Promise<AsyncIterable<Uint8Array>> {
  const options = { format: 'csv', stem: 'sql', dialect: 'program' } as const;
  const { body } = await writeAnswerFile(answer, { title: 'SQL', lang: 'en', notes: [], options }, by);
  return body;
}
