/**
 * Query parameters, read strictly: "The LRS MUST reject with 400 Bad Request status any requests that use any parameters
 * which the LRS does not recognize", or that match one "in all but case" (1.0.3 Communication 3.2).
 */
import { LivretError } from '../errors.ts';

export type Parameters = ReadonlyMap<string, string>;

const NONE: Parameters = new Map();

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new LivretError('request.parameter', { detail: 'The query string is not valid percent-encoded UTF-8.' });
  }
}

/**
 * Reads an urlencoded string, a query string or a form.
 * @throws LivretError request.parameter where a name comes twice or the encoding is broken
 */
export function parseUrlEncoded(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    if (parameters.has(name)) throw refuse(name, 'is repeated.');
    parameters.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)));
  }
  return parameters;
}

/**
 * The query parameters of a request target.
 * @throws LivretError request.parameter unless each is among `known` and comes once
 */
export function readParameters(url: string, known: readonly string[]): Parameters {
  const mark = url.indexOf('?');
  if (mark < 0) return NONE;
  const parameters = parseUrlEncoded(url.slice(mark + 1));
  for (const name of parameters.keys()) {
    if (!known.includes(name)) throw refuse(name, 'is not a parameter of this request.');
  }
  return parameters;
}

/** The value of a parameter that has to be there, and not empty. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw refuse(name, 'is missing.');
  return value;
}

/** The error for a parameter; the name is cut, since it may come from anyone. */
export function refuse(name: string, complaint: string): LivretError {
  return new LivretError('request.parameter', { detail: `"${name.slice(0, 100)}" ${complaint}` });
}
