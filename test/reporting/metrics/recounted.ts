/** Histories of people, for the SQL of a metric and for the recount of it. */
import { expect } from 'chai';
import fc from 'fast-check';
import { type Calendar, calendarsOf, holidaysOf, parseWorkingHours } from '../../../reporting/calendar/index.ts';
import { enrolmentUnits } from '../../../reporting/check/recount/completion.ts';
import { RECOUNTED_KEYS, RECOUNTS } from '../../../reporting/check/recount/index.ts';
import type {
  RecountCalendar,
  RecountEvent,
  RecountMembership,
  RecountPerson,
} from '../../../reporting/check/recount/types.ts';
import type { Contribution, Metric } from '../../../reporting/metrics/metric.ts';
import { type PeriodLength, parsePeriod } from '../../../reporting/periods/period.ts';
import { SETTINGS } from '../site.ts';
import type { Belonging, Deed, Model } from './model.ts';

const workingHours = parseWorkingHours('Mon-Thu 08:30-12:00,Mon-Thu 13:30-18:00,Fri 08:30-17:00');
if (!workingHours) throw new Error('not hours');

/** Of a site in Paris with directions that live by other clocks, ahead of UTC and behind it. */
export const CALENDARS = calendarsOf(
  { timeZone: 'Europe/Paris', holidays: 'metropole', workingHours },
  {
    closed: ['2021-12-24'],
    places: [
      { direction: 'La Réunion', timeZone: 'Indian/Reunion', holidays: 'la-reunion' },
      { direction: 'Saint-Pierre', timeZone: 'America/Miquelon', holidays: 'saint-pierre-et-miquelon' },
      { direction: 'Temps universel', timeZone: 'UTC' },
    ],
  },
);

const DIRECTIONS = ['DRH', 'La Réunion', 'Saint-Pierre', 'Temps universel'] as const;

export const RULES = { sessionGap: SETTINGS.sessionGap, calendars: CALENDARS };

export const recountCalendar = ({ timeZone, hours, holidays, closed }: Calendar): RecountCalendar => ({
  zone: timeZone,
  daily: hours.daily,
  closed: new Set([...closed, ...[2021, 2022].flatMap((year) => holidaysOf(holidays, year).map(({ day }) => day))]),
});

const RECOUNT_CALENDARS = new Map(CALENDARS.all.map((each) => [each.id, recountCalendar(each)]));

/** One event of somebody; what is not given is ordinary. */
export type Happening = Omit<RecountEvent, 'calendar'>;

export interface History {
  happenings: readonly Happening[];
  /** Where the person belongs at first, and from `moves` on (milliseconds). */
  from: (typeof DIRECTIONS)[number];
  to: (typeof DIRECTIONS)[number];
  moves: number;
}

const directionAt = ({ from, to, moves }: History, instant: number) => (instant < moves ? from : to);

const calendarOf = (direction: string): Calendar => CALENDARS.of({ direction });

const deedsOf = (person: string, { happenings }: History): Deed[] =>
  happenings.map(
    ({ instant, parcours, module, registration, completion, slot, slotFrom, slotTo, scaled, place, ...rest }) => ({
      person,
      time: new Date(instant).toISOString(),
      module,
      ...rest,
      ...(parcours !== null && { course: parcours }),
      ...(registration !== null && { registration }),
      ...(completion !== null && { completion }),
      ...(slot !== null && { slot: { id: slot, ...textOf('from', slotFrom), ...textOf('to', slotTo) } }),
      ...(scaled !== null && { scaled }),
      ...(place !== null && { place }),
    }),
  );

const textOf = <Name extends string>(name: Name, instant: number | null): { [name in Name]?: string } =>
  instant === null ? {} : ({ [name]: new Date(instant).toISOString() } as { [name in Name]: string });

function belongingsOf(person: string, { from, to, moves }: History): Belonging[] {
  const at = new Date(moves).toISOString();
  return [
    { person, direction: from, to: at },
    { person, direction: to, from: at },
  ];
}

function eventsOf(history: History): RecountEvent[] {
  const events = history.happenings.flatMap((happening) => {
    const calendar = RECOUNT_CALENDARS.get(calendarOf(directionAt(history, happening.instant)).id);
    return calendar === undefined ? [] : [{ ...happening, calendar }];
  });
  // Stable: at one instant they stay in the order of the store.
  return events.sort((a, b) => a.instant - b.instant);
}

function membershipsOf({ from, to, moves }: History): RecountMembership[] {
  const stretch = (direction: string, [first, last]: [number, number]): RecountMembership[] => {
    const calendar = RECOUNT_CALENDARS.get(calendarOf(direction).id);
    return calendar === undefined ? [] : [{ direction, service: null, site: null, from: first, to: last, calendar }];
  };
  return [...stretch(from, [Number.NEGATIVE_INFINITY, moves]), ...stretch(to, [moves, Number.POSITIVE_INFINITY])];
}

