/** One person's way through the parcours of a quarter, told through the profile's own builders. */

import type { Chance } from '../../../cli/demo/chance.ts';
import type { Agent, Statement } from '../../../lrs/index.ts';
import { type LearningPlace, record } from '../../../lrs/profile/index.ts';
import { MODULE_COUNT, moduleOf } from './parcours.ts';
import { DAY, HOUR, MINUTE } from './quarters.ts';

const { enrolment: path, session, slot, tutor } = record;

export interface Traveller {
  enrolment: record.Enrolment;
  /** Who answers this person's calls; nobody for the tutor. */
  tutor?: Agent | undefined;
  /** First millisecond of the quarter, UTC. */
  start: number;
  chance: Chance;
}

/** Need, diagnostic and registration in the first days; then two or three modules, each at about the hour that suits the person. */
export function* wayThrough(traveller: Traveller): Generator<Statement> {
  const { enrolment, start, chance } = traveller;
  const hour = chance.between(7, 16);
  const first = chance.between(0, MODULE_COUNT);
  const count = chance.between(2, 4);
  const morning = (day: number): number => workday(start + day * DAY) + 9 * HOUR;
  yield path.needed({ enrolment, at: morning(0) });
  yield path.diagnosed({ enrolment, at: morning(1) + HOUR, scaled: chance.between(10, 90) / 100 });
  yield path.registered({ enrolment, at: morning(2) + 2 * HOUR });
  let done = 0;
  for (let i = 0; i < count; i++) {
    const day = workday(start + chance.between(5 + i * 27, 25 + i * 27) * DAY);
    const step = { traveller, index: first + i, from: day + (hour + chance.between(0, 2)) * HOUR };
    const began = yield* plannedSlot(step);
    done += (yield* sitting(step, began)) ? 1 : 0;
  }
  if (count < MODULE_COUNT - 1 || !chance.happens(0.5)) return;
  const at = start + 80 * DAY;
  yield path.waived({ enrolment, module: moduleOf(enrolment.parcours, first + count), at, reason: 'Tested Out' });
  if (done === count) yield path.satisfied({ enrolment, at: at + MINUTE });
}

interface Step {
  traveller: Traveller;
  /** Which module, counted on from the first. */
  index: number;
  /** Hour planned, ms since 1970. */
  from: number;
}

/** A slot set aside, at times moved; kept, missed or cancelled. Gives the instant at which the person begins. */
function* plannedSlot({ traveller, index, from }: Step): Generator<Statement, number> {
  const { enrolment, chance } = traveller;
  const module = moduleOf(enrolment.parcours, index);
  const of = { enrolment, module, slot: record.idOf('slot', enrolment.registration, index), from, to: from + HOUR };
  const before = { from: from - 2 * HOUR, to: from - HOUR };
  const moves = chance.happens(0.25);
  yield slot.planned({ ...of, ...(moves ? before : {}), at: from - chance.between(20, 60) * HOUR });
  if (moves) yield slot.moved({ ...of, at: before.from - 30 * MINUTE });
  const late = chance.between(0, 10) * MINUTE;
  if (chance.happens(0.8)) {
    yield slot.kept({ ...of, at: of.to });
    return from + late;
  }
  if (chance.happens(0.3)) yield slot.cancelled({ ...of, at: from - 10 * MINUTE });
  else yield slot.missed({ ...of, at: of.to });
  return workday(dayOf(from) + DAY) + (from - dayOf(from)) + late;
}

/** A session on the module, with its interruptions and calls. Gives whether the module was completed. */
function* sitting({ traveller, index }: Step, began: number): Generator<Statement, boolean> {
  const { enrolment, chance } = traveller;
  const { isAssessment, ...module } = moduleOf(enrolment.parcours, index);
  const of = { enrolment, module, session: record.idOf('session', enrolment.registration, index) };
  yield session.launched({ ...of, at: began });
  const open = began + MINUTE;
  const place = placeFrom(chance);
  yield session.initialized({ ...of, at: open, place });
  yield* calls(traveller, module, index, open + 10 * MINUTE);
  let spent = chance.between(35, 75) * MINUTE;
  let away = 0;
  let last = open;
  if (chance.happens(0.2)) {
    const half = Math.floor(spent / 2);
    away = chance.between(10, 120) * MINUTE;
    yield session.suspended({ ...of, at: open + half, duration: half });
    last = open + half + away;
    yield session.resumed({ ...of, at: last, place });
  }
  const completes = chance.happens(0.67);
  if (!completes && chance.happens(0.1)) {
    yield session.abandoned({ ...of, at: open + DAY, duration: last - began });
    return false;
  }
  if (completes) {
    const end = open + spent + away;
    yield session.completed({ ...of, at: end - 2 * MINUTE, duration: spent - 2 * MINUTE });
    const scaled = chance.between(30, 100) / 100;
    if (isAssessment) yield session[scaled >= 0.5 ? 'passed' : 'failed']({ ...of, at: end - MINUTE, scaled });
  } else spent = Math.floor(spent / 2) + MINUTE;
  yield session.terminated({ ...of, at: open + spent + away, duration: spent });
  return completes;
}

function* calls(traveller: Traveller, module: record.Module, index: number, at: number): Generator<Statement> {
  const { enrolment, chance } = traveller;
  if (traveller.tutor === undefined || !chance.happens(0.25)) return;
  const of = { enrolment, module, call: record.idOf('call', enrolment.registration, index) };
  yield tutor.called({ ...of, at });
  const wait = chance.between(1, 20) * MINUTE;
  if (chance.happens(0.85)) {
    yield tutor.answered({ ...of, at: at + wait, tutor: traveller.tutor, duration: chance.between(3, 15) * MINUTE });
  }
}

const placeFrom = ({ next }: Chance): LearningPlace => {
  const drawn = next();
  return drawn < 0.7 ? 'workstation' : drawn < 0.9 ? 'resourceCentre' : 'elsewhere';
};

const dayOf = (instant: number): number => Math.floor(instant / DAY) * DAY;

/** The day, or the Monday after a weekend. */
function workday(day: number): number {
  const weekday = new Date(day).getUTCDay();
  return day + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0) * DAY;
}
