import { hash } from 'node:crypto';
import { expect } from 'chai';
import { agentsOf, type DemoAgent, directionOn, peopleLines } from '../../cli/demo/agents.ts';
import { headcountsFile } from '../../cli/demo/arrange.ts';
import { calendarOf } from '../../cli/demo/ministry.ts';
import { statementLines } from '../../cli/demo/statement-lines.ts';
import { statementsOf } from '../../cli/demo/statements.ts';
import { type Story, startOfToday, storyAt } from '../../cli/demo/story.ts';
import { factOf, PROFILE_VERSION, profileDocument } from '../../lrs/profile/index.ts';
import type { Statement } from '../../lrs/xapi/types.ts';
import { localOf } from '../../reporting/calendar/index.ts';
import { astray } from '../lrs/profile/checker/courses.ts';

const profile = JSON.parse(profileDocument().bytes.toString());
const NOW = Date.UTC(2026, 10, 26, 12);
const AGENTS = 100;

const whole = (now: number) => ({ from: 0, to: startOfToday(now) });

async function textOf(story: Story, now: number): Promise<string> {
  let text = '';
  for await (const chunk of statementLines(story, agentsOf(story), whole(now))) text += Buffer.from(chunk).toString();
  return text;
}

const isOfProfile = ({ context }: Statement): boolean => JSON.stringify(context ?? {}).includes(PROFILE_VERSION);

describe('what the demo tells', () => {
  const story = storyAt(1, AGENTS, NOW);
  const told: { agent: DemoAgent; statements: Statement[] }[] = [];
  let statements: Statement[] = [];
  before(() => {
    for (const agent of agentsOf(story)) told.push({ agent, statements: [...statementsOf(story, agent, whole(NOW))] });
    statements = told.flatMap((each) => each.statements);
  });

  it('follows the published profile, from the first statement to the last, but for the pages that contents tell of', () => {
    expect(astray(statements.filter(isOfProfile), profile)).to.deep.equal([]);
    const others = statements.filter((each) => !isOfProfile(each));
    expect(others.length).to.be.greaterThan(1000);
    expect([...new Set(others.map(({ verb }) => verb.id))]).to.deep.equal([
      'http://adlnet.gov/expapi/verbs/experienced',
    ]);
  });

  it('is a whole story: every kind of fact, each once, and nothing of today or later', () => {
    const kinds = new Set(statements.map((statement) => factOf(statement).kind));
    expect([...kinds]).to.have.members([
      ...['needed', 'diagnosed', 'registered', 'waived', 'satisfied', 'other'],
      ...['launched', 'initialized', 'suspended', 'resumed', 'terminated', 'completed', 'passed', 'failed'],
      ...['slotPlanned', 'slotMoved', 'slotCancelled', 'slotKept', 'slotMissed', 'tutorCalled', 'tutorAnswered'],
    ]);
    expect(new Set(statements.map(({ id }) => id)).size).to.equal(statements.length);
    expect(statements.every(({ timestamp }) => Date.parse(timestamp ?? '') < startOfToday(NOW))).to.equal(true);
  });

  it('is learnt by the clock of each place: nobody by night, hardly anybody on a Sunday or at lunch', () => {
    const hours = new Array<number>(24).fill(0);
    let sundays = 0;
    for (const { agent, statements: own } of told) {
      const calendarAt = directionOn(agent);
      for (const statement of own.filter((each) => factOf(each).active)) {
        const instant = Date.parse(statement.timestamp ?? '');
        const { timeZone } = calendarOf(calendarAt(statement.timestamp?.slice(0, 10) ?? ''));
        const { day, hour } = localOf(timeZone, instant);
        hours[hour] = (hours[hour] ?? 0) + 1;
        if (new Date(`${day}T00:00:00Z`).getUTCDay() === 0) sundays += 1;
      }
    }
    expect(hours.slice(0, 6).concat(hours.slice(23))).to.deep.equal([0, 0, 0, 0, 0, 0, 0]);
    const part = (hour: number): number => (hours[hour] ?? 0) / statements.length;
    expect(part(13)).to.be.lessThan(part(10) / 5);
    expect(sundays).to.equal(0);
  });

  it('has its movers, its merged direction and somebody who left', () => {
    const everybody = [...agentsOf(storyAt(1, 600, NOW))];
    const moves = everybody.map(({ stays }) => stays.map(({ direction }) => direction).join(' > '));
    expect(moves).to.include('DSIC > DTNUM');
    expect(moves.filter((each) => each.includes('>') && !each.startsWith('DSIC')).length).to.be.greaterThan(10);
    expect(everybody.some(({ stays }) => stays.at(-1)?.to !== undefined)).to.equal(true);
  });

  it('is the same byte for byte all day long, another by another seed', async () => {
    const same = storyAt(1, AGENTS, NOW + 6 * 3_600_000);
    expect(hash('sha256', await textOf(same, NOW + 6 * 3_600_000))).to.equal(hash('sha256', await textOf(story, NOW)));
    const other = storyAt(2, AGENTS, NOW);
    expect([...peopleLines(same)]).to.deep.equal([...peopleLines(story)]);
    expect(headcountsFile(same)).to.equal(headcountsFile(story));
    expect([...peopleLines(other)]).to.not.deep.equal([...peopleLines(story)]);
  });

  it('is the same a fortnight later, and goes on', async () => {
    const later = new Set((await textOf(story, NOW + 14 * 86_400_000)).split('\n'));
    const lines = (await textOf(story, NOW)).split('\n');
    expect(lines.every((line) => later.has(line))).to.equal(true);
    expect(later.size).to.be.greaterThan(lines.length);
  });
});
