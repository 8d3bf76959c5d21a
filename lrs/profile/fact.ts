/**
 * What a statement says about how somebody learns, whoever sent it: the one place where statements become facts. Pure,
 * and called for every statement that the read model takes in. docs/profile.md tells the rules to senders.
 */
import { type Activity, type Context, parseTimestamp, type Result, type Statement } from '../xapi/index.ts';
import { roleOf } from './activities.ts';
import { lessonAround, moduleAround, parcoursOf, typedAround } from './around.ts';
import { parseDuration } from './duration.ts';
import { CMI5_CATEGORY, EXTENSION } from './iris.ts';
import { type FactKind, isActive, isRecorded, kindOf } from './kinds.ts';

export const PLACES = ['workstation', 'resourceCentre', 'elsewhere'] as const;
/** Where the person says that they learnt. */
export type LearningPlace = (typeof PLACES)[number];

/** A slot that a person planned for learning. Instants in ms since 1970; `to` is not part of it. */
export interface Slot {
  /** IRI of the slot, the same when it is moved, kept or missed. */
  id: string;
  from?: number;
  to?: number;
}

export interface Fact {
  kind: FactKind;
  /**
   * The person did it themselves, learning, at that instant: it counts for sessions, time on task and regularity. False
   * for what others or a job record about them, and for planning.
   */
  active: boolean;
  /** The parcours the statement counts for: an IRI. */
  parcours?: string;
  /** The module it counts for: the object itself, or the nearest one around it. Never the parcours. */
  module?: string;
  /** Lower-case UUID. */
  registration?: string;
  slot?: Slot;
  /** result.score.scaled, −1 to 1. */
  scaled?: number;
  success?: boolean;
  /**
   * result.completion of the module or the parcours; absent where the statement is about a part of one, and where it
   * tells what others recorded: cmi5 sets it on waived, and a waiver is no completion. True completes it whatever the
   * verb ("whether or not the Activity was completed", Data 2.4.5): the SCORM profile reads it from terminated, players
   * of tincan.xml send it with passed and failed.
   */
  completion?: boolean;
  /** result.duration in ms, as the player measured it: beside time on task, never mixed with it. */
  duration?: number;
  place?: LearningPlace;
}

/** Any statement that the store took. Actors, groups and voiding are the caller's affair. */
export function factOf({ verb, object, context, result }: Statement): Fact {
  const activity = isActivity(object) ? object : undefined;
  const parcours = parcoursOf(context?.contextActivities, activity);
  const said = kindOf(verb.id, activity?.definition?.type);
  const { module, about } = moduleOf(activity, said, context, parcours);
  const completion = about === 'whole' && completionCounts(said, activity) ? result?.completion : undefined;
  const kind = kindFrom(said, about, completion);
  // A SubStatement tells of what is planned or was said elsewhere: nothing happened at that instant.
  const fact: Fact = { kind, active: isActive(kind, verb.id) && object.objectType !== 'SubStatement' };
  if (parcours !== undefined) fact.parcours = parcours;
  if (module !== undefined) fact.module = module;
  if (context?.registration !== undefined) fact.registration = context.registration.toLowerCase();
  if (activity !== undefined && SLOT_KINDS.has(kind)) fact.slot = slotOf(activity.id, context?.extensions);
  const place = context?.extensions?.[EXTENSION.place];
  if (isPlace(place)) fact.place = place;
  if (completion !== undefined) fact.completion = completion;
  if (result !== undefined) addResult(fact, result, about);
  return fact;
}

const isActivity = (object: Statement['object']): object is Activity =>
  object.objectType === undefined || object.objectType === 'Activity';

const SLOT_KINDS: ReadonlySet<FactKind> = new Set<FactKind>([
  'slotPlanned',
  'slotMoved',
  'slotCancelled',
  'slotKept',
  'slotMissed',
]);

/** What is said about a part is not said about the module it is in: a question passed is no module passed. */
function kindFrom(said: FactKind, about: Found['about'], completion: boolean | undefined): FactKind {
  if (about === 'part') return 'other';
  return said === 'other' && completion === true ? 'completed' : said;
}

/**
 * Players set result.completion on single questions too, often without a type: besides the verbs that treat their object
 * as a module, only an object that is one by its type is believed.
 */
function completionCounts(said: FactKind, object: Activity | undefined): boolean {
  if (isRecorded(said)) return false;
  if (said !== 'other' && said !== 'initialized') return true;
  const role = object === undefined ? undefined : roleOf(object);
  return role !== undefined && role !== 'part' && role !== 'aside';
}

