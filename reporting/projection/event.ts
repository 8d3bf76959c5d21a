/** What the read model keeps of a statement. Pure. */
import { type Activity, agentKey, parseTimestamp, type Statement, VOIDED } from '../../lrs/index.ts';
import { type Fact, factOf } from '../../lrs/profile/index.ts';

export interface Event {
  /** Agent key of the actor. */
  agent: string;
  /** Milliseconds since 1970. */
  instant: number;
  verb: string;
  /** When it is an activity. */
  object: string | undefined;
  fact: Fact;
}

/**
 * The event of a stored statement; undefined for what tells nothing about how a person learns: groups, and voidings,
 * which are about a statement.
 */
export function eventOf(statement: Statement): Event | undefined {
  const { actor, verb, object } = statement;
  const agent = actor.objectType === 'Group' ? undefined : agentKey(actor);
  const instant = instantOf(statement);
  if (agent === undefined || instant === undefined || verb.id === VOIDED) return undefined;
  return { agent, instant, verb: verb.id, object: isActivity(object) ? object.id : undefined, fact: factOf(statement) };
}

const isActivity = (object: Statement['object']): object is Activity =>
  object.objectType === undefined || object.objectType === 'Activity';

/** Every stored statement has a timestamp that one of the versions accepts. */
function instantOf({ timestamp }: Statement): number | undefined {
  if (timestamp === undefined) return undefined;
  return parseTimestamp(timestamp, '2.0.0') ?? parseTimestamp(timestamp, '1.0.3');
}
