/** The little of tar (POSIX ustar) that an archive of ours needs: plain files, one after the other. */

export const BLOCK = 512;
/** What a tar ends with. */
export const END = Buffer.alloc(2 * BLOCK);

/** More is written in binary, as GNU tar does. */
const MOST_OCTAL = 8 ** 11 - 1;
const CHECKSUM = { from: 148, to: 156 };
const MODE = 0o600;

export interface TarHeader {
  name: string;
  /** bytes */
  size: number;
}

/** The header of a file, readable by its owner only. `name` has at most 100 bytes. */
export function tarHeader({ name, size }: TarHeader): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100);
  for (const [at, value] of [
    [100, MODE],
    [108, 0],
    [116, 0],
  ] as const)
    header.write(octal(value, 7), at);
  if (size <= MOST_OCTAL) header.write(octal(size, 11), 124);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write(octal(0, 11), 136);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${octal(sum(header), 6)}\0 `, CHECKSUM.from);
  return header;
}

/** Undefined where that is no header of a file. */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  const text = (from: number, to: number): string => block.toString('latin1', from, to).replace(/[\0 ].*$/s, '');
  const checksum = Number.parseInt(text(CHECKSUM.from, CHECKSUM.to), 8);
  if (block.length < BLOCK || checksum !== sum(block) || text(257, 262) !== 'ustar' || text(156, 157) !== '0') {
    return undefined;
  }
  const size = block[124] === 0x80 ? Number(block.readBigUInt64BE(128)) : Number.parseInt(text(124, 136), 8);
  return Number.isSafeInteger(size) ? { name: text(0, 100), size } : undefined;
}

/** What fills the last block of a file of that size. */
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** The sum of all bytes, where those of the sum itself count as blanks. */
function sum(header: Buffer): number {
  return header.reduce((total, byte, at) => total + (at >= CHECKSUM.from && at < CHECKSUM.to ? 0x20 : byte), 0);
}
