/** What is established about a registration: once each, whatever the instant. */
import type { Statement } from '../../xapi/index.ts';
import { EXTENSION } from '../iris.ts';
import { compose, type Enrolment, type Module, moduleActivity, type Parts, parcoursActivity } from './statement.ts';

/** About the parcours as a whole, at an instant in ms since 1970. */
export interface EnrolmentFact {
  enrolment: Enrolment;
  at: number;
}

type OfParcours = 'needed' | 'diagnosed' | 'registered' | 'satisfied';

const about = (
  verb: OfParcours,
  { enrolment, at }: EnrolmentFact,
  rest: Partial<Pick<Parts, 'result'>> = {},
): Statement =>
  compose({
    enrolment,
    verb,
    at,
    object: parcoursActivity(enrolment.parcours),
    within: enrolment.registration,
    ...rest,
  });

/** A need was censused. */
export const needed = (fact: EnrolmentFact): Statement => about('needed', fact);

/** The diagnostic is done; with its score from −1 to 1 where it gives one. */
export const diagnosed = ({ scaled, ...fact }: EnrolmentFact & { scaled?: number }): Statement =>
  about('diagnosed', fact, scaled === undefined ? {} : { result: { score: { scaled } } });

/** The person is registered. */
export const registered = (fact: EnrolmentFact): Statement => about('registered', fact);

/** The conditions of the parcours are met. */
export const satisfied = (fact: EnrolmentFact): Statement => about('satisfied', fact);

/** cmi5, 9.5.5.2. */
export type WaiverReason = 'Tested Out' | 'Equivalent AU' | 'Equivalent Outside Activity' | 'Administrative';

/** A module is taken as mastered: once for each module. */
export const waived = ({
  enrolment,
  module,
  at,
  reason,
}: EnrolmentFact & { module: Module; reason: WaiverReason }): Statement =>
  compose({
    enrolment,
    verb: 'waived',
    at,
    object: moduleActivity(module),
    within: enrolment.registration,
    result: { success: true, completion: true, extensions: { [EXTENSION.cmi5Reason]: reason } },
  });
