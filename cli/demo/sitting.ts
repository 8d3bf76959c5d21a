/** A module from its launch to its end, with what comes between. */
import type { Statement } from '../../lrs/index.ts';
import { type LearningPlace, record } from '../../lrs/profile/index.ts';
import type { Chance } from './chance.ts';
import { page } from './page.ts';
import type { Begun } from './slots.ts';
import type { Step } from './traveller.ts';

const { session, tutor } = record;

const MINUTE = 60_000;

/** Of the sittings of a day like others, and of an urgent one. */
const INTERRUPTED = 0.12;
const INTERRUPTED_URGENTLY = 0.75;
/** Minutes from one page to the next, less than any θ. */
const PAGE = { least: 15, most: 25 };

/** Of a final assessment, from 0 to 1. */
export const PASS_MARK = 0.5;

interface Done {
  day: string;
  /** ms since 1970 */
  at: number;
}

/** Gives when the module is done; nothing where the person never comes back to it. */
export function* sitting(step: Step, { day, minutes }: Begun): Generator<Statement, Done | undefined> {
  const { module, index, traveller } = step;
  const { enrolment, days, chance } = traveller;
  const of = { enrolment, module, session: record.idOf('session', enrolment.registration, index) };
  const place = placeFrom(chance);
  const start = days.at(day, minutes);
  yield session.launched({ ...of, at: start });
  yield session.initialized({ ...of, at: start + MINUTE, place });
  const needed = chance.between(40, 53);
  const broken = chance.happens(days.isUrgent(day) ? INTERRUPTED_URGENTLY : INTERRUPTED);
  if (!broken) {
    yield* working(step, 0, start + MINUTE, needed);
    return yield* ending(step, of, { day, at: start + needed * MINUTE }, needed);
  }
  const half = chance.between(12, 25);
  const left = { day, at: start + half * MINUTE };
  yield* working(step, 0, start + MINUTE, half);
  yield session.suspended({ ...of, at: left.at, duration: half * MINUTE });
  const back = returnAfter(step, left, minutes);
  if (back === undefined) return undefined;
  yield session.resumed({ ...of, at: back.at, place });
  yield* working(step, 1, back.at, needed - half);
  return yield* ending(step, of, { day: back.day, at: back.at + (needed - half) * MINUTE }, needed);
}

/** The last start of a module, in minutes after midnight, after which there is time to come back to it on the same day. */
const EARLY = 15 * 60;

/** When somebody comes back: the same day or one of the next; or after a fortnight, or never. */
function returnAfter({ traveller }: Step, left: Done, minutes: number): Done | undefined {
  const { days, chance, traits } = traveller;
  const today = !traits.offHours && minutes < EARLY && chance.happens(0.5);
  if (traits.resumes && today) return { ...left, at: left.at + chance.between(40, 110) * MINUTE };
  if (!traits.resumes && !traits.finishes && chance.happens(0.5)) return undefined;
  const day = days.later(left.day, traits.resumes ? chance.between(1, 4) : chance.between(8, 19));
  return { day, at: days.at(day, minutes) };
}

/** Page after page, and the tutor is called for some. */
function* working(step: Step, part: number, from: number, minutes: number): Generator<Statement> {
  const { chance } = step.traveller;
  yield* calls(step, part, from + 5 * MINUTE);
  let number = 1;
  for (let at = chance.between(PAGE.least, PAGE.most); at < minutes - 2; at += chance.between(PAGE.least, PAGE.most))
    yield page(step, part * 10 + number++, from + at * MINUTE);
}

type Of = Parameters<typeof session.launched>[0];

/** Completed, judged where it is an assessment, left. */
function* ending(step: Step, of: Omit<Of, 'at'>, done: Done, needed: number): Generator<Statement, Done> {
  const { chance, traits } = step.traveller;
  const { at } = done;
  const duration = needed * MINUTE;
  yield session.completed({ ...of, at, duration });
  if (step.module.isAssessment) {
    const scaled = chance.between(traits.finishes ? 50 : 35, 101) / 100;
    yield session[scaled >= PASS_MARK ? 'passed' : 'failed']({ ...of, at: at + MINUTE, scaled });
  }
  yield session.terminated({ ...of, at: at + 2 * MINUTE, duration: duration + 2 * MINUTE });
  return { ...done, at: at + 2 * MINUTE };
}

/** How often somebody calls in a module who does, and who does not. */
const CALLS = { often: 0.75, rarely: 0.06 };

function* calls({ traveller, module, index, progress }: Step, part: number, at: number): Generator<Statement> {
  const { enrolment, chance, traits } = traveller;
  // Less towards the end: autonomy grows.
  const often = (traits.calls ? CALLS.often : CALLS.rarely) * (1 - 0.4 * progress);
  if (traveller.tutor === undefined || part > 0 || !chance.happens(often)) return;
  const of = { enrolment, module, call: record.idOf('call', enrolment.registration, index) };
  yield tutor.called({ ...of, at });
  const wait = chance.between(1, 9) * MINUTE;
  if (chance.happens(0.9)) {
    yield tutor.answered({ ...of, at: at + wait, tutor: traveller.tutor, duration: chance.between(3, 15) * MINUTE });
  }
}

const placeFrom = ({ next }: Chance): LearningPlace => {
  const drawn = next();
  return drawn < 0.75 ? 'workstation' : drawn < 0.93 ? 'resourceCentre' : 'elsewhere';
};
