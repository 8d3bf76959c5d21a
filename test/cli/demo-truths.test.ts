/** What the demo's ministry is known to be comes back out of its published reports. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createPeopleCommands } from '../../adapters/people/index.ts';
import { agentsOf, peopleLines } from '../../cli/demo/agents.ts';
import { arrange } from '../../cli/demo/arrange.ts';
import type { Doors } from '../../cli/demo/doors.ts';
import { placesFile } from '../../cli/demo/ministry.ts';
import { statementLines } from '../../cli/demo/statement-lines.ts';
import { startOfToday, storyAt } from '../../cli/demo/story.ts';
import { extreme, isLarge, truths } from '../../cli/demo/truths.ts';
import { createDirectionCommands } from '../../lrs/directory/commands.ts';
import { createTransferCommands } from '../../lrs/transfer/commands.ts';
import type { Answer, AnswerCell } from '../../reporting/index.ts';
import type { Json } from '../../web/index.ts';
import { sqlite } from '../engines/sqlite.ts';
import { openSite, type Site } from '../reporting/site.ts';

/** The story is of 2024 and 2025; periods of a year hold more people than quarters, so that fewer are needed. */
const NOW = Date.UTC(2026, 0, 12, 12);
const [FIRST, LAST] = ['2024', '2025'];
const AGENTS = 300;

async function* textOf(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  yield Buffer.from([...lines].join(''));
}

/** The commands that the demo calls, on the store of a site. */
function doorsOf(site: Site): Doors {
  const { store, directory } = site;
  const authority = { objectType: 'Agent' as const, account: { homePage: 'https://livret.test', name: 'suite' } };
  const commands = [
    ...createPeopleCommands({ directory, timeZone: 'Europe/Paris' }),
    ...createTransferCommands({ store, authority, fallbackVersion: '1.0.3', maxAttachmentBytes: 1 }),
    ...createDirectionCommands(directory),
    ...site.part.commands,
  ];
  return {
    directory,
    jobs: site.part.jobs,
    async run(name, args = {}, input = textOf([])): Promise<Json> {
      const command = commands.find((each) => each.name === name);
      if (!command) throw new Error(`no command ${name}`);
      const emit = async (line: Json): Promise<void> => {
        if ((line as { kind?: string }).kind !== 'progress') throw new Error(JSON.stringify(line));
      };
      return command.run({ args, input, emit });
    },
  };
}

for (const seed of [1, 2]) {
  describe(`the reports of the demo's ministry (seed ${seed})`, function () {
    this.timeout(60_000);
    const known = truths(seed, AGENTS, NOW);
    let folder: string;
    let site: Site;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'livret-truths-'));
      const places = join(folder, 'places.json');
      await writeFile(places, placesFile());
      site = await openSite(sqlite, { period: 'year', places });
      site.clock.now = NOW;
      const doors = doorsOf(site);
      const story = storyAt(seed, AGENTS, NOW);
      await doors.run('people.import', {}, textOf(peopleLines(story)));
      const whole = { from: 0, to: startOfToday(NOW) };
      await doors.run('statements.import', {}, statementLines(story, agentsOf(story), whole));
      await arrange(doors, story, folder);
    });
    after(async () => {
      await site?.close();
      await rm(folder, { recursive: true });
    });

    /** The rows in order of a figure made of theirs, the largest first; by their large directions, without those that have none. */
    function ranked({ cells, state }: Answer, figureOf: (cell: AnswerCell) => number): string[] {
      expect(state).to.equal('published');
      const names = ({ directions }: AnswerCell): string =>
        directions.filter((each) => isLarge(known, each)).join(' + ');
      return cells.toSorted((a, b) => figureOf(b) - figureOf(a)).flatMap((cell) => names(cell) || []);
    }

    const figure = (name: string) => (cell: AnswerCell) => Number(cell[name]);
    const part = (of: string, over: string) => (cell: AnswerCell) => Number(cell[of]) / Number(cell[over]);

    it('tells who comes back at the same hour, and on the same days', async () => {
      const regular = extreme(known, 'regular');
      for (const period of [FIRST, LAST]) {
        expect(ranked(await site.report('regularity', period), figure('pdhNormalised'))[0]).to.equal(regular);
        expect(ranked(await site.report('weekly-regularity', period), figure('ws2'))[0]).to.equal(regular);
      }
    });

    it('tells who got better in the course of a parcours', async () => {
      const answer = await site.report('change', LAST);
      const better = (cell: AnswerCell): number => (Number(cell.hoursMore) - Number(cell.hoursLess)) / Number(cell.n);
      expect(ranked(answer, better)[0]).to.equal(extreme(known, 'improving'));
      const own = answer.cells.find(({ directions }) => directions.join() === extreme(known, 'improving'));
      expect(own && better(own)).to.be.greaterThan(0.3);
      // How many more, not their share: of a dozen people the draw of the published counts makes what it likes.
      const kept = (cell: AnswerCell): number => Number(cell.slotsMore) - Number(cell.slotsLess);
      expect(ranked(answer, kept)[0]).to.equal(extreme(known, 'improving'));
    });

    it('tells who learns off hours, by the clock of their own place', async () => {
      expect(ranked(await site.report('hours', LAST), figure('offHours'))[0]).to.equal(extreme(known, 'offHours'));
    });

    it('tells who calls the tutor', async () => {
      expect(ranked(await site.report('autonomy', LAST), figure('callsPerModule'))[0]).to.equal(
        extreme(known, 'calls'),
      );
    });

    it('tells who comes back to what was interrupted, and who does not', async () => {
      const order = ranked(await site.report('resumption', LAST), figure('resumedShare'));
      expect(order.at(-1)).to.equal(extreme(known, 'resumes', -1));
    });

    it('tells who gets to the end', async () => {
      await site.report('completion', FIRST);
      for (const { run } of site.part.jobs) await run();
      const order = ranked(await site.report('completion', FIRST), part('completed', 'started'));
      expect(order[0]).to.equal(extreme(known, 'finishes'));
    });
  });
}
