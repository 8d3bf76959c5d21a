/** Two quarters of a ministry, told as the platform records them, so that every metric has contributors. */
import { chance } from '../../../cli/demo/chance.ts';
import { wayThrough } from '../../../cli/demo/way.ts';
import { record } from '../../../lrs/profile/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import { agent, names, type Site } from '../site.ts';

export const WORD = 'https://courses.test/word';
export const MESSAGES = 'https://courses.test/messages';

const PARCOURS: record.Named[] = [
  { id: WORD, name: { fr: 'Traitement de texte', en: 'Word processing' } },
  { id: MESSAGES, name: { fr: 'Messagerie', en: 'E-mail' } },
];

/** CAB and DAC are too small to stand alone. */
const SIZES = { DRH: 50, DSIC: 24, DAC: 9, CAB: 4 };

const QUARTERS = [Date.UTC(2021, 6, 1), Date.UTC(2021, 9, 1)];

const people = Object.entries(SIZES).map(([direction, size]) => ({
  direction,
  names: names(direction.toLowerCase(), size),
}));

/** Each person takes one parcours in each quarter, first the one, then the other. */
export async function learn(site: Site): Promise<void> {
  for (const each of people) await site.people(each.direction, each.names);
  const all = people.flatMap((each) => each.names);
  await site.commit(
    QUARTERS.flatMap((start, quarter) => all.flatMap((name, index) => story(name, start, index + quarter))),
  );
}

function story(name: string, start: number, turn: number): Statement[] {
  const parcours = PARCOURS[turn % PARCOURS.length];
  if (!parcours) return [];
  const person = agent(name);
  const registration = record.registrationOf(person, parcours.id, start);
  const tutor = agent('tutor');
  return [
    ...wayThrough({ enrolment: { person, parcours, registration }, tutor, start, chance: chance(start + turn * 7919) }),
  ];
}
