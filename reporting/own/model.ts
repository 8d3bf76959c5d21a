/** What a person is told of their own learning, as the API gives it. */
import type { OwnRegularity } from './regularity.ts';

/** ISO 8601, UTC. */
export type Instant = string;

export interface OwnEnrolment {
  parcours: string;
  /** Where the person belonged when it began; null outside any place. */
  direction: string | null;
  service: string | null;
  site: string | null;
  enteredAt: Instant;
  neededAt: Instant | null;
  diagnosedAt: Instant | null;
  registeredAt: Instant | null;
  startedAt: Instant | null;
  completedAt: Instant | null;
  passedAt: Instant | null;
  failedAt: Instant | null;
  waivedAt: Instant | null;
  abandonedAt: Instant | null;
  lastAt: Instant | null;
  modulesStarted: number;
  modulesCompleted: number;
  /** Modules of the parcours that enough people have done (progress/known-modules.ts), and all of one's own. */
  modulesKnown: number;
  lastModule: string | null;
  /** Enrolled for more than some working days of that place, and not started (see progress/late.ts). */
  late: boolean;
}

/** What was done of a module under one registration. */
export interface OwnModule {
  parcours: string | null;
  module: string;
  registration: string | null;
  firstAt: Instant;
  initializedAt: Instant | null;
  lastAt: Instant | null;
  completedAt: Instant | null;
  passedAt: Instant | null;
  failedAt: Instant | null;
  waivedAt: Instant | null;
  satisfiedAt: Instant | null;
  abandonedAt: Instant | null;
  /** Minutes: gaps not longer than the session gap. */
  timeOnTask: number;
  events: number;
  /** From -1 to 1. */
  score: number | null;
  tutorCalls: number;
}

export interface OwnSession {
  startedAt: Instant;
  endedAt: Instant;
  /** Minutes. */
  timeOnTask: number;
  /** Minutes of them outside the working hours. */
  offHours: number;
  events: number;
}

/** A week of civil time; a session belongs to the one in which it starts. */
export interface OwnWeek {
  /** Its Monday. */
  monday: string;
  /** Minutes. */
  timeOnTask: number;
  sessions: number;
}

/** What was said of a slot, in order. */
export interface OwnSlotFact {
  slot: string;
  at: Instant;
  /** slotPlanned, slotMoved, slotCancelled, slotKept or slotMissed. */
  kind: string;
  from: Instant | null;
  to: Instant | null;
  parcours: string | null;
  module: string | null;
}

export const SLOT_STATES = ['planned', 'kept', 'missed', 'cancelled'] as const;

/** What became of a slot (metrics/slot.ts); planned: it is not over. */
export interface OwnSlot {
  slot: string;
  /** After the last move. */
  from: Instant;
  to: Instant | null;
  parcours: string | null;
  module: string | null;
  state: (typeof SLOT_STATES)[number];
  moves: number;
}

/** A module left before it was mastered (metrics/interruption.ts). */
export interface OwnInterruption {
  parcours: string | null;
  module: string;
  /** The last act before it. */
  at: Instant;
  returnedAt: Instant | null;
  /** When the module was mastered, sooner or later. */
  masteredAt: Instant | null;
}

export interface OwnTutorFact {
  at: Instant;
  /** tutorCalled or tutorAnswered. */
  kind: string;
  parcours: string | null;
  module: string | null;
}

export interface OwnActiveHour {
  /** Civil day and hour of where the person belonged then. */
  day: string;
  hour: number;
  events: number;
}

export interface OwnLearning {
  /** Everything stored at or before it is in here. */
  asOf: Instant;
  /** Minutes in all sessions. */
  timeOnTask: number;
  /** Minutes: half of the sessions of more than one trace are shorter. Null where there is none. */
  sessionMedian: number | null;
  /** The last twelve, the current one last. */
  weeks: OwnWeek[];
  enrolments: OwnEnrolment[];
  /** The newest first, as all that follow. */
  modules: OwnModule[];
  sessions: OwnSession[];
  slots: OwnSlotFact[];
  slotStates: OwnSlot[];
  interruptions: OwnInterruption[];
  tutor: OwnTutorFact[];
  activeHours: OwnActiveHour[];
  regularity: OwnRegularity;
  /** Lists of which only the newest LONGEST are given. */
  cut: string[];
  settings: {
    /** Minutes; a longer gap between two events ends a session (θ). */
    sessionGap: number;
    /** Minutes that a module should take. */
    moduleMinutes: number;
    /** Working days after which who has not started is late. */
    lateAfter: number;
    /** Of where the person belongs now; of the site where they belong nowhere. */
    timeZone: string;
    workingHours: string;
    holidays: string;
  };
}
