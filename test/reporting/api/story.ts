/** Two quarters of a ministry, told as the platform records them, so that every metric has contributors. */
import { chance } from '../../../cli/demo/chance.ts';
import { record } from '../../../lrs/profile/index.ts';
import type { Statement } from '../../../lrs/xapi/types.ts';
import { agent, names, type Site } from '../site.ts';
import { wayThrough } from '../tale/way.ts';

type Teller = Pick<Site, 'people' | 'commit'>;

export const WORD = 'https://courses.test/word';
export const MESSAGES = 'https://courses.test/messages';

const PARCOURS: record.Named[] = [
  { id: WORD, name: { fr: 'Traitement de texte', en: 'Word processing' } },
  { id: MESSAGES, name: { fr: 'Messagerie', en: 'E-mail' } },
];

/** CAB and DAC are too small to stand alone. */
const SIZES = { DRH: 50, DSIC: 14, DAC: 9, CAB: 4 };

const QUARTERS = [Date.UTC(2021, 6, 1), Date.UTC(2021, 9, 1)];

const people = Object.entries(SIZES).map(([direction, size]) => ({
  direction,
  names: names(direction.toLowerCase(), size),
}));

/** Each person takes one parcours in each quarter, first the one, then the other. */
export async function learn(site: Teller): Promise<void> {
  for (const each of people) await site.people(each.direction, each.names);
  const all = people.flatMap((each) => each.names);
  await study(site, all);
}

/** EAST and WEST, which become NORTH with the year 2022; the last quarter before and the first one after. */
export async function learnAndMerge(site: Teller): Promise<void> {
  const roles = ['agent' as const];
  const day = Date.parse('2022-01-01T00:00:00+01:00');
  for (const direction of ['EAST', 'WEST']) {
    const own = names(direction.toLowerCase(), 20);
    await site.people(direction, own, { roles, to: day });
    await site.people('NORTH', own, { roles, from: day });
    await study(site, own, [Date.UTC(2021, 9, 1), Date.UTC(2022, 0, 1)]);
  }
}

/** NORTH, of two services of 4 at one site, and SOUTH, of none; one quarter. */
export async function learnInServices(site: Teller): Promise<void> {
  for (const service of ['Accounts', 'Post']) {
    await site.people('NORTH', names(service.toLowerCase(), 4), { service, site: 'Lille' });
  }
  await site.people('SOUTH', names('south', 10));
  const all = [...names('accounts', 4), ...names('post', 4), ...names('south', 10)];
  await study(site, all, [Date.UTC(2021, 9, 1)]);
}

const study = (site: Teller, who: readonly string[], quarters = QUARTERS): Promise<void> =>
  site.commit(quarters.flatMap((start, quarter) => who.flatMap((name, index) => story(name, start, index + quarter))));

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
