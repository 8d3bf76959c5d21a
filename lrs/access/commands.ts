/** `livret key add | list | revoke`. Times are ISO 8601 on the command line, ms inside. */
import type { Command, CommandCall, Json } from '../../web/index.ts';
import { LivretError } from '../errors.ts';
import type { Agent } from '../xapi/types.ts';
import type { Key, Keys, NewKey } from './keys.ts';
import type { Scope } from './principal.ts';

/** What the standard gives a client that asks for nothing in particular (1.0.3 Communication 4.2). */
const DEFAULT_SCOPES: Scope[] = ['statements/write', 'statements/read/mine'];

const DAY = 24 * 60 * 60 * 1000;

const invalid = (detail: string): LivretError => new LivretError('key.invalid', { detail });

function text(args: CommandCall['args'], name: string): string {
  const value = args[name];
  if (typeof value !== 'string' || value === '') throw invalid(`"${name}" is needed.`);
  return value;
}

function scopes(value: Json | undefined): Scope[] {
  if (value === undefined || value === null) return DEFAULT_SCOPES;
  const list = typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value;
  if (!Array.isArray(list)) throw invalid('"scopes" is a list.');
  // Keys.add refuses what is not a scope.
  return list.map((scope) => String(scope) as Scope);
}

/** A date alone means the end of that day, UTC. */
function expiry(value: Json | undefined): Pick<NewKey, 'expires'> {
  if (value === undefined || value === null) return {};
  const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalid('"expires" is an ISO 8601 date, such as 2027-01-31 or 2027-01-31T18:00:00Z.');
  return { expires: String(value).includes('T') ? time : time + DAY };
}

function authority(value: Json | undefined): Pick<NewKey, 'authority'> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid('"authority" is an Agent, as a JSON object.');
  return { authority: value as Agent };
}

const iso = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());

const shown = ({ key, label, scopes, authority, created, expires, revoked }: Key): Json => ({
  key,
  label,
  scopes,
  authority: structuredClone(authority) as unknown as Json,
  created: iso(created),
  expires: iso(expires),
  revoked: iso(revoked),
});

/**
 * The commands: key.add {label, scopes?, expires?, authority?} gives {key, secret}, the secret this once; key.list gives
 * a list; key.revoke {key} gives the key.
 */
export function createKeyCommands(keys: Keys): Command[] {
  return [
    {
      name: 'key.add',
      async run({ args }) {
        const { key, secret } = await keys.add({
          label: text(args, 'label'),
          scopes: scopes(args.scopes),
          ...expiry(args.expires),
          ...authority(args.authority),
        });
        return { key, secret };
      },
    },
    { name: 'key.list', run: async () => (await keys.list()).map(shown) },
    { name: 'key.revoke', run: async ({ args }) => shown(await keys.revoke(text(args, 'key'))) },
  ];
}
