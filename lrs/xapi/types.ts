/** The data model of xAPI 1.0.3 (Data part) and 2.0 (IEEE 9274.1.1 §4), as it looks once validated. */

export type XapiVersion = '1.0.3' | '2.0.0';

export type LanguageMap = Record<string, string>;
export type Extensions = Record<string, unknown>;

export interface Account {
  homePage: string;
  name: string;
}

export interface Agent {
  objectType?: 'Agent';
  name?: string;
  mbox?: string;
  mbox_sha1sum?: string;
  openid?: string;
  account?: Account;
}

export interface Group extends Omit<Agent, 'objectType'> {
  objectType: 'Group';
  member?: Agent[];
}

export type Actor = Agent | Group;

export interface Verb {
  id: string;
  display?: LanguageMap;
}

export interface InteractionComponent {
  id: string;
  description?: LanguageMap;
}

export interface ActivityDefinition {
  name?: LanguageMap;
  description?: LanguageMap;
  type?: string;
  moreInfo?: string;
  interactionType?: string;
  correctResponsesPattern?: string[];
  choices?: InteractionComponent[];
  scale?: InteractionComponent[];
  source?: InteractionComponent[];
  target?: InteractionComponent[];
  steps?: InteractionComponent[];
  extensions?: Extensions;
}

export interface Activity {
  objectType?: 'Activity';
  id: string;
  definition?: ActivityDefinition;
}

export interface StatementRef {
  objectType: 'StatementRef';
  id: string;
}

export interface Attachment {
  usageType: string;
  display: LanguageMap;
  description?: LanguageMap;
  contentType: string;
  length: number;
  sha2: string;
  fileUrl?: string;
}

export interface Result {
  score?: { scaled?: number; raw?: number; min?: number; max?: number };
  success?: boolean;
  completion?: boolean;
  response?: string;
  duration?: string;
  extensions?: Extensions;
}

export type ContextActivityKey = 'parent' | 'grouping' | 'category' | 'other';

export interface Context {
  registration?: string;
  instructor?: Actor;
  team?: Group;
  contextActivities?: Partial<Record<ContextActivityKey, Activity | Activity[]>>;
  contextAgents?: { objectType: 'contextAgent'; agent: Agent; relevantTypes?: string[] }[];
  contextGroups?: { objectType: 'contextGroup'; group: Group; relevantTypes?: string[] }[];
  revision?: string;
  platform?: string;
  language?: string;
  statement?: StatementRef;
  extensions?: Extensions;
}

export interface SubStatement {
  objectType: 'SubStatement';
  actor: Actor;
  verb: Verb;
  object: Actor | Activity | StatementRef;
  result?: Result;
  context?: Context;
  timestamp?: string;
  attachments?: Attachment[];
}

export interface Statement {
  id?: string;
  actor: Actor;
  verb: Verb;
  object: Actor | Activity | StatementRef | SubStatement;
  result?: Result;
  context?: Context;
  timestamp?: string;
  stored?: string;
  authority?: Actor;
  version?: string;
  attachments?: Attachment[];
}

/** The kinds of thing a statement can be looked up by. */
export type MemberKind = 'agent' | 'verb' | 'activity' | 'registration';

/**
 * How a statement uses a member, as bits:
 * DIRECT what the plain filters match (`agent`: actor or object, members of a group included; `activity`: the object);
 * RELATED what only related_agents / related_activities match; OWNER the statement's authority
 * (related_agents matches it too, and statements/read/mine is limited by it).
 */
export const Usage = { DIRECT: 1, RELATED: 2, OWNER: 4 } as const;

/** One thing a statement can be looked up by. `value` is an agent key (see agentKey), an IRI or a lower-case UUID. */
export interface Member {
  kind: MemberKind;
  value: string;
  usage: number;
}

/**
 * A statement read, validated and completed, ready for the store. Only `stored` (and `timestamp`, when the sender gave
 * none: it is then `stored`) are still missing: the store's commit decides them.
 */
export interface ReadStatement {
  /** lower-case UUID: as sent, or generated */
  id: string;
  /** The JSON text as received, less `stored` and `authority`, with id, version and authority added where they are the LRS's to set. */
  text: string;
  hasTimestamp: boolean;
  /**
   * The timestamp that was sent equals the `stored` that was sent with it: an LRS set it (perhaps this one, whose export
   * comes back), so that it does not tell this statement from one stored without a timestamp.
   */
  restored: boolean;
  members: Member[];
  /** Lower-case id of the StatementRef that is the object, if it is one. */
  refersTo?: string;
  /** True when this is a voiding statement: verb voided and object a StatementRef. */
  voids: boolean;
  /** Activities of which this statement carries a definition (object, context, SubStatement), for merging. */
  definitions: { id: string; definition: ActivityDefinition }[];
  /** Attachment declarations, SubStatement's included, in order. */
  attachments: Attachment[];
  /** The parsed value of `text`. */
  value: Statement;
}
