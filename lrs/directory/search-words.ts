/** By which words a person is found, and in which order people are listed. Pure. */
import { fold } from './fold.ts';

/** What of a person says how they are found. */
interface Named {
  id: string;
  identifiers: readonly string[];
  familyName?: string;
  givenName?: string;
  email?: string;
}

/** Characters; longer ones are no name, and their entries would not fit an index. */
const LONGEST_WORD = 60;
const MOST_WORDS = 16;

/** Sorts below every character of a word, so that what begins alike stands together. */
const END_OF_WORD = '\n';

const partsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** An address or number in one piece, so that dots and dashes make no difference. */
const compact = (text: string): string => fold(text).replace(/[^\p{L}\p{N}@]/gu, '');

/** What somebody would type of an agent key. */
const nameOf = (agentKey: string): string =>
  agentKey.startsWith('account:')
    ? agentKey.slice(agentKey.indexOf('|') + 1)
    : agentKey.replace(/^(mbox:mailto:|mbox_sha1sum:|openid:https?:\/\/)/, '');

/** A typed word that has a digit or an @ is a number or an address: all others are parts of names. */
const isName = (text: string): boolean => !/[\d@]/.test(text);

/** The words to look for, each the beginning of one of the person's. None where nothing was typed that could be found. */
export function searchedWords(typed: string): string[] {
  const terms = typed.split(/\s+/).flatMap((term) => (isName(term) ? partsOf(term) : [compact(term)]));
  return [...new Set(terms.filter(Boolean).map((term) => term.slice(0, LONGEST_WORD)))].slice(0, MOST_WORDS);
}

const joined = (text: string): string => partsOf(text).join(' ').slice(0, LONGEST_WORD);

/** Where the person stands in a list: by family name, then given name; never the same for two people, never empty. */
export const sortKeyOf = ({ id, familyName = '', givenName = '' }: Named): string =>
  `${joined(familyName)}${END_OF_WORD}${joined(givenName)}${END_OF_WORD}${id}`;

/** The entries of the index: each word with the person's place in a list, so that a page of results can be resumed. */
export function wordEntriesOf(person: Named): string[] {
  const { identifiers, familyName = '', givenName = '', email = '' } = person;
  const names = identifiers.map(nameOf);
  const words = [
    ...partsOf(`${familyName} ${givenName}`),
    ...[email, ...names].map(compact),
    ...names.filter(isName).flatMap(partsOf),
  ];
  const distinct = [...new Set(words.filter(Boolean).map((word) => word.slice(0, LONGEST_WORD)))];
  // What begins another word is found by that one.
  const needed = distinct.filter((word) => !distinct.some((other) => other !== word && other.startsWith(word)));
  const place = sortKeyOf(person);
  return needed.slice(0, MOST_WORDS).map((word) => `${word}${END_OF_WORD}${place}`);
}

/** Whether one of the entries begins with each of the words. */
export const hasWords = (entries: readonly string[], words: readonly string[]): boolean =>
  words.every((word) => entries.some((entry) => entry.startsWith(word)));
