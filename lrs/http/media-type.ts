/** Content-Type values (RFC 9110 §8.3): a lower-case `type/subtype` and its parameters. */

export interface MediaType {
  /** e.g. `application/json`; lower case. */
  type: string;
  /** Names in lower case, values as written, without quotes. */
  parameters: ReadonlyMap<string, string>;
}

const TYPE = /^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** `; name=value` or `; name="quoted value"`; sticky, so that nothing between two parameters goes unseen. */
const PARAMETER = /\s*;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*)))?\s*/y;

/** Reads a Content-Type; undefined when it is not one. */
export function readMediaType(header: string): MediaType | undefined {
  const semicolon = header.indexOf(';');
  const type = (semicolon < 0 ? header : header.slice(0, semicolon)).trim().toLowerCase();
  if (!TYPE.test(type)) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = semicolon;
  while (semicolon >= 0 && PARAMETER.lastIndex < header.length) {
    const match = PARAMETER.exec(header);
    if (match === null) return undefined;
    const [, name, quoted, plain] = match;
    if (name === undefined) continue;
    if (parameters.has(name.toLowerCase())) return undefined;
    parameters.set(name.toLowerCase(), quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'));
  }
  return { type, parameters };
}

/** True when the Content-Type is JSON, whatever its parameters (`; charset=utf-8`). */
export function isJson(header: string | undefined): boolean {
  if (header === 'application/json') return true;
  return header !== undefined && readMediaType(header)?.type === 'application/json';
}
