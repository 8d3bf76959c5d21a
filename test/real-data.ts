/** Real data that nobody here wrote, beside the checkout: not everybody has them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../shared/data');

/** 22,000 xAPI statements of a MOOC, and who the people are. */
export const FUN = {
  statements: join(FOLDER, 'fun-video-statements.jsonl.gz'),
  people: join(FOLDER, 'fun-people.csv'),
};

/** Tests that need them. Where they are not there, one line among what was skipped says so. */
export function onRealData(title: string, tests: () => void): void {
  const absent = Object.values(FUN).find((file) => !existsSync(file));
  if (absent === undefined) tests();
  else it.skip(`${title}: NOT TESTED: ${absent} is not there`);
}