const personOf = (history: History): RecountPerson => ({
  events: eventsOf(history),
  memberships: membershipsOf(history),
});

const peopleOf = (histories: readonly History[]) =>
  histories.map((history, index) => ({ person: `p${index}`, history }));

/** Fills the model with the histories of p0, p1 … */
export function fillWith(model: Model, histories: readonly History[]): Promise<void> {
  const people = peopleOf(histories);
  return model.fill(
    people.flatMap(({ person, history }) => deedsOf(person, history)),
    people.flatMap(({ person, history }) => belongingsOf(person, history)),
  );
}

export type PeriodName = [name: string, length: PeriodLength];

interface BothKeys {
  found: Map<string, Contribution['keys']>;
  wanted: Map<string, Contribution['keys']>;
}

/** Values (and keys of tallies) by person, from the SQL over the model filled with these histories, and from the recount. */
export async function bothWays(
  model: Model,
  metric: Metric,
  histories: readonly History[],
  [name, length]: PeriodName,
): Promise<{ found: Map<string, readonly number[]>; wanted: Map<string, number[]>; keys: BothKeys }> {
  const period = parsePeriod(name, length, SETTINGS.timeZone);
  const contributions = await model.ask((query) => metric.contributions(query, period, SETTINGS, period.end));
  const recount = RECOUNTS[metric.name];
  if (recount === undefined) throw new Error(`no recount of ${metric.name}`);
  const recounted = new Map(peopleOf(histories).map(({ person, history }) => [person, personOf(history)]));
  return {
    found: new Map(contributions.map(({ person, values }) => [person, values])),
    wanted: recount(recounted, period, SETTINGS),
    keys: {
      found: new Map(contributions.flatMap(({ person, keys }) => (keys ? [[person, keys]] : []))),
      wanted: RECOUNTED_KEYS[metric.name]?.(recounted, period) ?? new Map(),
    },
  };
}

interface Unit {
  leaf: readonly unknown[];
  values: readonly number[];
  keys: unknown;
}

/** Enrolments by person and parcours, from the SQL of completion and from the recount, as of an instant. */
export async function enrolmentsBothWays(
  model: Model,
  metric: Metric,
  histories: readonly History[],
  [name, length]: PeriodName,
  through: number,
): Promise<{ found: Map<string, Unit>; wanted: Map<string, Unit> }> {
  const period = parsePeriod(name, length, SETTINGS.timeZone);
  const contributions = await model.ask((query) => metric.contributions(query, period, SETTINGS, through));
  const unit = (person: string, { leaf, values, keys }: Unit): [string, Unit] => [
    `${person} ${leaf[1]}`,
    { leaf, values, keys },
  ];
  return {
    found: new Map(contributions.map(({ person, leaf, values, keys }) => unit(person, { leaf, values, keys }))),
    wanted: new Map(
      peopleOf(histories).flatMap(({ person, history }) =>
        enrolmentUnits(personOf(history), period, through).map((each) => unit(person, each)),
      ),
    ),
  };
}

/** A time, and what differs from an ordinary event of the parcours 'word' in its module 'one'. */
export type Told = string | [time: string, more: Partial<Happening>];

export function happening(told: Told): Happening {
  const [time, more] = typeof told === 'string' ? [told, {}] : told;
  const ordinary = {
    active: true,
    kind: 'other',
    parcours: 'word',
    module: 'one',
    registration: null,
    completion: null,
    scaled: null,
    slot: null,
    slotFrom: null,
    slotTo: null,
    place: null,
  };
  return { ...ordinary, instant: Date.parse(time), ...more };
}

/**
 * The values of one person who did this, the same from both ways to 1e-9; undefined where there is not enough data. They
 * belong to DRH, in Paris, unless it is said where.
 */
export async function valuesOf(
  model: Model,
  metric: Metric,
  told: readonly Told[],
  period: PeriodName = ['2021-Q4', 'quarter'],
  place: (typeof DIRECTIONS)[number] = 'DRH',
): Promise<readonly number[] | undefined> {
  const own = [{ happenings: told.map(happening), from: place, to: place, moves: Date.parse('2021-06-01T00:00:00Z') }];
  await fillWith(model, own);
  const { found, wanted, keys } = await bothWays(model, metric, own, period);
  expectClose(found.get('p0'), wanted.get('p0'));
  expect(keys.found).to.deep.equal(keys.wanted);
  return found.get('p0');
}

