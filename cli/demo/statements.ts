/** What the demo people have done: made up, person after person, and nothing that has not happened yet. */
import type { Agent, Statement } from '../../lrs/index.ts';
import { record } from '../../lrs/profile/index.ts';
import { type DemoAgent, directionOn } from './agents.ts';
import { chanceOf } from './chance.ts';
import { entriesOf } from './enrolments.ts';
import { habitOf } from './habit.ts';
import { HOME_PAGE, TUTOR } from './people.ts';
import type { Story } from './story.ts';
import { wayThrough } from './way.ts';
import { workingDaysOf } from './working-days.ts';

/** Instants, ms since 1970: from this one on, up to the other, which does not belong to it. */
export interface Stretch {
  from: number;
  to: number;
}

const accountOf = (rio: string): Agent => ({ objectType: 'Agent', account: { homePage: HOME_PAGE, name: rio } });

/** All that somebody has done in a stretch, in the order of the parcours. */
export function* statementsOf(story: Story, agent: DemoAgent, { from, to }: Stretch): Generator<Statement> {
  const { rio, traits, stays } = agent;
  const person = accountOf(rio);
  const days = workingDaysOf({ seed: story.seed, rio, directionOn: directionOn(agent) });
  const habit = habitOf(chanceOf(story.seed, 'habit', rio), traits);
  const tutor = rio === TUTOR ? undefined : accountOf(TUTOR);
  const last = stays.at(-1)?.to;
  const until = Math.min(to, last === undefined ? to : days.at(last, 18 * 60));
  for (const { parcours, day } of entriesOf(story, agent)) {
    const { id, name } = parcours;
    const enrolment = {
      person,
      parcours: { id, ...(name && { name }) },
      registration: record.registrationOf(person, id),
    };
    const chance = chanceOf(story.seed, 'way', rio, id);
    const way = wayThrough({
      enrolment,
      parcours,
      entry: day,
      starts: agent.login,
      tutor,
      traits,
      habit,
      days,
      chance,
    });
    for (const statement of way) {
      const at = Date.parse(statement.timestamp ?? '');
      if (at >= from && at < until) yield statement;
    }
  }
}
