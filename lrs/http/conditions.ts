/** If-Match and If-None-Match (RFC 9110 §13.1; 1.0.3 Communication 3.1). */
import type { IncomingMessage } from 'node:http';
import { LivretError } from '../errors.ts';
import type { Precondition } from '../store/store.ts';

/** An entity tag, weak or not. Unquoted ones are tolerated: some players send what they computed themselves. */
const ENTITY_TAG = /^\s*(?:W\/)?(?:"([^"]*)"|([^\s",]+))\s*(?:,|$)/;

function readTags(name: string, header: string): string[] | '*' {
  if (header.trim() === '*') return '*';
  const tags: string[] = [];
  let rest = header;
  while (rest.trim() !== '') {
    const match = ENTITY_TAG.exec(rest);
    if (match === null) break;
    tags.push(match[1] ?? match[2] ?? '');
    rest = rest.slice(match[0].length);
  }
  if (tags.length === 0 || rest.trim() !== '') {
    throw new LivretError('request.header', { detail: `${name} is neither * nor a list of entity tags.` });
  }
  return tags;
}

/** The conditions a request sets; undefined when it sets none. */
export function readCondition(request: IncomingMessage): Precondition | undefined {
  const ifMatch = request.headers['if-match'];
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifMatch === undefined && ifNoneMatch === undefined) return undefined;
  return {
    ...(ifMatch === undefined ? {} : { ifMatch: readTags('If-Match', ifMatch) }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch: readTags('If-None-Match', ifNoneMatch) }),
  };
}
