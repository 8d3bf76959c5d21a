/**
 * Secrets of keys. A secret is 256 random bits, so one SHA-256 keeps it safe at rest: there is nothing to guess, and a
 * slow password hash would only cost every request 100 ms (what Ralph and ADL's LRS lose).
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const digest = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

/** A new secret: 256 random bits in base64url, 43 characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A new key id, the public half: 96 random bits in hex, which holds no colon and is never taken for an option of a command. */
export const newKeyId = (): string => randomBytes(12).toString('hex');

/** What is kept of a secret: its SHA-256 in base64url. */
export const hashSecret = (secret: string): string => digest(secret).toString('base64url');

/** Equal to no secret's hash: compared with where there is no such key, so that the answer takes as long. */
const NO_HASH = randomBytes(32).toString('base64url');

/** Whether a secret is the one that was hashed, in a time that does not depend on where they differ or whether there is a hash. */
export const secretMatches = (secret: string, kept: string = NO_HASH): boolean =>
  timingSafeEqual(digest(secret), Buffer.from(kept, 'base64url'));
