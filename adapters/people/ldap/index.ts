/** People from an LDAP directory: its entries, as a file of people. */
import { LivretError } from '../../../lrs/index.ts';
import { COLUMNS, type Column } from '../columns.ts';
import { connect } from './connect.ts';
import { COLUMN_OF, entryReader, type Notes } from './entry.ts';
import { LIMITS, type Limits, PageMeter } from './limits.ts';
import { type SearchOptions, search } from './search.ts';
import { type AttributeNames, type LdapSettings, readLdapSettings } from './settings.ts';

export interface LdapOptions {
  /** Where passwords may be. */
  environment: NodeJS.ProcessEnv;
  /** Refuses an answer of which a part is on other servers: who is missing would be taken to have left. */
  complete: boolean;
  limits?: Limits;
}

/** A line of the file, in the words of the directory: attributes in place of columns. */
export interface EntryProblems {
  /** Number of the entry as the server gave them, from 1. */
  entry: number;
  problems: { attribute: string | null; problem: string }[];
}

export interface LdapPeople {
  /** The file, as `people.import` takes it; the directory is asked while it is read. Throws `people.ldap` where it cannot be read to its end. */
  input: AsyncIterable<Uint8Array>;
  /** What was said of a line of the file. */
  explain(line: number, problems: readonly { column: string | null; problem: string }[]): EntryProblems;
  /** Once all is read: what was left out of entries that nothing was said of. */
  rest(): EntryProblems[];
  /** Once all is read: other servers that have parts of it (referrals), which were not asked. */
  elsewhere(): readonly string[];
}

/** Referrals that are told. */
const MOST_REFERRALS = 1_000;

/** Reads the settings; the directory is not asked before `input` is read. Rejects `config.invalid`. */
export async function openLdap(
  path: string,
  { environment, complete, limits = LIMITS }: LdapOptions,
): Promise<LdapPeople> {
  const settings = await readLdapSettings(path, environment);
  const notes = new Map<number, Notes>();
  const elsewhere: string[] = [];
  const tell = (referral: string): void => {
    if (complete) throw new LivretError('people.ldap', { detail: `A part of it is on another server: ${referral}` });
    if (elsewhere.length < MOST_REFERRALS) elsewhere.push(referral);
  };
  const name = attributeNames(settings);
  return {
    input: fileOf(settings, notes, { elsewhere: tell, limits }),
    explain(line, problems) {
      const noted: Partial<Record<string, string>> = notes.get(line) ?? {};
      notes.delete(line);
      const said = problems.map(({ column, problem }) => ({
        attribute: column && name(column),
        problem: (column && noted[column]) ?? problem,
      }));
      return { entry: line - 1, problems: said };
    },
    rest: () =>
      [...notes].map(([line, noted]) => ({
        entry: line - 1,
        problems: Object.entries(noted).map(([column, problem]) => ({ attribute: name(column), problem })),
      })),
    elsewhere: () => elsewhere,
  };
}

/** The header is line 1, entry n line n + 1. */
async function* fileOf(
  settings: LdapSettings,
  notes: Map<number, Notes>,
  options: Omit<SearchOptions, 'meter'>,
): AsyncGenerator<Uint8Array> {
  const read = entryReader(settings);
  const meter = new PageMeter(options.limits.pageBytes);
  const client = await connect(settings, meter);
  try {
    let line = 1;
    yield Buffer.from(`${COLUMNS.join(';')}\n`);
    for await (const entry of search(client, settings, { ...options, meter })) {
      line += 1;
      const { cells, notes: noted } = read(entry);
      if (Object.keys(noted).length > 0) notes.set(line, noted);
      yield Buffer.from(`${COLUMNS.map((column) => quoted(cells[column])).join(';')}\n`);
    }
  } finally {
    await client.unbind().catch(() => {});
  }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** Gives the name under which the settings know a column. */
function attributeNames({ attributes }: LdapSettings): (column: string) => string {
  const named = Object.entries(COLUMN_OF) as [keyof AttributeNames, Column][];
  return (column) => {
    const [key] = named.find(([, each]) => each === column) ?? [];
    return (key && attributes[key]) ?? column;
  };
}
