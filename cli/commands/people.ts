/** `livret people import FILE`, or `--ldap SETTINGS` */
import { openLdap } from '../../adapters/index.ts';
import { LivretError, type Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call, openFile } from '../call.ts';
import { complain, count, print } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';
import { type Findings, showLeft, showPreview } from './people-findings.ts';

interface Options {
  ldap?: string;
  dryRun?: boolean;
  complete?: boolean;
  force?: boolean;
}

interface Refused {
  kind: 'refused';
  line: number;
  problems: { column: string | null; problem: string }[];
}

/** Where people come from, and how it is spoken of. */
interface Source {
  input: AsyncIterable<Uint8Array>;
  totalBytes?: number;
  /** What is told about a line that was refused. */
  refused(refused: Refused): string;
  /** What is told in the end. */
  remarks(): string[];
}

/** Gives 1 where a line was refused, or leavers were not closed. */
export async function importPeople(path: string | undefined, options: Options): Promise<number> {
  const { dryRun, complete, force } = options;
  const { input, totalBytes, refused: describeRefused, remarks } = await sourceOf(path, options);
  const progress = new ProgressLine();
  const tell = (line: string): void => {
    progress.clear();
    complain(line);
  };
  const emit = async (line: Json): Promise<void> => {
    const told = line as unknown as ({ kind: 'progress' } & Progress) | Refused;
    if (told.kind === 'progress') progress.show(told);
    else tell(describeRefused(told));
  };
  const args = { dryRun, complete, force, totalBytes };
  const found = (await call('people.import', args, { input, emit })) as unknown as Findings;
  progress.clear();
  remarks().forEach(tell);
  if (dryRun) showPreview(found);
  const { changed, unchanged, refused } = found;
  print(
    `${count(found.new)} new, ${count(changed)} changed, ${count(unchanged)} unchanged, ${count(refused)} refused` +
      (dryRun ? ' (nothing was changed: dry run)' : ''),
  );
  if (found.left) showLeft(found.left, dryRun === true);
  return refused > 0 || found.left?.refused !== undefined ? 1 : 0;
}

async function sourceOf(path: string | undefined, { ldap, complete = false }: Options): Promise<Source> {
  if ((path === undefined) === (ldap === undefined)) {
    throw new LivretError('people.file', { detail: 'Name a CSV file, or the settings of a directory with --ldap.' });
  }
  return ldap === undefined ? fileSource(path ?? '') : ldapSource(ldap, complete);
}

const fileSource = async (path: string): Promise<Source> => ({
  ...(await openFile(path)),
  refused: ({ line, problems }) =>
    told(
      `line ${line}`,
      problems.map(({ column, problem }) => [column, problem]),
    ),
  remarks: () => [],
});

async function ldapSource(path: string, complete: boolean): Promise<Source> {
  const { input, explain, rest, elsewhere } = await openLdap(path, { environment: process.env, complete });
  const describe = ({ entry, problems }: ReturnType<typeof explain>): string =>
    told(
      `entry ${entry}`,
      problems.map(({ attribute, problem }) => [attribute, problem]),
    );
  return {
    input,
    refused: ({ line, problems }) => describe(explain(line, problems)),
    remarks: () => [
      ...rest().map((each) => `${describe(each)} (left out)`),
      ...elsewhere().map((referral) => `not asked: ${referral}`),
    ],
  };
}

const told = (where: string, problems: [subject: string | null, problem: string][]): string =>
  `${where}: ${problems.map(([subject, problem]) => (subject === null ? problem : `${subject} ${problem}`)).join('; ')}`;
