/** What people type, and files and providers send: one spelling, and what makes an address. Pure. */
import { isIri } from '../xapi/index.ts';

/** Names of people and of the organisation in one spelling: composed accents, single spaces. */
export const oneSpelling = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** What can be the home page of accounts, or an OpenID: an IRI that a browser understands as well. */
export const isAddress = (text: string): boolean => isIri(text) && URL.canParse(text);

/** Something on either side of the @: whether it exists, only a letter tells. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);
