/** Where somebody stands and what comes next, made of what they are told of their learning. Pure. */
import type { OwnEnrolment, OwnInterruption, OwnLearning, OwnModule, OwnSlot } from './model.ts';

export interface UnderWay {
  enrolment: OwnEnrolment;
  /** Begun last, and neither done nor waived. */
  module: OwnModule | undefined;
  next: OwnSlot | undefined;
  /** Passed without use, lately, where no other slot is planned. */
  missed: OwnSlot | undefined;
}

/** Days for which a slot that was missed is still worth a word. */
const LATELY = 28;
const DAY = 86_400_000;

const isOver = ({ completedAt, waivedAt }: OwnEnrolment): boolean => completedAt !== null || waivedAt !== null;

const newestAct = ({ lastAt, registeredAt, enteredAt }: OwnEnrolment): string => lastAt ?? registeredAt ?? enteredAt;

/** Enrolments that are neither done nor waived, those with the newest act first. `now`: ms since 1970. */
export function underWay({ enrolments, modules, slotStates }: OwnLearning, now: number): UnderWay[] {
  const open = enrolments.filter((each) => !isOver(each));
  return open
    .toSorted((a, b) => newestAct(b).localeCompare(newestAct(a)))
    .map((enrolment) => {
      const about = slotStates.filter(({ parcours }) => parcours === enrolment.parcours);
      const next = about.findLast(({ state }) => state === 'planned');
      const missed = about.find(({ state }) => state === 'missed');
      const lately = missed !== undefined && now - Date.parse(missed.from) < LATELY * DAY;
      return {
        enrolment,
        next,
        module: begun(modules, enrolment),
        missed: next === undefined && lately ? missed : undefined,
      };
    });
}

const begun = (modules: readonly OwnModule[], { parcours }: OwnEnrolment): OwnModule | undefined =>
  modules
    .filter((each) => each.parcours === parcours && each.lastAt !== null)
    .filter(({ completedAt, satisfiedAt, waivedAt }) => (completedAt ?? satisfiedAt ?? waivedAt) === null)
    .toSorted((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? ''))[0];

/** Done or waived, the newest first. */
export const over = ({ enrolments }: OwnLearning): OwnEnrolment[] =>
  enrolments.filter(isOver).toSorted((a, b) => overAt(b).localeCompare(overAt(a)));

/** When an enrolment was done or waived. */
export const overAt = ({ completedAt, waivedAt, enteredAt }: OwnEnrolment): string =>
  completedAt ?? waivedAt ?? enteredAt;

/** Different modules of a parcours that one need not do. */
export const waivedIn = (modules: readonly OwnModule[], { parcours }: OwnEnrolment): number =>
  new Set(modules.filter((each) => each.parcours === parcours && each.waivedAt !== null).map(({ module }) => module))
    .size;

/** Of these, those that one has not done all the same: with `modulesCompleted` what is behind one. */
export const onlyWaivedIn = (modules: readonly OwnModule[], enrolment: OwnEnrolment): number =>
  waivedIn(
    modules.filter(
      ({ module }) =>
        !modules.some(
          (each) =>
            each.parcours === enrolment.parcours &&
            each.module === module &&
            (each.completedAt ?? each.satisfiedAt) !== null,
        ),
    ),
    enrolment,
  );

/** How many slots became what; moved ones are among them. */
export function slotCounts(slots: readonly OwnSlot[]): Record<OwnSlot['state'] | 'moved', number> {
  const of = (state: OwnSlot['state']): number => slots.filter((slot) => slot.state === state).length;
  return {
    ...{ planned: of('planned'), kept: of('kept'), missed: of('missed'), cancelled: of('cancelled') },
    moved: slots.filter(({ moves }) => moves > 0).length,
  };
}

export interface Interruptions {
  all: number;
  resumed: number;
  /** Modules left and not come back to since, the newest first. */
  open: OwnInterruption[];
}

export function interruptionsOf(interruptions: readonly OwnInterruption[]): Interruptions {
  const open = interruptions.filter(({ returnedAt, masteredAt }) => returnedAt === null && masteredAt === null);
  return {
    all: interruptions.length,
    resumed: interruptions.filter(({ returnedAt }) => returnedAt !== null).length,
    open,
  };
}
