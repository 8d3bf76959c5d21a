/** `livret key add | list | revoke` */
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { print, printJson, printTable } from '../console.ts';

interface Key {
  key: string;
  label: string;
  scopes: string[];
  expires: string | null;
  revoked: string | null;
}

interface AddOptions {
  scope?: string[];
  expires?: string;
  authority?: string;
  json?: boolean;
}

export async function addKey(label: string, { scope, expires, authority, json }: AddOptions): Promise<void> {
  const agent = authority === undefined ? undefined : parseAgent(authority);
  const made = (await call('key.add', { label, scopes: scope, expires, authority: agent })) as {
    key: string;
    secret: string;
  };
  if (json) printJson(made);
  else [`key     ${made.key}`, `secret  ${made.secret}`, 'The secret is shown this once.'].forEach(print);
}

export async function listKeys({ json }: { json?: boolean }): Promise<void> {
  const keys = (await call('key.list')) as unknown as Key[];
  if (json) printJson(keys);
  else {
    const rows = keys.map(({ key, label, scopes, expires, revoked }) => [
      key,
      label,
      scopes.join(' '),
      state(expires, revoked),
    ]);
    printTable(['KEY', 'LABEL', 'SCOPES', 'STATE'], rows);
  }
}

export async function revokeKey(key: string): Promise<void> {
  await call('key.revoke', { key });
  print(`${key} is revoked.`);
}

function state(expires: string | null, revoked: string | null): string {
  if (revoked !== null) return `revoked ${revoked.slice(0, 10)}`;
  if (expires === null) return 'good';
  return Date.parse(expires) < Date.now() ? `expired ${expires.slice(0, 10)}` : `good until ${expires.slice(0, 16)}Z`;
}

/** What is no JSON is passed on as it is: the command says what it should be. */
function parseAgent(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
