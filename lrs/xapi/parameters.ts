/** Values of query parameters, "validated to the same standards required for values of the same types in Statements" (Data 2.2). */
import { agentKey } from './agents.ts';
import { parseJson } from './json.ts';
import { Refusal } from './refusal.ts';
import { isIri, isUuid } from './scalars.ts';
import { parseTimestamp } from './time.ts';
import type { Actor, XapiVersion } from './types.ts';
import { validateActor } from './validate.ts';

export type StatementFormat = 'ids' | 'exact' | 'canonical';

/**
 * Each reader takes the parameter's name, for the refusal, and its text; gives the value, or throws Refusal parameter,
 * whose pointer is empty and whose rule names the parameter.
 */
const refuse = (name: string, rule: string): Refusal => new Refusal('parameter', '', `The parameter "${name}" ${rule}`);

/** An Agent or identified Group, in JSON (`agent`). An anonymous Group identifies nobody and is refused. */
export function readAgentParameter(name: string, text: string): Actor {
  let value: unknown;
  try {
    value = parseJson(text).value;
    validateActor(value, 'parameter');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal('parameter', error.pointer, `The parameter "${name}" is not an Agent or Group: ${error.rule}`);
  }
  if (agentKey(value as Actor) === undefined) throw refuse(name, 'must be an Agent or an identified Group.');
  return value as Actor;
}

/** A UUID, in lower case. */
export function readUuidParameter(name: string, text: string): string {
  if (!isUuid(text)) throw refuse(name, 'must be a UUID in its standard string form.');
  return text.toLowerCase();
}

/** An IRI, as it is. */
export function readIriParameter(name: string, text: string): string {
  if (!isIri(text)) throw refuse(name, 'must be an IRI with its scheme.');
  return text;
}

/** A timestamp, as milliseconds since 1970; finer digits are cut. */
export function readTimestampParameter(name: string, text: string, version: XapiVersion): number {
  const time = parseTimestamp(text, version);
  if (time === undefined) throw refuse(name, 'must be a timestamp with a date and a time of day.');
  return time;
}

/** Exactly `true` or `false`. */
export function readBooleanParameter(name: string, text: string): boolean {
  if (text !== 'true' && text !== 'false') throw refuse(name, 'must be true or false.');
  return text === 'true';
}

/** An integer from 0 to the largest that a double holds exactly. */
export function readIntegerParameter(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw refuse(name, 'must be an integer that is not negative.');
  return value;
}

/** `ids`, `exact` or `canonical`. */
export function readFormatParameter(name: string, text: string): StatementFormat {
  if (text !== 'ids' && text !== 'exact' && text !== 'canonical')
    throw refuse(name, 'must be ids, exact or canonical.');
  return text;
}