interface Found {
  module: string | undefined;
  /**
   * Whether verb and result speak of this module (or of the parcours), of a part of it, or of something beside it that is
   * a fact of its own: a slot, a call to the tutor.
   */
  about: 'whole' | 'part' | 'beside';
}

function moduleOf(
  object: Activity | undefined,
  said: FactKind,
  context: Context | undefined,
  parcours: string | undefined,
): Found {
  const around = context?.contextActivities;
  // An agent, another statement. A tutor is called from wherever one is: for the module one is in.
  if (object === undefined || said === 'tutorCalled') {
    return { module: moduleAround(around, parcours), about: said === 'tutorCalled' ? 'beside' : 'part' };
  }
  if (object.id === parcours) return { module: undefined, about: 'whole' };
  switch (roleOf(object)) {
    // A parcours or a course inside another is a module of that one.
    case 'parcours':
    case 'course':
    case 'block':
    case 'lesson':
      return { module: object.id, about: 'whole' };
    case 'aside':
      return {
        module: moduleAround(around, parcours),
        about: SLOT_KINDS.has(said) || said === 'tutorAnswered' ? 'beside' : 'part',
      };
    case 'part': {
      const module = moduleAround(around, parcours);
      // Inside nothing, it stands for itself where the verb treats it as a module; a question answered is none.
      const alone = module === undefined && said !== 'other' && !isAllowedByCmi5(context);
      return alone ? { module: object.id, about: 'whole' } : { module, about: 'part' };
    }
    case 'medium':
      return moduleOfMedium(object, context, parcours);
    default:
      return moduleOfUntyped(object, said, context, parcours);
  }
}

/** A film inside a lesson is a part of it; elsewhere it is a module of its own. */
function moduleOfMedium({ id }: Activity, context: Context | undefined, parcours: string | undefined): Found {
  const around = context?.contextActivities;
  if (isAllowedByCmi5(context)) return { module: moduleAround(around, parcours), about: 'part' };
  const lesson = lessonAround(around);
  return lesson === undefined || lesson === id ? { module: id, about: 'whole' } : { module: lesson, about: 'part' };
}

/** What has no type is a module of its own where the verb treats it as one, or where none is known around it. */
function moduleOfUntyped(
  { id }: Activity,
  said: FactKind,
  context: Context | undefined,
  parcours: string | undefined,
): Found {
  const around = context?.contextActivities;
  if (isAllowedByCmi5(context)) return { module: moduleAround(around, parcours), about: 'part' };
  const module = said === 'other' ? typedAround(around) : undefined;
  return module === undefined || module === id ? { module: id, about: 'whole' } : { module, about: 'part' };
}

/**
 * Statements "allowed" by cmi5 (7.1.3) come from inside an AU and are about what is in it (slides, films, questions); they
 * never count for its completion. They have the session of the AU and not the category of the statements cmi5 defines.
 */
function isAllowedByCmi5(context: Context | undefined): boolean {
  if (context?.extensions?.[EXTENSION.cmi5Session] === undefined) return false;
  const category = context.contextActivities?.category;
  if (category === undefined) return true;
  return Array.isArray(category) ? !category.some(({ id }) => id === CMI5_CATEGORY) : category.id !== CMI5_CATEGORY;
}

function slotOf(id: string, extensions: Context['extensions']): Slot {
  const start = extensions?.[EXTENSION.plannedStart];
  const from = typeof start === 'string' ? parseTimestamp(start, '1.0.3') : undefined;
  if (from === undefined) return { id };
  const planned = extensions?.[EXTENSION.plannedDuration];
  const length = typeof planned === 'string' ? parseDuration(planned) : undefined;
  return length === undefined ? { id, from } : { id, from, to: from + length };
}

const isPlace = (value: unknown): value is LearningPlace => (PLACES as readonly unknown[]).includes(value);

/** The duration counts wherever it was measured; score and success only for the module itself. */
function addResult(fact: Fact, { score, success, duration }: Result, about: Found['about']): void {
  if (about === 'whole') {
    if (score?.scaled !== undefined) fact.scaled = score.scaled;
    if (success !== undefined) fact.success = success;
  }
  const length = duration === undefined ? undefined : parseDuration(duration);
  if (length !== undefined) fact.duration = length;
}
