/** Everybody of the demonstration's ministry, one after the other: who they are, where they belonged and when, how they learn. */
import { type Chance, chanceOf, pick } from './chance.ts';
import { MERGED, UNITS, type Unit } from './ministry.ts';
import { DIRECTIONS, HOME_PAGE, LOGINS, mailOf } from './people.ts';
import { addDays, mergeDay, quarterDay, type Story } from './story.ts';
import { type Traits, traitsOf } from './traits.ts';

/** Days YYYY-MM-DD, both included. */
export interface Stay {
  direction: string;
  service: string;
  site: string;
  from: string;
  to?: string;
}

export interface DemoAgent {
  rio: string;
  sn: string;
  givenName: string;
  mail: string;
  /** In order, without gaps. */
  stays: readonly [Stay, ...Stay[]];
  traits: Traits;
  /** Somebody to log in as. */
  login: boolean;
}

const GIVEN_NAMES = [
  ...['Alice', 'Bastien', 'Chloé', 'David', 'Élodie', 'Fabrice', 'Gaëlle', 'Hugo', 'Irène', 'Jules', 'Karima', 'Léo'],
  ...['Manon', 'Noé', 'Océane', 'Paul', 'Quentin', 'Rachida', 'Samuel', 'Thérèse', 'Ursule', 'Valentin', 'Yasmine'],
  ...['Zoé', 'Amadou', 'Béatrice', 'Cédric', 'Delphine', 'Émile', 'Fatou', 'Gérard', 'Hanaé', 'Ismaël', 'Jeanne'],
];
const NAMES = [
  ...['Aubry', 'Bouvier', 'Colin', 'Durand', 'Étienne', 'Fournier', 'Girard', 'Hoarau', 'Imbert', 'Jacquet', 'Klein'],
  ...['Lambert', 'Mercier', 'Nguyen', 'Olivier', 'Payet', 'Quéré', 'Renard', 'Schmitt', 'Tessier', 'Urbain', 'Vidal'],
  ...['Weber', 'Ximenes', 'Yvon', 'Zeller', 'Allain', 'Benoît', 'Carpentier', 'Diallo', 'Evrard', 'Fontaine', 'Guérin'],
  ...['Haddad', 'Jourdan', 'Kaci', 'Le Bihan', 'Meyer', 'Noël', 'Ollier', 'Pichon', 'Rivière', 'Sauvage', 'Traoré'],
];

const FIRST_RIO = 2_000_001;

/** How many of those who cannot log in belong to each unit. */
function sizesOf(count: number): { unit: Unit; size: number }[] {
  let [share, before] = [0, 0];
  return UNITS.map((unit) => {
    share += unit.share;
    const upTo = Math.min(count, Math.round(share * count));
    const size = upTo - before;
    before = upTo;
    return { unit, size };
  });
}

const imported = LOGINS.filter((login) => login.imported);

/** Those who can log in first. */
export function* agentsOf(story: Story): Generator<DemoAgent> {
  for (const { direction, ...login } of imported) {
    const name = DIRECTIONS[direction as keyof typeof DIRECTIONS];
    const stay: Stay = { ...login, direction: name, from: beforeStory(story) };
    yield {
      ...login,
      stays: [stay],
      traits: { ...traitsOf(story.seed, login.rio, name), ...login.traits },
      login: true,
    };
  }
  let rio = FIRST_RIO;
  for (const { unit, size } of sizesOf(Math.max(0, story.agents - imported.length))) {
    for (let n = 0; n < size; n++) yield agentOf(story, String(rio++), unit);
  }
}

/** People were there for a year when the story begins. */
const beforeStory = ({ start }: Story): string => `${Number(start.slice(0, 4)) - 1}-01-01`;

function agentOf(story: Story, rio: string, unit: Unit): DemoAgent {
  const chance = chanceOf(story.seed, 'agent', rio);
  const [givenName, sn] = [pick(chance, GIVEN_NAMES), pick(chance, NAMES)];
  const number = rio.slice(1).replace(/^0+/, '');
  return {
    ...{ rio, sn, givenName, mail: mailOf(givenName, sn, number) },
    stays: staysOf(story, unit, chance),
    traits: traitsOf(story.seed, rio, unit.name),
    login: false,
  };
}

const stayIn = ({ name, services, sites }: Unit, from: string, chance: Chance): Stay => ({
  ...{ direction: name, service: pick(chance, services), site: pick(chance, sites), from },
});

const MOVERS = 0.04;
const NEWCOMERS = 0.04;
const LEAVERS = 0.03;

/** Most stay where they are. Some come or leave in the middle, some move; all of DSIC went into DTNUM. */
function staysOf(story: Story, unit: Unit, chance: Chance): [Stay, ...Stay[]] {
  const drawn = chance.next();
  const middle = addDays(quarterDay(story, chance.between(2, 7)), chance.between(20, 70));
  const comes = drawn < NEWCOMERS;
  const own = stayIn(unit, comes ? middle : beforeStory(story), chance);
  if (comes) return [own];
  if (drawn < NEWCOMERS + LEAVERS) return [{ ...own, to: middle }];
  if (unit.name === MERGED.into && chance.happens(MERGED.part)) return merged(own, mergeDay(story));
  if (drawn > 1 - MOVERS) {
    const others = UNITS.filter(({ name, share }) => name !== unit.name && share >= 0.05);
    return [{ ...own, to: addDays(middle, -1) }, stayIn(pick(chance, others), middle, chance)];
  }
  return [own];
}

const merged = (own: Stay, day: string): [Stay, Stay] => [
  { ...own, direction: MERGED.name, to: addDays(day, -1) },
  { ...own, from: day },
];

/** Where somebody belongs on a day; before the first and after the last, where they were nearest to it. */
export function directionOn({ stays }: Pick<DemoAgent, 'stays'>): (day: string) => string {
  const [first, ...later] = stays;
  return (day) => later.findLast(({ from }) => from <= day)?.direction ?? first.direction;
}

const HEADER = 'identifiant;fournisseur;nom;prenom;courriel;direction;service;site;roles;debut;fin';

/** The lines of the file that `livret people import` is given: one for each place that somebody belonged to. Roles come with the login. */
export function* peopleLines(story: Story): Generator<string> {
  yield `${HEADER}\n`;
  for (const { rio, sn, givenName, mail, stays } of agentsOf(story)) {
    for (const { direction, service, site, from, to = '' } of stays) {
      const cells = [rio, HOME_PAGE, sn, givenName, mail, direction, service, site, 'agent', from, to];
      yield `${cells.join(';')}\n`;
    }
  }
}
