/** Calls to the remote tutor. */
import type { Agent, Statement } from '../../xapi/index.ts';
import { formatDuration } from '../duration.ts';
import { callActivity, compose, type Enrolment, type Module, moduleActivity, type Parts } from './statement.ts';

export interface CallFact {
  enrolment: Enrolment;
  /** UUID of the call. */
  call: string;
  /** From where the person calls. */
  module?: Module | undefined;
  at: number;
}

const ofCall = ({ enrolment, call, module, at }: CallFact, rest: Pick<Parts, 'verb'> & Partial<Parts>): Statement =>
  compose({
    enrolment,
    object: callActivity(call),
    at,
    within: call,
    ...(module === undefined ? {} : { parent: moduleActivity(module) }),
    ...rest,
  });

export const called = (fact: CallFact): Statement => ofCall(fact, { verb: 'requestedAttention' });

/** `duration`: ms that the tutor spent with the person, where known. */
export const answered = ({ tutor, duration, ...fact }: CallFact & { tutor: Agent; duration?: number }): Statement =>
  ofCall(fact, {
    verb: 'attended',
    instructor: tutor,
    ...(duration === undefined ? {} : { result: { duration: formatDuration(duration) } }),
  });
