/** What can be asked of a route or a command, in one table each: it is checked by it, and described by it. */
import { LivretError } from '../lrs/index.ts';

export interface Parameter {
  name: string;
  /** One sentence, for the reader of the API's description. */
  description: string;
  /** All the values there are; any text where nothing is said. */
  values?: readonly string[];
  example?: string;
  /** It must be given. */
  required?: boolean;
}

/** What was given, by name. */
export type Given = Readonly<Partial<Record<string, string>>>;

const refused = (name: string, complaint: string): LivretError =>
  new LivretError('request.parameter', { detail: `"${name.slice(0, 100)}" ${complaint}` });

/**
 * Reads a query string, or what came with a command. An empty value counts as none. Throws `request.parameter`, which says
 * what is allowed, for what is unknown or repeated or has a value that is none of those there are.
 */
export function readParameters(query: Readonly<Record<string, unknown>>, known: readonly Parameter[]): Given {
  const given = Object.entries(query).map(([name, value]) => [name, checked(name, value, known)] as const);
  return Object.fromEntries(given.filter((each): each is readonly [string, string] => each[1] !== undefined));
}

function checked(name: string, value: unknown, known: readonly Parameter[]): string | undefined {
  const parameter = known.find((each) => each.name === name);
  if (!parameter) throw refused(name, `is none of: ${known.map((each) => each.name).join(', ')}.`);
  if (typeof value !== 'string') throw refused(name, 'is given once, as a text.');
  if (value === '') return undefined;
  if (parameter.values?.includes(value) === false) throw notOneOf(name, parameter.values);
  return value;
}

/** How many values a refusal lists: a ministry has some thousand services. */
const LISTED = 50;

export function notOneOf(name: string, allowed: readonly string[]): LivretError {
  const more = allowed.length > LISTED ? ` and ${allowed.length - LISTED} more` : '';
  return refused(name, `takes one of: ${allowed.slice(0, LISTED).join(', ') || 'nothing yet'}${more}.`);
}
