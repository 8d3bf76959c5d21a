/**
 * What a statement is found by, as keys of one size: a byte for how it is used, a byte for the kind, and the first 12
 * bytes of the SHA-256 of the value. IRIs would make the index many times as large; 96 bits do not meet by chance.
 */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Binary } from 'mongodb';
import { type Member, type MemberKind, Usage } from '../../xapi/types.ts';

const KIND: Record<MemberKind, number> = { agent: 1, verb: 2, activity: 3, registration: 4 };
const HASH_BYTES = 12;

/** People, verbs and activities come again and again, registrations for a while. */
const digests = new LRUCache<string, Buffer>({ max: 100_000 });

function digestOf(kind: MemberKind, value: string): Buffer {
  const key = `${KIND[kind]}${value}`;
  const known = digests.get(key);
  if (known !== undefined) return known;
  const digest = Buffer.from(hash('sha256', value, 'buffer').subarray(0, HASH_BYTES));
  digests.set(key, digest);
  return digest;
}

/** The key of a member in one way of use. */
export function memberKey(kind: MemberKind, value: string, usage: number): Binary {
  return new Binary(Buffer.concat([Buffer.from([usage, KIND[kind]]), digestOf(kind, value)]));
}

/** The keys that one of the ways of `usage` may have given a statement. */
export const anyKeyOf = (kind: MemberKind, value: string, usage: number): Binary[] =>
  Object.values(Usage)
    .filter((bit) => usage & bit)
    .map((bit) => memberKey(kind, value, bit));

/** All keys of a statement's members. Who asks for related things asks for direct ones too, so that one key does for both. */
export const keysOfMembers = (members: readonly Member[]): Binary[] =>
  members.flatMap(({ kind, value, usage }) => {
    const related = usage & (Usage.DIRECT | Usage.OWNER) ? 0 : usage & Usage.RELATED;
    return anyKeyOf(kind, value, (usage & ~Usage.RELATED) | related);
  });

/** Keys as strings, for sets. */
export const keyText = (key: Binary): string => Buffer.from(key.buffer).toString('latin1');

export const keyFromText = (text: string): Binary => new Binary(Buffer.from(text, 'latin1'));

const OWNER = String.fromCharCode(Usage.OWNER);
const RELATED = String.fromCharCode(Usage.RELATED);

/** What a referring statement takes over (keyText): to have been written by somebody is not passed on, only to be related to them. */
export const inheritable = (key: string): string => (key.startsWith(OWNER) ? RELATED + key.slice(1) : key);
