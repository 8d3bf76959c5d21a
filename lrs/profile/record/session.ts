/** What happens in a session, from the launch of a module to its end. */
import type { Result, Statement } from '../../xapi/index.ts';
import { formatDuration } from '../duration.ts';
import type { LearningPlace } from '../fact.ts';
import { EXTENSION } from '../iris.ts';
import { compose, type Enrolment, type Module, moduleActivity, type Parts } from './statement.ts';

export interface Session {
  enrolment: Enrolment;
  module: Module;
  /** UUID of this launch. */
  session: string;
}

/** At an instant, in ms since 1970. */
export type SessionFact = Session & { at: number };
/** Where the person declared to be. */
type Placed = SessionFact & { place?: LearningPlace | undefined };
/** With a length in ms. */
type Timed = SessionFact & { duration: number };
/** With a score from −1 to 1. */
type Scored = SessionFact & { scaled?: number | undefined };

const inSession = (
  { enrolment, module, session, at }: SessionFact,
  rest: Pick<Parts, 'verb'> & Partial<Parts>,
): Statement => compose({ enrolment, object: moduleActivity(module), at, within: session, ...rest });

const placeOf = (place: LearningPlace | undefined): Partial<Parts> =>
  place === undefined ? {} : { extensions: { [EXTENSION.place]: place } };

const lasting = (duration: number): Result => ({ duration: formatDuration(duration) });

export const launched = (fact: SessionFact): Statement => inSession(fact, { verb: 'launched' });

export const initialized = ({ place, ...fact }: Placed): Statement =>
  inSession(fact, { verb: 'initialized', ...placeOf(place) });

/** May recur in a session: each at its own instant. */
export const suspended = ({ duration, ...fact }: Timed): Statement =>
  inSession(fact, { verb: 'suspended', key: fact.at, result: lasting(duration) });

/** May recur in a session: each at its own instant. */
export const resumed = ({ place, ...fact }: Placed): Statement =>
  inSession(fact, { verb: 'resumed', key: fact.at, ...placeOf(place) });

export const completed = ({ duration, ...fact }: Timed): Statement =>
  inSession(fact, { verb: 'completed', result: { completion: true, ...lasting(duration) } });

const judged = (verb: 'passed' | 'failed', { scaled, ...fact }: Scored): Statement =>
  inSession(fact, {
    verb,
    result: { success: verb === 'passed', ...(scaled === undefined ? {} : { score: { scaled } }) },
  });

export const passed = (fact: Scored): Statement => judged('passed', fact);

export const failed = (fact: Scored): Statement => judged('failed', fact);

export const terminated = ({ duration, ...fact }: Timed): Statement =>
  inSession(fact, { verb: 'terminated', result: lasting(duration) });

/** `duration`: from the launch to the last the content said (cmi5, 9.5.4.1). */
export const abandoned = ({ duration, ...fact }: Timed): Statement =>
  inSession(fact, { verb: 'abandoned', result: lasting(duration) });
