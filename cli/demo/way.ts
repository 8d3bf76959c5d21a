/** One person's way through a parcours, told through the profile's own builders. */
import type { Statement } from '../../lrs/index.ts';
import { record } from '../../lrs/profile/index.ts';
import { startOf, whenNext } from './habit.ts';
import { sitting } from './sitting.ts';
import { plannedSlot } from './slots.ts';
import type { Traveller } from './traveller.ts';

const { enrolment: path } = record;

const MINUTE = 60_000;
const HOUR = 60;

/** Whom a parcours was found for and who never opens it. */
const NEVER_STARTS = 0.1;
/** Who gives up after a module; of those who do not finish. */
const GIVES_UP = 0.3;
/** From this score of the diagnostic on the first module is taken as known. */
const KNOWS_IT = 0.8;

/** Need, diagnostic and registration, then module after module, each in a slot that was set aside for it. */
export function* wayThrough(traveller: Traveller): Generator<Statement> {
  const { enrolment, parcours, entry, traits, days, chance } = traveller;
  const clock = (from: number, to: number): number => chance.between(from * HOUR, to * HOUR);
  const censused = days.next(entry);
  yield path.needed({ enrolment, at: days.at(censused, clock(9, 11)) });
  const diagnosed = days.later(censused, chance.between(2, 7));
  const scaled = chance.between(10, 95) / 100;
  yield path.diagnosed({ enrolment, at: days.at(diagnosed, clock(10, 16)), scaled });
  const registered = days.later(diagnosed, chance.between(1, 5));
  yield path.registered({ enrolment, at: days.at(registered, clock(9, 17)) });
  if (chance.happens(NEVER_STARTS) && !traveller.starts) return;
  let day = days.later(registered, chance.between(1, 13));
  let over = 0;
  for (const [index, module] of parcours.modules.entries()) {
    const progress = index / (parcours.modules.length - 1);
    if (index === 0 && scaled >= KNOWS_IT) {
      over = days.at(registered, 18 * HOUR);
      yield path.waived({ enrolment, module, at: over, reason: 'Tested Out' });
      continue;
    }
    const step = { traveller, module, index, progress };
    const begun = yield* plannedSlot(step, whenNext(step, day), startOf(step));
    const done = yield* sitting(step, begun);
    if (done === undefined || (!traits.finishes && chance.happens(GIVES_UP))) return;
    day = done.day;
    over = done.at;
  }
  yield path.satisfied({ enrolment, at: over + MINUTE });
}
