/** The values of query parameters, "validated like statement values": an answer never comes of a mistyped filter. */
import { type Parameters, required } from '../http/parameters.ts';
import {
  agentKey,
  readAgentParameter,
  readBooleanParameter,
  readIntegerParameter,
  readIriParameter,
  readTimestampParameter,
  readUuidParameter,
} from '../xapi/index.ts';
import type { Actor, XapiVersion } from '../xapi/types.ts';

/*
 * Each takes the parameters of a request and the name of one, and throws LivretError request.parameter where it is
 * missing and has to be there, Refusal parameter where its value will not do.
 */

/** An agent or identified group, which has to be there. */
export function agentValue(parameters: Parameters, name: string): Actor {
  return readAgentParameter(name, required(parameters, name));
}

/** The key of an agent or identified group, which has to be there. */
export function agentParameter(parameters: Parameters, name: string): string {
  const key = agentKey(agentValue(parameters, name));
  if (key === undefined) throw new TypeError('an agent parameter identifies somebody');
  return key;
}

/** An IRI, which has to be there. */
export function iriParameter(parameters: Parameters, name: string): string {
  return readIriParameter(name, required(parameters, name));
}

/** A UUID in lower case; undefined when absent. */
export function uuidParameter(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name);
  return value === undefined ? undefined : readUuidParameter(name, value);
}

/** Milliseconds since 1970; undefined when absent. */
export function timestampParameter(parameters: Parameters, name: string, version: XapiVersion): number | undefined {
  const value = parameters.get(name);
  return value === undefined ? undefined : readTimestampParameter(name, value, version);
}

/** false when absent. */
export function booleanParameter(parameters: Parameters, name: string): boolean {
  const value = parameters.get(name);
  return value !== undefined && readBooleanParameter(name, value);
}

/** A nonnegative integer; undefined when absent. */
export function integerParameter(parameters: Parameters, name: string): number | undefined {
  const value = parameters.get(name);
  return value === undefined ? undefined : readIntegerParameter(name, value);
}
