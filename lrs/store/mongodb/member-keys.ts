/**
 * What a statement is found by, as keys of one size: a byte for how it is used, a byte for the kind, and the first 12
 * bytes of the SHA-256 of the value. IRIs would make the index many times as large; 96 bits do not meet by chance.
 */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Binary } from 'mongodb';
import { membersOf, referenceOf } from '../../xapi/members.ts';
import { type Member, type MemberKind, type Statement, Usage } from '../../xapi/types.ts';
import type { NewStatement } from '../store.ts';

const KIND: Record<MemberKind, number> = { agent: 1, verb: 2, activity: 3, registration: 4 };
/** A verb and the activity it was done with, together: two frequent ones that seldom meet are found at once. */
const PAIR = 5;
/** Every statement that refers to another: what it is found by is its own and others', in any combination. */
const REFERRING = 6;
const HASH_BYTES = 12;

/** People, verbs and activities come again and again, registrations for a while. */
const digests = new LRUCache<string, Buffer>({ max: 100_000 });

function digestOf(kind: number, value: string): Buffer {
  const key = `${kind}${value}`;
  const known = digests.get(key);
  if (known !== undefined) return known;
  const digest = Buffer.from(hash('sha256', value, 'buffer').subarray(0, HASH_BYTES));
  digests.set(key, digest);
  return digest;
}

const keyOf = (usage: number, kind: number, value: string): Binary =>
  new Binary(Buffer.concat([Buffer.from([usage, kind]), digestOf(kind, value)]));

/** The key of a member in one way of use. */
export const memberKey = (kind: MemberKind, value: string, usage: number): Binary => keyOf(usage, KIND[kind], value);

const pairKey = (verb: string, activity: string): Binary => keyOf(Usage.DIRECT, PAIR, `${verb} ${activity}`);

/** Among the statements with one of these keys are all that have both. */
export const keysOfPair = (verb: string, activity: string): Binary[] => [
  pairKey(verb, activity),
  keyOf(Usage.DIRECT, REFERRING, ''),
];

/** The keys that one of the ways of `usage` may have given a statement. */
export const anyKeyOf = (kind: MemberKind, value: string, usage: number): Binary[] =>
  Object.values(Usage)
    .filter((bit) => usage & bit)
    .map((bit) => memberKey(kind, value, bit));

/** All keys that a statement is stored with. */
export function keysOfStatement({ members, refersTo }: Pick<NewStatement, 'members' | 'refersTo'>): Binary[] {
  const own = members.flatMap(({ kind, value, usage }) => {
    // Who asks for related things asks for direct ones too, so that one key does for both.
    const related = usage & (Usage.DIRECT | Usage.OWNER) ? 0 : usage & Usage.RELATED;
    return anyKeyOf(kind, value, (usage & ~Usage.RELATED) | related);
  });
  return [...own, ...(refersTo === undefined ? pairsOf(members) : [keyOf(Usage.DIRECT, REFERRING, '')])];
}

/** The same, from the statement's text. */
export function keysOfText(text: string): Binary[] {
  const statement = JSON.parse(text) as Statement;
  const refersTo = referenceOf(statement);
  return keysOfStatement({ members: membersOf(statement), ...(refersTo !== undefined && { refersTo }) });
}

function pairsOf(members: readonly Member[]): Binary[] {
  const direct = (kind: MemberKind) => members.filter((each) => each.kind === kind && each.usage & Usage.DIRECT);
  return direct('verb').flatMap((verb) => direct('activity').map((activity) => pairKey(verb.value, activity.value)));
}

/** Keys as strings, for sets. */
export const keyText = (key: Binary): string => Buffer.from(key.buffer).toString('latin1');

export const keyFromText = (text: string): Binary => new Binary(Buffer.from(text, 'latin1'));

const OWNER = String.fromCharCode(Usage.OWNER);
const RELATED = String.fromCharCode(Usage.RELATED);

/**
 * What a referring statement takes over of a key (keyText), if anything: to have been written by somebody is not passed
 * on, only to be related to them; and it has a mark of its own that stands for all pairs.
 */
export function inheritable(key: string): string[] {
  if (key.charCodeAt(1) >= PAIR) return [];
  return [key.startsWith(OWNER) ? RELATED + key.slice(1) : key];
}

/** What a key (keyText) names, and how it is used; nothing where it is a pair or a mark. */
export const usageOfKey = (key: string): { member: string; usage: number } | undefined =>
  key.charCodeAt(1) >= PAIR ? undefined : { member: key.slice(1), usage: key.charCodeAt(0) };
