/** The lines of a CSV file as what the directory is told, or what is wrong with them. */
import { type Header, readFile } from './read-file.ts';
import { Repeats } from './repeats.ts';
import { accountOf, type Problem, type Row, readRow } from './row.ts';

export interface ReadLine {
  line: number;
  /** Whose it is, as far as it says, also where it is refused. */
  identifier: string | undefined;
  row: Row | { problems: Problem[] };
  /** An earlier line was about the same person. */
  again: boolean;
}

const COLUMN_COUNT = (found: number): Problem[] => [
  { column: null, problem: `has ${found} cells, not as many as the header` },
];

/** Reads a file to its end. `header` hears how the columns were understood. Rejects `people.file` where it makes no sense. */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  timeZone: string,
  header: (columns: Header[]) => void,
): AsyncGenerator<ReadLine> {
  const repeats = new Repeats();
  for await (const { line, cells } of readFile(input, header)) {
    if (typeof cells === 'number') {
      yield { line, identifier: undefined, row: { problems: COLUMN_COUNT(cells) }, again: false };
      continue;
    }
    const row = readRow(cells, timeZone);
    const repeated = 'problems' in row ? undefined : repeats.check(row, line);
    const again = !('problems' in row) && repeats.isLater(row.agentKey, line);
    yield { line, identifier: accountOf(cells), row: repeated ? { problems: [repeated] } : row, again };
  }
}
