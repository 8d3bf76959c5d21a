import { agentKey, authorityKey, isGroup } from './agents.ts';
import { VOIDED } from './rules.ts';
import {
  type Activity,
  type ActivityDefinition,
  type Actor,
  type Attachment,
  type Context,
  type Member,
  type MemberKind,
  type Statement,
  type SubStatement,
  Usage,
} from './types.ts';

type StatementObject = Statement['object'];

const isActivity = (object: StatementObject): object is Activity =>
  object.objectType === undefined || object.objectType === 'Activity';
const isActor = (object: StatementObject): object is Actor =>
  object.objectType === 'Agent' || object.objectType === 'Group';

/** Lower-case id of the StatementRef that is the statement's object, if it is one. */
export function referenceOf(statement: Statement): string | undefined {
  const { object } = statement;
  return object.objectType === 'StatementRef' ? object.id.toLowerCase() : undefined;
}

/** Whether the statement voids another (Data 2.3.2). */
export const isVoiding = (statement: Statement): boolean =>
  statement.verb.id === VOIDED && statement.object.objectType === 'StatementRef';

/** The activities of a context, whatever the relation; single ones and lists alike. */
const contextActivitiesOf = (context: Context | undefined): Activity[] =>
  context?.contextActivities === undefined ? [] : Object.values(context.contextActivities).flat();

function contextActorsOf(context: Context | undefined): Actor[] {
  if (context === undefined) return [];
  return [
    ...(context.instructor ? [context.instructor] : []),
    ...(context.team ? [context.team] : []),
    ...(context.contextAgents ?? []).map(({ agent }) => agent),
    ...(context.contextGroups ?? []).map(({ group }) => group),
  ];
}

/**
 * Everything a statement can be looked up by (Communication 2.1.3), once for each kind and value, its uses as bits.
 * Takes a valid statement. An authority that is a Group owns the statement as a whole (authorityKey); its two members
 * are only related to it: each of them alone did not write it.
 */
export function membersOf(statement: Statement): Member[] {
  const members = new Members();
  const { actor, verb, object, context, authority } = statement;
  members.actor(actor, Usage.DIRECT);
  members.add('verb', verb.id, Usage.DIRECT);
  members.object(object, Usage.DIRECT);
  if (object.objectType === 'SubStatement') members.subStatement(object);
  members.context(context);
  if (context?.registration !== undefined) {
    members.add('registration', context.registration.toLowerCase(), Usage.DIRECT);
  }
  if (authority !== undefined) {
    members.add('agent', authorityKey(authority), Usage.OWNER);
    if (isGroup(authority)) members.actor(authority, Usage.RELATED);
  }
  return members.list;
}

class Members {
  readonly #known = new Map<string, Member>();

  get list(): Member[] {
    return [...this.#known.values()];
  }

  add(kind: MemberKind, value: string, usage: number): void {
    const key = `${kind} ${value}`;
    const known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, { kind, value, usage });
    else known.usage |= usage;
  }

  /** An Agent; or a Group, where it is identified, and its members. */
  actor(actor: Actor, usage: number): void {
    const key = agentKey(actor);
    if (key !== undefined) this.add('agent', key, usage);
    if (isGroup(actor)) for (const member of actor.member ?? []) this.actor(member, usage);
  }

  object(object: StatementObject, usage: number): void {
    if (isActivity(object)) this.add('activity', object.id, usage);
    else if (isActor(object)) this.actor(object, usage);
  }

  context(context: Context | undefined): void {
    for (const actor of contextActorsOf(context)) this.actor(actor, Usage.RELATED);
    for (const activity of contextActivitiesOf(context)) this.add('activity', activity.id, Usage.RELATED);
  }

  subStatement({ actor, object, context }: SubStatement): void {
    this.actor(actor, Usage.RELATED);
    this.object(object, Usage.RELATED);
    this.context(context);
  }
}

/** Every activity of the statement that comes with a definition: object, context, and the same of a SubStatement. */
export function definitionsOf(statement: Statement): { id: string; definition: ActivityDefinition }[] {
  const { object, context } = statement;
  const activities = [...(isActivity(object) ? [object] : []), ...contextActivitiesOf(context)];
  const own = activities.flatMap(({ id, definition }) => (definition === undefined ? [] : [{ id, definition }]));
  return object.objectType === 'SubStatement' ? [...own, ...definitionsOf(object)] : own;
}

/** The declarations of attachments, the SubStatement's after the statement's own. */
export function attachmentsOf(statement: Statement): Attachment[] {
  const { object, attachments = [] } = statement;
  return object.objectType === 'SubStatement' ? [...attachments, ...(object.attachments ?? [])] : attachments;
}