/** Equal to 1e-9, or both undefined. */
export function expectClose(
  found: readonly number[] | undefined,
  wanted: readonly number[] | undefined,
  of = '',
): void {
  expect(found?.length, of).to.equal(wanted?.length);
  for (const [index, value] of (wanted ?? []).entries()) {
    expect(found?.[index], `value ${index} ${of}`).to.be.closeTo(value, 1e-9);
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Around both changes of the clocks, the ends of quarters and of the year. */
const ANCHORS = [
  '2021-03-13T12:00:00Z',
  '2021-03-28T01:00:00Z',
  '2021-09-30T22:00:00Z',
  '2021-10-31T01:00:00Z',
  '2021-11-07T05:00:00Z',
  '2021-12-31T23:00:00Z',
].map((time) => Date.parse(time));

/** Gaps as they are between clicks, sittings, days and weeks; the session gap exactly, and a millisecond more. */
const gap = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 50 * MINUTE }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 30 * MINUTE, 30 * MINUTE + 1) },
  { weight: 3, arbitrary: fc.integer({ min: HOUR, max: 40 * HOUR }) },
  { weight: 2, arbitrary: fc.constantFrom(24 * HOUR, 168 * HOUR, 336 * HOUR) },
);

const ACTS = ['other', 'other', 'other', 'initialized', 'completed', 'passed', 'failed', 'suspended', 'terminated'];
const ABOUT_SLOTS = ['slotPlanned', 'slotPlanned', 'slotMoved', 'slotCancelled', 'slotKept', 'slotMissed'];
const RECORDED = ['needed', 'diagnosed', 'registered', 'waived', 'abandoned', 'satisfied', 'tutorAnswered'];
const NOT_ACTIVE = [...ABOUT_SLOTS, ...RECORDED];

const KINDS = [...ACTS, ...ACTS, ...ABOUT_SLOTS, ...RECORDED, 'tutorCalled', 'tutorCalled'];

const step = fc.record({
  gap,
  kind: fc.constantFrom(...KINDS),
  parcours: fc.constantFrom('word', 'word', 'excel', null),
  module: fc.constantFrom('one', 'one', 'two', null),
  registration: fc.constantFrom(null, '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'),
  completion: fc.constantFrom(null, null, null, null, null, null, false, true),
  scaled: fc.constantFrom(null, null, null, -1, 0, 0.3, 1),
  slot: fc.constantFrom('s1', 's2', 's3', 's4', 's5', 's6'),
  /** Milliseconds from the statement to the slot, and how long that is; players may leave out the one or the other. */
  ahead: fc.oneof(fc.constant(null), fc.integer({ min: -2 * HOUR, max: 60 * HOUR })),
  length: fc.constantFrom(null, HOUR, 20 * HOUR),
  place: fc.constantFrom(null, null, 'workstation', 'resourceCentre', 'elsewhere'),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function happeningsOf(start: number, steps: readonly Step[]): Happening[] {
  let instant = start;
  return steps.map(({ gap: wait, kind, slot: id, ahead, length, ...rest }) => {
    instant += wait;
    const slot = kind.startsWith('slot') ? id : null;
    const slotFrom = slot === null || ahead === null ? null : instant + ahead;
    const slotTo = slotFrom === null || length === null ? null : slotFrom + length;
    return { ...rest, instant, kind, active: !NOT_ACTIVE.includes(kind), slot, slotFrom, slotTo };
  });
}

/** A registration some time before the first step, as most histories have: by chance alone few people start after one. */
const registered = fc.record({
  wait: fc.integer({ min: 0, max: 15 * 24 * HOUR }),
  parcours: fc.constantFrom('word', 'excel'),
});

function registrationBefore(start: number, { wait, parcours }: { wait: number; parcours: string }): Happening {
  const time = new Date(start - wait).toISOString();
  return happening([time, { kind: 'registered', active: false, parcours, module: null }]);
}

export const history: fc.Arbitrary<History> = fc
  .record({
    registered: fc.option(registered),
    anchor: fc.constantFrom(...ANCHORS),
    before: fc.integer({ min: 0, max: 30 * 24 * 60 }),
    steps: fc.array(step, { minLength: 1, maxLength: 80, size: 'max' }),
    pause: fc.option(fc.record({ at: fc.nat({ max: 40 }), gap: fc.constantFrom(90 * DAY, 90 * DAY + 1, 91 * DAY) }), {
      freq: 3,
    }),
    from: fc.constantFrom(...DIRECTIONS),
    to: fc.constantFrom(...DIRECTIONS),
    moves: fc.integer({ min: -20 * 24 * 60, max: 20 * 24 * 60 }),
  })
  .map(({ registered: way, anchor, before, steps: all, pause, from, to, moves }) => {
    const steps = all.map((each, place) => (place === pause?.at ? { ...each, gap: pause.gap } : each));
    const start = anchor - before * MINUTE;
    return {
      happenings: [...(way === null ? [] : [registrationBefore(start, way)]), ...happeningsOf(start, steps)],
      from,
      to,
      moves: anchor + moves * MINUTE,
    };
  });
