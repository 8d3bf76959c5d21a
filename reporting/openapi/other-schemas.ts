/** What the other routes of the reports take and answer, as schemas. */
import { ERRORS } from '../../lrs/index.ts';
import { SLOT_STATES } from '../own/model.ts';
import { STATES } from '../progress/enrolment.ts';
import {
  day,
  instant,
  list,
  number,
  object,
  oneOf,
  orNull,
  period,
  type Schema,
  says,
  text,
  whole,
  yesNo,
} from './json-schema.ts';

/** Everything that is refused. */
export const ERROR = object({
  error: object(
    { code: oneOf(...Object.keys(ERRORS), 'server.error'), message: text, requestId: text },
    {
      detail: says(text, 'What exactly is wrong, and what is allowed.'),
      pointer: says(text, 'JSON pointer into the body.'),
      rule: text,
    },
  ),
});

const instants = (...names: string[]): Record<string, Schema> =>
  Object.fromEntries(names.map((name) => [`${name}At`, orNull(instant)]));

const place = { direction: orNull(text), service: orNull(text), site: orNull(text) };
const about = { parcours: orNull(text), module: orNull(text) };
const minutes = says(number, 'Minutes.');

const LEARNING = object({
  asOf: instant,
  timeOnTask: minutes,
  sessionMedian: says(orNull(number), 'Minutes: of sessions of more than one trace.'),
  weeks: says(
    list(object({ monday: day, timeOnTask: minutes, sessions: whole })),
    'The last twelve of civil time, the current one last.',
  ),
  enrolments: list(
    object({
      ...{ parcours: text, ...place, enteredAt: instant },
      ...instants(
        'needed',
        'diagnosed',
        'registered',
        'started',
        'completed',
        'passed',
        'failed',
        'waived',
        'abandoned',
        'last',
      ),
      ...{ modulesStarted: whole, modulesCompleted: whole, lastModule: orNull(text), late: yesNo },
      modulesKnown: says(
        whole,
        'Modules of the parcours that enough people (as many as for completion counts) have done or been waived up to the end of last week, and all of one’s own.',
      ),
    }),
  ),
  modules: list(
    object({
      ...{ parcours: orNull(text), module: text, registration: orNull(text), firstAt: instant },
      ...instants('initialized', 'last', 'completed', 'passed', 'failed', 'waived', 'satisfied', 'abandoned'),
      ...{ timeOnTask: minutes, events: whole, score: orNull(number), tutorCalls: whole },
    }),
  ),
  sessions: list(
    object({ startedAt: instant, endedAt: instant, timeOnTask: minutes, offHours: minutes, events: whole }),
  ),
  slots: list(object({ slot: text, at: instant, kind: text, from: orNull(instant), to: orNull(instant), ...about })),
  slotStates: list(
    object({
      ...{ slot: text, from: instant, to: orNull(instant), ...about },
      ...{ state: oneOf(...SLOT_STATES), moves: whole },
    }),
  ),
  interruptions: list(
    object({
      ...{ parcours: orNull(text), module: text, at: instant },
      returnedAt: orNull(instant),
      masteredAt: orNull(instant),
    }),
  ),
  tutor: list(object({ at: instant, kind: text, ...about })),
  activeHours: list(object({ day, hour: whole, events: whole })),
  regularity: object({
    ...{ firstDay: orNull(day), lastDay: orNull(day) },
    ...{ pdh: orNull(number), pdhNormalised: orNull(number), ws1: orNull(number) },
  }),
  cut: list(text),
  settings: object({
    ...{ sessionGap: number, moduleMinutes: number, lateAfter: whole },
    ...{ timeZone: text, workingHours: text, holidays: text },
  }),
});

const lateAfter = says(whole, 'Working days after which who has not started is late.');
const names = { person: text, familyName: orNull(text), givenName: orNull(text) };
const enrolment = {
  ...{ parcours: text, direction: text, service: orNull(text), site: orNull(text) },
  ...{ state: oneOf(...STATES), late: yesNo },
  ...{ enrolledOn: orNull(day), startedOn: orNull(day), doneOn: orNull(day), waivedOn: orNull(day) },
};

const PROGRESS = object(
  {
    ...{ asOf: instant, lateAfter, withheldPeriods: list(period) },
    counts: says(
      object(Object.fromEntries([...STATES, 'late'].map((state) => [state, whole]))),
      'Enrolments by state, of all that is asked for whatever its state; `late` are among `enrolled`.',
    ),
    rows: list(object({ ...names, ...enrolment })),
  },
  { next: says(text, 'There is more: pass it as `after`.') },
);

const PROGRESS_OF_PERSON = object({
  ...{ asOf: instant, lateAfter, withheldPeriods: list(period), ...names },
  enrolments: list(
    object({
      ...{ person: text, ...enrolment },
      modulesDone: whole,
      modulesKnown: says(
        whole,
        'Modules of the parcours that enough people (as many as for completion counts) have done or been waived up to the end of last week, and those of modules.',
      ),
      modules: says(
        list(object({ module: text, state: oneOf('done', 'waived') })),
        'Those done or waived by the end of modulesThrough, by IRI.',
      ),
      modulesThrough: says(day, 'The last Sunday that is over where the enrolment began.'),
    }),
  ),
});

const SQL_ANSWER = object({
  columns: list(object({ name: text, type: text })),
  rows: says(list(list({})), 'Each a list of values in the order of the columns.'),
  truncated: says(yesNo, 'There were more rows than are given.'),
  milliseconds: whole,
});

const BOOK = list(
  object({ table_name: text, column_name: orNull(text), type: orNull(text), unit: orNull(text), fr: text, en: text }),
);

/** By name. */
export const OTHER_SCHEMAS: Readonly<Record<string, Schema>> = {
  Error: ERROR,
  Learning: LEARNING,
  Progress: PROGRESS,
  ProgressOfPerson: PROGRESS_OF_PERSON,
  SqlQuestion: object({ sql: says(text, 'One SELECT.') }),
  SqlAnswer: SQL_ANSWER,
  Codebook: object({ cells: BOOK, rows: BOOK }),
};
