/** What the read model keeps of a statement. Pure. */
import { type Activity, agentKey, parseTimestamp, type Statement, VOIDED } from '../../lrs/index.ts';
import { type Fact, factOf } from '../../lrs/profile/index.ts';

export interface Event extends Fact {
  statement: string;
  /** Agent key of the actor. */
  agent: string;
  /** Milliseconds since 1970. */
  instant: number;
  verb: string;
  object?: string;
}

/**
 * The event of a stored statement; undefined for what tells nothing about how a person learns: groups, and voidings,
 * which are about a statement.
 */
export function eventOf(id: string, statement: Statement): Event | undefined {
  const { actor, verb, object } = statement;
  const agent = actor.objectType === 'Group' ? undefined : agentKey(actor);
  const instant = instantOf(statement);
  if (agent === undefined || instant === undefined || verb.id === VOIDED) return undefined;
  const about = isActivity(object) ? { object: object.id } : {};
  return { ...factOf(statement), ...about, statement: id, agent, instant, verb: verb.id };
}

const isActivity = (object: Statement['object']): object is Activity =>
  object.objectType === undefined || object.objectType === 'Activity';

/** Every stored statement has a timestamp that one of the versions accepts. */
function instantOf({ timestamp }: Statement): number | undefined {
  if (timestamp === undefined) return undefined;
  return parseTimestamp(timestamp, '2.0.0') ?? parseTimestamp(timestamp, '1.0.3');
}
