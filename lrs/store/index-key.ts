/**
 * Index keys of collections as bytes whose order is that of the values: null < false < true < numbers < strings.
 * The encoding is prefix-free, so that the key of the first fields is a prefix of the key of all fields.
 */
import type { CollectionSpec, IndexValue } from './store.ts';

const NULL = 1;
const FALSE = 2;
const TRUE = 3;
const NUMBER = 4;
const STRING = 5;

/** The key of some values, in the order of an index's fields. Throws RangeError for NaN. */
export const indexKey = (values: readonly IndexValue[]): Buffer => Buffer.concat(values.map(encode));

/** The smallest key greater than every key that begins with this one. */
export function afterPrefix(prefix: Buffer): Buffer {
  return Buffer.concat([prefix, Buffer.from([0xff])]);
}

/** Every key that a document has in an index: one, or one for each element of the field that is an array. */
export function keysOf<T extends object>(spec: CollectionSpec<T>, index: string, value: T): Buffer[] {
  const fields = spec.indexes[index]?.fields;
  if (!fields) throw new RangeError(`collection ${spec.name} declares no index ${index}`);
  let rows: IndexValue[][] = [[]];
  for (const field of fields) {
    const found: unknown = value[field];
    const choices = Array.isArray(found) ? found : [found ?? null];
    rows = rows.flatMap((row) => choices.map((choice) => [...row, scalar(choice)]));
  }
  return rows.map(indexKey);
}

function scalar(value: unknown): IndexValue {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as IndexValue;
  throw new RangeError('only scalars can be indexed');
}

function encode(value: IndexValue): Buffer {
  if (value === null) return Buffer.from([NULL]);
  if (value === false) return Buffer.from([FALSE]);
  if (value === true) return Buffer.from([TRUE]);
  return typeof value === 'number' ? encodeNumber(value) : encodeString(value);
}

/** Big-endian IEEE 754 with the sign bit turned over (all bits for negative numbers), which sorts as the numbers do. */
function encodeNumber(value: number): Buffer {
  if (Number.isNaN(value)) throw new RangeError('NaN cannot be indexed');
  const bytes = Buffer.alloc(9);
  bytes[0] = NUMBER;
  // + 0 makes −0 equal 0
  bytes.writeDoubleBE(value + 0, 1);
  const negative = value < 0;
  for (let i = 1; i < 9; i++) bytes[i] = (bytes[i] ?? 0) ^ (negative ? 0xff : i === 1 ? 0x80 : 0);
  return bytes;
}

/** UTF-8 ended by 0x00; a NUL inside becomes 0x00 0xff, which sorts after the end. */
function encodeString(value: string): Buffer {
  const text = Buffer.from(value, 'utf8');
  if (!text.includes(0)) return Buffer.concat([Buffer.from([STRING]), text, Buffer.from([0])]);
  const escaped = [...text].flatMap((byte) => (byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.from([STRING, ...escaped, 0]);
}
