/** What becomes of a slot that a person set aside for learning. */
import type { Statement } from '../../xapi/index.ts';
import { formatDuration } from '../duration.ts';
import type { LearningPlace } from '../fact.ts';
import { EXTENSION } from '../iris.ts';
import { compose, type Enrolment, type Module, moduleActivity, type Parts, slotActivity } from './statement.ts';

export interface PlannedSlot {
  enrolment: Enrolment;
  /** UUID of the slot, whatever becomes of it. */
  slot: string;
  /** Hours as they stand now, ms since 1970. */
  from: number;
  to: number;
  module?: Module | undefined;
}

export type SlotFact = PlannedSlot & { at: number };

function ofSlot(
  { enrolment, slot, from, to, module, at }: SlotFact,
  { extensions, ...rest }: Pick<Parts, 'verb'> & Partial<Parts>,
): Statement {
  return compose({
    enrolment,
    object: slotActivity(slot),
    at,
    within: slot,
    ...(module === undefined ? {} : { parent: moduleActivity(module) }),
    extensions: {
      [EXTENSION.plannedStart]: new Date(from).toISOString(),
      [EXTENSION.plannedDuration]: formatDuration(to - from),
      ...extensions,
    },
    ...rest,
  });
}

/** `place`: where the person means to learn. */
export const planned = ({ place, ...fact }: SlotFact & { place?: LearningPlace }): Statement =>
  ofSlot(fact, { verb: 'scheduled', ...(place === undefined ? {} : { extensions: { [EXTENSION.place]: place } }) });

/** May recur: each at its own instant. `from` and `to` are the new hours. */
export const moved = (fact: SlotFact): Statement => ofSlot(fact, { verb: 'updated', key: fact.at });

export const cancelled = (fact: SlotFact): Statement => ofSlot(fact, { verb: 'cancelled' });

export const kept = (fact: SlotFact): Statement => ofSlot(fact, { verb: 'attended' });

export const missed = (fact: SlotFact): Statement => ofSlot(fact, { verb: 'missed' });
