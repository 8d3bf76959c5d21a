/** Rules that tie several properties together, which a schema cannot say: each gives what is wrong, or undefined. */
import { COMPONENT_LISTS } from './schemas/activity.ts';

export interface Broken {
  /** Pointer from the object the rule was asked about. */
  at: string;
  rule: string;
}

type Data = Record<string, unknown>;
export type Rule = (data: never) => Broken | undefined;

export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;
const identifierCount = (data: Data): number => IDENTIFIERS.reduce((count, key) => count + (key in data ? 1 : 0), 0);

/** "An Agent MUST be identified by one (1) of the four types of Inverse Functional Identifiers" (Data 2.4.2.1). */
export function oneIdentifier(agent: Data): Broken | undefined {
  if (identifierCount(agent) === 1) return undefined;
  return { at: '', rule: 'An Agent has exactly one of mbox, mbox_sha1sum, openid and account.' };
}

/** "An Anonymous Group MUST include a member property listing constituent Agents" (Data 2.4.2.2). */
export function oneIdentifierOrMembers(group: Data): Broken | undefined {
  const count = identifierCount(group);
  if (count > 1) return { at: '', rule: 'A Group has at most one of mbox, mbox_sha1sum, openid and account.' };
  if (count === 1 || (Array.isArray(group.member) && group.member.length > 0)) return undefined;
  return { at: '', rule: 'A Group without mbox, mbox_sha1sum, openid and account lists its members in "member".' };
}

/** "min: less than max; raw: between min and max, inclusive" (Data 2.4.5.1). */
export function scoreOrder(score: { raw?: number; min?: number; max?: number }): Broken | undefined {
  const { raw, min, max } = score;
  if (min !== undefined && max !== undefined && min >= max) return { at: '/min', rule: 'min must be less than max.' };
  if (raw === undefined) return undefined;
  if (min !== undefined && raw < min) return { at: '/raw', rule: 'raw must not be less than min.' };
  if (max !== undefined && raw > max) return { at: '/raw', rule: 'raw must not be greater than max.' };
  return undefined;
}

/** "Within an array of interaction components, all id values MUST be distinct" (Data 2.4.4.1). */
export function distinctIds(components: { id: string }[]): Broken | undefined {
  const seen = new Set<string>();
  for (const [index, { id }] of components.entries()) {
    if (seen.has(id))
      return { at: `/${index}/id`, rule: 'The ids of interaction components must be distinct within their list.' };
    seen.add(id);
  }
  return undefined;
}

const LISTS = ['choices', 'scale', 'source', 'target', 'steps'];

/** "Interaction Activities MUST have a valid interactionType", and each type its own lists (Data 2.4.4.1). */
export function fittingComponents(definition: Data): Broken | undefined {
  const { interactionType } = definition;
  if (interactionType === undefined) {
    const orphan = ['correctResponsesPattern', ...LISTS].find((key) => key in definition);
    return orphan === undefined
      ? undefined
      : { at: `/${orphan}`, rule: `"${orphan}" may only be used with an interactionType.` };
  }
  const allowed = COMPONENT_LISTS[String(interactionType)] ?? [];
  const stray = LISTS.find((key) => key in definition && !allowed.includes(key));
  return stray === undefined
    ? undefined
    : { at: `/${stray}`, rule: `"${stray}" does not go with the interactionType that is given.` };
}

/** "The revision (platform) property MUST only be used if the Statement's Object is an Activity" (Data 2.4.6). */
export function activityContext(statement: Data): Broken | undefined {
  const context = statement.context as Data | undefined;
  const { objectType = 'Activity' } = statement.object as Data;
  if (context === undefined || objectType === 'Activity') return undefined;
  const stray = ['revision', 'platform'].find((key) => key in context);
  if (stray === undefined) return undefined;
  return { at: `/context/${stray}`, rule: `"${stray}" may only be used when the object is an Activity.` };
}

/** "When issuing a Statement that voids another, the Object MUST have the objectType StatementRef" (Data 2.3.2). */
export function voiding(statement: Data): Broken | undefined {
  const verb = statement.verb as Data;
  if (verb.id !== VOIDED || (statement.object as Data).objectType === 'StatementRef') return undefined;
  return { at: '/object', rule: 'The object of a voiding statement must be a StatementRef.' };
}
