/** The format of a backup; docs/backup.md describes it for those who read it without us. */
import { hash } from 'node:crypto';
import type { DumpKind } from '../store/dump.ts';

/** Goes up when an older Livret could not read what is written now. */
export const FORMAT_VERSION = 1;

/** First file of the archive. */
export const ABOUT = 'livret-backup.json';
/** Last file of the archive. */
export const MANIFEST = 'manifest.json';
export const ENTRIES = 'entries/';
export const BLOBS = 'blobs/';

/** What the first file says. */
export interface About {
  format: 'livret-backup';
  version: number;
  /** Version of the Livret that wrote it. */
  livret: string;
  engine: string;
  /** ISO 8601, UTC: everything acknowledged before it is in the backup. */
  created: string;
}

export type Counts = Partial<Record<DumpKind, number>>;

/** What the last file says. */
export interface Manifest {
  /** As in the first file. */
  about: About;
  counts: Counts;
  /** Files of entries in order. Blobs are named after what they hold. */
  parts: { name: string; bytes: number; sha256: string }[];
  /** Blobs that the store had lost, or that were damaged there. */
  missing: string[];
}

/**
 * The last line of the file, after the end of the tar: `livret-backup manifest … sha256 …`, both in hex. The second is
 * that of the whole file before it, so that `head -c -65 FILE | sha256sum` gives it.
 */
export const sealed = (manifest: string): Buffer => Buffer.from(`livret-backup manifest ${manifest} sha256 `);
export const seal = (whole: string): Buffer => Buffer.from(`${whole}\n`);

export interface Seal {
  manifest: string;
  whole: string;
}

export const SEAL_BYTES = seal('0'.repeat(64)).length;
export const LAST_LINE_BYTES = sealed('0'.repeat(64)).length + SEAL_BYTES;

export function readLastLine(bytes: Buffer): Seal | undefined {
  const line = /^livret-backup manifest ([0-9a-f]{64}) sha256 ([0-9a-f]{64})\n$/.exec(bytes.toString('latin1'));
  return line?.[1] && line[2] ? { manifest: line[1], whole: line[2] } : undefined;
}

export const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes);
