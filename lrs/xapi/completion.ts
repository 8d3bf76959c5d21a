/** What the LRS writes into a statement it takes, as edits of the received text: every other byte stays as it came. */
import { type MemberRange, type ObjectRange, scan } from './json-scan.ts';
import { toUtc } from './time.ts';
import type { Activity, Actor, Context, Statement, XapiVersion } from './types.ts';

interface Edit {
  from: number;
  to: number;
  text: string;
}

export interface Completion {
  id: string;
  version: XapiVersion;
  authority: Actor;
  /** JSON.stringify(authority), made once for a batch. */
  authorityText: string;
}

const DEFAULT_VERSION: Record<XapiVersion, string> = { '1.0.3': '1.0.0', '2.0.0': '2.0.0' };

/**
 * Completes a valid statement, in its text (which stands at `range` of `text`) and in its value, alike: `stored` and
 * `authority` of the sender go (Data 2.4.8, 2.4.9); `id`, `version` and our authority come in where they are missing;
 * single context activities become arrays (Data 2.4.6.2); under 2.0 timestamps become UTC (§4.2.7). Gives the text.
 */
export function complete(text: string, range: ObjectRange, statement: Statement, completion: Completion): string {
  const { id, version, authority, authorityText } = completion;
  const edits = insideEdits(text, range, statement, version);
  edits.push(...removals(range, ['stored', 'authority']));
  const added = [`"authority":${authorityText}`];
  if (statement.id === undefined) added.push(`"id":"${id}"`);
  if (statement.version === undefined) added.push(`"version":"${DEFAULT_VERSION[version]}"`);
  // actor, verb and object stay, so that there is always something before the comma
  edits.push({ from: range.to - 1, to: range.to - 1, text: `,${added.join()}` });

  delete statement.stored;
  statement.authority = authority;
  statement.id ??= id;
  statement.version ??= DEFAULT_VERSION[version];
  return applied(text, range, edits);
}

/** Cuts out members with one of the commas beside them: the one before, or for the first ones the one after. */
function removals({ members }: ObjectRange, keys: readonly string[]): Edit[] {
  const kept = members.findIndex(({ key }) => !keys.includes(key));
  return members.flatMap((member, index) => {
    if (!keys.includes(member.key)) return [];
    const previous = members[index - 1];
    const next = members[index + 1];
    if (index > kept && previous !== undefined) return [{ from: previous.to, to: member.to, text: '' }];
    return next === undefined ? [] : [{ from: member.from, to: next.from, text: '' }];
  });
}

function insideEdits(text: string, range: ObjectRange, statement: Statement, version: XapiVersion): Edit[] {
  const { object, context } = statement;
  const edits = [...contextEdits(text, range, context), ...timestampEdits(range, statement, version)];
  if (object.objectType === 'SubStatement') {
    const inner = objectAt(text, find(range, 'object'));
    edits.push(...contextEdits(text, inner, object.context), ...timestampEdits(inner, object, version));
  }
  return edits;
}

function contextEdits(text: string, range: ObjectRange, context: Context | undefined): Edit[] {
  const lists = context?.contextActivities;
  if (lists === undefined) return [];
  const single = Object.entries(lists).filter(
    (entry): entry is [keyof typeof lists, Activity] => !Array.isArray(entry[1]),
  );
  if (single.length === 0) return [];
  const inner = objectAt(text, find(objectAt(text, find(range, 'context')), 'contextActivities'));
  return single.flatMap(([relation, activity]) => {
    lists[relation] = [activity];
    const { valueFrom, to } = find(inner, relation);
    return [
      { from: valueFrom, to: valueFrom, text: '[' },
      { from: to, to, text: ']' },
    ];
  });
}

function timestampEdits(range: ObjectRange, timed: { timestamp?: string }, version: XapiVersion): Edit[] {
  if (version !== '2.0.0' || timed.timestamp === undefined) return [];
  const utc = toUtc(timed.timestamp, version);
  if (utc === timed.timestamp) return [];
  timed.timestamp = utc;
  const { valueFrom, to } = find(range, 'timestamp');
  return [{ from: valueFrom, to, text: `"${utc}"` }];
}

function find({ members }: ObjectRange, key: string): MemberRange {
  const member = members.find((candidate) => candidate.key === key);
  if (member === undefined) throw new TypeError(`the text has no member ${key}`);
  return member;
}

function objectAt(text: string, { valueFrom, to }: MemberRange): ObjectRange {
  const [object] = scan(text, valueFrom, to).objects;
  if (object === undefined) throw new TypeError('the text has no object there');
  return object;
}

function applied(text: string, range: ObjectRange, edits: Edit[]): string {
  let result = '';
  let at = range.from;
  for (const edit of edits.sort((a, b) => a.from - b.from)) {
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at, range.to);
}
