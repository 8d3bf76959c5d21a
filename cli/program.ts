/** The command line: which commands there are, and how they end. What they do is loaded when they are called. */
import { Command, CommanderError, Option } from 'commander';
import { version } from './version.ts';

/** Runs the command line; gives the exit code. Nothing but one clear sentence is printed of a refusal. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', endAt);
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    const { explain } = await import('./console.ts');
    process.stderr.write(`${explain(error)}\n`);
    return 1;
  }
}

/** Standard output takes no more. `livret export | head` ends the pipe before us: nobody misses the rest. */
function endAt({ code, message }: NodeJS.ErrnoException): never {
  if (code === 'EPIPE') process.exit(0);
  process.stderr.write(`What is printed cannot be written: ${code === 'ENOSPC' ? 'the disk is full' : message}.\n`);
  process.exit(1);
}

type Act<Args extends unknown[]> = (...args: Args) => Promise<number> | Promise<void>;

/** For an option that may be repeated. */
const also = (value: string, before: readonly string[]): string[] => [...before, value];

function createProgram(ended: (exitCode: number) => void): Command {
  /** Wraps what a command does, so that what it gives becomes the exit code. */
  const act =
    <Args extends unknown[]>(action: Act<Args>) =>
    async (...args: Args): Promise<void> =>
      ended((await action(...args)) ?? 0);

  const program = new Command('livret')
    .description('Livret: a learning record platform (xAPI 1.0.3 and 2.0).')
    .version(version(), '-V, --version')
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', '\nSettings are environment variables; README.md lists them.');

  program
    .command('serve')
    .description('run the server')
    .action(
      act(async () => {
        const { readConfig } = await import('../config.ts');
        const { serve } = await import('./serve.ts');
        await serve(readConfig(process.env));
      }),
    );

  program
    .command('demo')
    .option('--data <folder>', 'where the demonstration keeps what is its own', './livret-demo')
    .addOption(new Option('--port <port>', 'port wanted; another one where it is taken').env('PORT').default('8080'))
    .option('--agents <number>', 'people of the ministry, up to 100000 (default: 600; the real one has 33000)')
    .option('--seed <number>', 'another ministry, made up otherwise (default: 1)')
    .description('run a demonstration: people, what they did, and an identity provider to log in with')
    .action(act(async (options) => (await import('./demo/demo.ts')).runDemo(options)));

  const key = program.command('key').description('keys of content players and programs');
  key
    .command('add')
    .argument('<label>', 'what the key is for')
    .option('-s, --scope <scope...>', 'what it may do (default: statements/write statements/read/mine)')
    .option('--expires <date>', 'last day or instant it is good for (ISO 8601)')
    .option('--authority <agent>', 'authority of the statements written with it: an Agent, as JSON')
    .option('--json', 'print JSON')
    .description('make a key and print its secret, this once')
    .action(act(async (label: string, options) => (await import('./commands/key.ts')).addKey(label, options)));
  key
    .command('list')
    .option('--json', 'print JSON')
    .description('list the keys, without their secrets')
    .action(act(async (options) => (await import('./commands/key.ts')).listKeys(options)));
  key
    .command('revoke')
    .argument('<key>')
    .description('end a key for good')
    .action(act(async (name: string) => (await import('./commands/key.ts')).revokeKey(name)));

  program
    .command('admin')
    .description('an administrator when the identity provider cannot say who is one')
    .command('link')
    .description('print a link of one use, good for 15 minutes, that opens an administrator’s session of one hour')
    .action(act(async () => (await import('./commands/admin.ts')).printLink()));

  program
    .command('mail')
    .description('mail that Livret sends')
    .command('test')
    .argument('<address>', 'where to')
    .description('send one mail, to see whether the settings are right')
    .action(act(async (address: string) => (await import('./commands/mail.ts')).testMail(address)));

  program
    .command('import')
    .argument('<source>', 'JSON, JSON lines or .gz file; - for standard input; or the http(s) URL of another LRS')
    .option('--key <key>', 'key for the other LRS (default: LIVRET_IMPORT_KEY)')
    .option('--secret <secret>', 'its secret (default: LIVRET_IMPORT_SECRET)')
    .option('--since <instant>', 'from the other LRS, only what it stored after this')
    .option('--restart', 'from the other LRS, everything again instead of going on where the last run ended')
    .option('--trusted', 'keep the authority that the statements come with')
    .option('--without-contents', 'take statements whose attachments did not come along')
    .option('--refused <file>', 'where to write what was refused (default: SOURCE.refused.jsonl)')
    .description('store statements; running it again changes nothing')
    .action(
      act(async (source: string, options) => (await import('./commands/import.ts')).importStatements(source, options)),
    );

  const date = 'stored after, or at or before, an instant (ISO 8601)';
  program
    .command('export')
    .option('--agent <agent>', 'an Agent or Group, as JSON')
    .option('--verb <iri>')
    .option('--activity <iri>')
    .option('--registration <uuid>')
    .option('--related-activities', 'activities anywhere in the statement')
    .option('--related-agents', 'agents anywhere in the statement')
    .option('--since <instant>', date)
    .option('--until <instant>', date)
    .option('--limit <count>', 'at most this many')
    .option('--ascending', 'oldest first')
    .description("print statements as JSON lines, with GET /statements' filters")
    .action(act(async (options) => (await import('./commands/export.ts')).exportStatements(options)));

  program
    .command('people')
    .description('the directory of people')
    .command('import')
    .argument('[file]', 'CSV: identifiant;fournisseur;nom;prenom;courriel;direction;service;site;roles;debut;fin')
    .option('--ldap <settings>', 'from an LDAP directory instead: JSON file that says which, and what its entries mean')
    .option('--dry-run', 'check the file, show what it would change, and change nothing')
    .option('--complete', 'everybody of its providers is in it: who is not has left')
    .option('--force', 'with --complete, also where more than 10 % would have left')
    .description('bring people in, or up to date')
    .action(act(async (file, options) => (await import('./commands/people.ts')).importPeople(file, options)));

  const directions = program.command('directions').description('what became of directions');
  directions
    .command('succeed')
    .requiredOption(
      '--from <direction...>',
      'what was there: each of it; a direction that goes on stands on both sides',
    )
    .requiredOption('--to <direction...>', 'what it became, all of it')
    .requiredOption('--on <day>', 'first day of what came after, such as 2023-01-01')
    .option('--json', 'print JSON')
    .description('record that directions merged, split or were renamed')
    .action(act(async (options) => (await import('./commands/directions.ts')).succeed(options)));
  directions
    .command('history')
    .option('--json', 'print JSON')
    .description('list what became of directions')
    .action(act(async (options) => (await import('./commands/directions.ts')).showHistory(options)));
  directions
    .command('forget')
    .argument('<id>', 'as history lists it')
    .description('take back what was recorded by mistake')
    .action(act(async (id: string) => (await import('./commands/directions.ts')).forget(id)));

  const headcounts = program.command('headcounts').description('how many people the directions have');
  headcounts
    .command('import')
    .argument('<file>', 'CSV: direction;date;effectif')
    .option('--dry-run', 'check the file and change nothing')
    .description('bring in headcounts of directions; where a line is wrong, none')
    .action(
      act(async (file: string, options) => (await import('./commands/headcounts.ts')).importHeadcounts(file, options)),
    );
  headcounts
    .command('list')
    .option('--json', 'print JSON')
    .description('list the headcounts')
    .action(act(async (options) => (await import('./commands/headcounts.ts')).listHeadcounts(options)));

  program
    .command('report')
    .argument('[name]', 'which one, or claims, or cumulative; --list says which there are')
    .option('--list', 'list the reports, and what is published of them')
    .option('--period <period>', 'such as 2021-Q4')
    .option('--from <period>', 'of cumulative: the first period (default: the oldest that is published)')
    .option('--to <period>', 'of cumulative: the last period (default: the newest that is published)')
    .option('--by <rows>', 'direction, parcours, service, site, module or total (default: direction)')
    .option('--direction <direction>', 'only this one, with all below it')
    .option('--parcours <iri>', 'only this one')
    .option('--service <service>', 'only services of this name')
    .option('--site <site>', 'only sites of this name')
    .option('--through <period>', 'of a cohort: what happened up to the end of this later period')
    .option('--compare <period>', 'an earlier period, to stand beside')
    .option('--lang <language>', 'of labels and files: fr or en')
    .option('--json', 'print JSON')
    .option('--format <format>', 'a file instead: csv, xlsx or parquet')
    .option('--table <table>', 'of csv and parquet: which of its tables')
    .option('--dialect <dialect>', 'of csv: spreadsheet or program')
    .option('--out <file>', 'where the file goes (default: standard output)')
    .option('--force', 'replace a file that is there')
    .option('--republish', 'publish the figures of the period anew')
    .description('figures per direction for a period that has ended')
    .action(act(async (name, options) => (await import('./commands/report.ts')).showReport(name, options)));
  const reports = program.command('reports').description('all reports, and their own copy of what was recorded');
  reports
    .command('publish')
    .argument('[names...]', 'which ones (default: all)')
    .option('--period <period>', 'such as 2021-Q4; may be repeated', also, [])
    .option('--from <period>', 'from this period on')
    .option('--to <period>', 'up to this one (default: the last that is over)')
    .description('publish the figures of periods that have ended; what is published already stays')
    .action(
      act(async (names: string[], options) =>
        (await import('./commands/publish-reports.ts')).publishReports(names, options),
      ),
    );
  reports
    .command('rebuild')
    .description('throw it away and build it again; published figures stay')
    .action(act(async () => (await import('./commands/report.ts')).rebuildReports()));
  reports
    .command('check')
    .option('--report <name>', 'only the figures of one report')
    .option('--period <period>', 'only the figures of one period')
    .option('--json', 'print JSON')
    .description('count every figure again from the store and say what differs')
    .action(act(async (options) => (await import('./commands/check-reports.ts')).checkReports(options)));

  const over = new Option('--over <what>', 'published cells, or rows of people under pseudonyms')
    .choices(['cells', 'rows'])
    .default('cells');
  program
    .command('sql')
    .argument('<query>', 'one SELECT; SELECT * FROM codebook says what there is')
    .addOption(over)
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .description('ask the reports in SQL')
    .action(act(async (query: string, options) => (await import('./commands/sql.ts')).askSql(query, options)));
  program
    .command('extract')
    .argument('<file>', 'where to, such as cells.duckdb')
    .addOption(over)
    .option('--force', 'replace a file that is there')
    .description('write what SQL can ask to a DuckDB file, to take along')
    .action(act(async (file: string, options) => (await import('./commands/sql.ts')).writeExtract(file, options)));

  const targets = program.command('targets').description('how many people are to have started or completed by a day');
  targets
    .command('set')
    .argument('<figure>', 'newPeople, who started, or newGraduates, who completed: one of these two words')
    .argument('<people>', 'how many')
    .requiredOption('--by <day>', 'last day, such as 2022-12-31')
    .option('--direction <direction>', 'of this one with all below it (default: the whole ministry)')
    .description('set a target, or another number for one that is there')
    .action(
      act(async (figure: string, people: string, options) =>
        (await import('./commands/targets.ts')).setTarget(figure, people, options),
      ),
    );
  targets
    .command('list')
    .option('--json', 'print JSON')
    .description('list the targets; livret report cumulative says how far they are reached')
    .action(act(async (options) => (await import('./commands/targets.ts')).listTargets(options)));
  targets
    .command('remove')
    .argument('<id>', 'as list shows it')
    .description('take a target away')
    .action(act(async (id: string) => (await import('./commands/targets.ts')).removeTarget(id)));

  program
    .command('backup')
    .argument('<file>', 'where to; - for standard output')
    .option('--force', 'replace a file that is there')
    .description('save everything that the store holds, as of one moment')
    .action(act(async (file: string, options) => (await import('./commands/backup.ts')).backUp(file, options)));
  program
    .command('restore')
    .argument('<file>', 'what backup wrote')
    .option('--check-only', 'see whether the backup is whole and change nothing')
    .option('--ledger <file>', 'ledger of erasures that was kept elsewhere')
    .description('fill an empty store from a backup')
    .action(act(async (file: string, options) => (await import('./commands/restore.ts')).restoreFrom(file, options)));
  program
    .command('ledger')
    .description('print the ledger of erasures, to be kept apart from backups')
    .action(act(async () => (await import('./commands/ledger.ts')).printLedger()));
  program
    .command('check')
    .option('--json', 'print JSON')
    .description('look whether everything in the store is as it should be')
    .action(act(async (options) => (await import('./commands/check.ts')).checkStore(options)));

  const packages = program.command('package').description('content packages');
  packages
    .command('import')
    .argument('<file>', 'cmi5 package (.zip)')
    .option('--json', 'print JSON')
    .description('bring in a package')
    .action(act(async (file: string, options) => (await import('./commands/package.ts')).importPackage(file, options)));
  packages
    .command('list')
    .option('--json', 'print JSON')
    .description('list the packages')
    .action(act(async (options) => (await import('./commands/package.ts')).listPackages(options)));
  packages
    .command('show')
    .argument('<id>')
    .option('--json', 'print JSON')
    .description('show what a package holds')
    .action(act(async (id: string, options) => (await import('./commands/package.ts')).showPackage(id, options)));

  return program;
}
