/** Three quarters of some people, told through the profile's own builders: the same at every start of a quarter, and nothing of the future. */
import { chance } from '../../../cli/demo/chance.ts';
import { record } from '../../../lrs/profile/index.ts';
import type { Agent, Statement } from '../../../lrs/xapi/types.ts';
import { parcoursOf } from './parcours.ts';
import { DAY, quarterNumber, quarterStarts } from './quarters.ts';
import { wayThrough } from './way.ts';

const PEOPLE = 67;
const TUTOR = 2;

const agentOf = (index: number): Agent => ({
  objectType: 'Agent',
  account: { homePage: 'https://agents.test', name: String(1_000_001 + index) },
});

function quarterOf(index: number, start: number): Iterable<Statement> {
  const person = agentOf(index);
  const parcours = parcoursOf(start);
  const registration = record.registrationOf(person, parcours.id, quarterNumber(start));
  return wayThrough({
    enrolment: { person, parcours, registration },
    tutor: index === TUTOR ? undefined : agentOf(TUTOR),
    start,
    chance: chance(index * 7919 + Math.floor(start / DAY)),
  });
}

/** All of them, in no order. */
export function taleOf(now: number): Statement[] {
  const all = quarterStarts(now).flatMap((start) =>
    Array.from({ length: PEOPLE }, (_, index) => [...quarterOf(index, start)]).flat(),
  );
  return all.filter(({ timestamp }) => timestamp !== undefined && Date.parse(timestamp) < now);
}
