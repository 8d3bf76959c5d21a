import { nameUuid } from '../xapi/index.ts';

/** Namespace of the ids below; any UUID would do, as long as it never changes. */
const NAMESPACE = Buffer.from('6f1d6f0c3a0e4c8f9a52d7d5b0c9e3a1', 'hex');

/**
 * The id that a statement without one gets when it is imported: a UUID version 5 of its bytes, so that the same file
 * imported again brings nothing twice.
 */
export const idOfText = (text: Buffer): string => nameUuid(NAMESPACE, text);
