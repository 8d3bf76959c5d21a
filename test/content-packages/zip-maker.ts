/** Makes zip archives for the tests, honest ones and others: every field that a hostile author could bend can be given. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  name: string;
  data?: string | Uint8Array;
  /** Unix mode, in the external attributes. */
  mode?: number;
  /** Store instead of deflate. */
  stored?: boolean;
  flags?: number;
  method?: number;
  /** Lies about the contents. */
  claims?: { size?: number; crc?: number };
}

/** The bytes of an archive; with `zip64`, sizes and offsets are in Zip64 fields only. */
export function makeZip(entries: readonly ZipEntry[], { zip64 = false } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = records(entry, offset, zip64);
    parts.push(...local);
    directory.push(central);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, ...directory, ...end(entries.length, size, offset, zip64)]);
}

function records(entry: ZipEntry, offset: number, zip64: boolean): { local: Buffer[]; central: Buffer } {
  const data = Buffer.from(entry.data ?? '');
  const packed = entry.stored ? data : deflateRawSync(data);
  const size = entry.claims?.size ?? data.length;
  const name = Buffer.from(entry.name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(45, 0);
  common.writeUInt16LE((entry.flags ?? 0) | 0x800, 2);
  common.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4);
  common.writeUInt32LE(0x21, 8);
  common.writeUInt32LE(entry.claims?.crc ?? crc32(data), 10);
  common.writeUInt32LE(zip64 ? 0xffffffff : packed.length, 14);
  common.writeUInt32LE(zip64 ? 0xffffffff : size, 18);
  common.writeUInt16LE(name.length, 22);

  const extra = zip64 ? extra64([size, packed.length]) : Buffer.alloc(0);
  const centralExtra = zip64 ? extra64([size, packed.length, offset]) : Buffer.alloc(0);
  const localCommon = Buffer.from(common);
  localCommon.writeUInt16LE(extra.length, 24);
  common.writeUInt16LE(centralExtra.length, 24);

  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(zip64 ? 0xffffffff : offset, 10);
  return {
    local: [Buffer.from('PK\x03\x04', 'latin1'), localCommon, name, extra, packed],
    // Version made by: 3 is Unix, where the mode means something.
    central: Buffer.concat([Buffer.from('PK\x01\x02\x2d\x03', 'latin1'), common, rest, name, centralExtra]),
  };
}

function extra64(values: number[]): Buffer {
  const field = Buffer.alloc(4 + values.length * 8);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(values.length * 8, 2);
  values.forEach((value, index) => void field.writeBigUInt64LE(BigInt(value), 4 + index * 8));
  return field;
}

function end(count: number, size: number, offset: number, zip64: boolean): Buffer[] {
  const last = Buffer.alloc(22);
  last.write('PK\x05\x06', 'latin1');
  last.writeUInt16LE(zip64 ? 0xffff : count, 8);
  last.writeUInt16LE(zip64 ? 0xffff : count, 10);
  last.writeUInt32LE(zip64 ? 0xffffffff : size, 12);
  last.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  if (!zip64) return [last];
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator, last];
}
