/** What the demo people have done: made up, the same at every start of a quarter, and nothing that has not happened yet. */

import { chance } from '../../../cli/demo/chance.ts';
import type { Agent, Statement } from '../../../lrs/index.ts';
import { record } from '../../../lrs/profile/index.ts';
import { parcoursOf } from './parcours.ts';
import { COLLEAGUES, HOME_PAGE, LOGINS, TUTOR } from './people.ts';
import { DAY, quarterNumber, quarterStarts } from './quarters.ts';
import { wayThrough } from './way.ts';

const agentOf = (rio: string): Agent => ({ objectType: 'Agent', account: { homePage: HOME_PAGE, name: rio } });

function quarterOf(rio: string, index: number, start: number): Iterable<Statement> {
  const person = agentOf(rio);
  const parcours = parcoursOf(start);
  const registration = record.registrationOf(person, parcours.id, quarterNumber(start));
  return wayThrough({
    enrolment: { person, parcours, registration },
    tutor: rio === TUTOR ? undefined : agentOf(TUTOR),
    start,
    chance: chance(index * 7919 + Math.floor(start / DAY)),
  });
}

/** All of them, in no order. */
export function demoStatements(now: number): Statement[] {
  const people = [...LOGINS, ...COLLEAGUES];
  const all = quarterStarts(now).flatMap((start) =>
    people.flatMap(({ rio }, index) => [...quarterOf(rio, index, start)]),
  );
  return all.filter(({ timestamp }) => timestamp !== undefined && Date.parse(timestamp) < now);
}

/** JSON lines for `livret import`: the ids are made of the facts, so that the same fact twice is one statement. */
export const statementsFile = (now: number): string =>
  demoStatements(now)
    .map((each) => `${JSON.stringify(each)}\n`)
    .join('');
