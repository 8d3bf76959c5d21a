/** What the values of settings must look like. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { SCOPES, type Scope } from '../lrs/index.ts';
import { parseWorkingHours, type WorkingHours } from '../reporting/calendar/index.ts';

/** What a value must look like: words for the documentation, and a reader that gives the value or says what it should be. */
export interface Kind<T> {
  words: string;
  read(text: string): T | undefined;
}

export const text: Kind<string> = { words: 'text', read: (value) => value };

export const folder: Kind<string> = { words: 'folder', read: (value) => resolve(value) };

export const file: Kind<string> = { words: 'file', read: (value) => resolve(value) };

const isWeb = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** Kept to the letter: the issuer of a token is compared so. */
export const webAddress: Kind<string> = { words: 'http(s) URL', read: (value) => (isWeb(value) ? value : undefined) };

/** Where people write to, as a link leads there. */
export const contact: Kind<string> = {
  words: 'e-mail address or http(s) URL',
  read: (value) => {
    if (/^[^\s@:/?&]+@[^\s@:/?&]+\.[^\s@:/?&]+$/.test(value)) return `mailto:${value}`;
    return isWeb(value) ? value : undefined;
  },
};

const canDecode = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return text === '';
  }
};

/** Without a path, which would say nothing; what user and password hold beside letters and digits is percent-encoded. */
export const smtpAddress: Kind<string> = {
  words: 'smtp:// or smtps:// URL',
  read: (value) => {
    if (!URL.canParse(value)) return undefined;
    const { protocol, hostname, pathname, search, username, password } = new URL(value);
    const bare = /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname) && search === '';
    return bare && [username, password].every((each) => each === '' || canDecode(each)) ? value : undefined;
  },
};

/** `livret@example.org`, or `Livret <livret@example.org>`. */
export const mailbox: Kind<string> = {
  words: 'e-mail address, with or without a name',
  read: (value) => (/^([^<>"@,;]+ <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(value) ? value : undefined),
};

export const onOff: Kind<boolean> = {
  words: 'on or off',
  read: (value) => (value === 'on' ? true : value === 'off' ? false : undefined),
};

export const siteAddress: Kind<string> = {
  words: 'http(s) URL without a path',
  read: (value) =>
    isWeb(value) && new URL(value).href === `${new URL(value).origin}/` ? new URL(value).origin : undefined,
};

export const hostName: Kind<string> = {
  words: 'IP address or host name',
  read: (value) => (isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value) ? value : undefined),
};

export const timeZone: Kind<string> = {
  words: 'time zone, such as Europe/Paris',
  read: (value) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  },
};

export const workingHours: Kind<WorkingHours> = {
  words: 'hours, such as Mon-Thu 08:30-12:00,Mon-Thu 13:30-18:00,Fri 08:30-17:00',
  read: parseWorkingHours,
};

export const wholeNumber = (least: number, most: number): Kind<number> => ({
  words: `whole number, ${least} to ${most}`,
  read: (value) => {
    const number = Number(value);
    return /^\d{1,15}$/.test(value) && number >= least && number <= most ? number : undefined;
  },
});

const UNITS: Record<string, number> = { '': 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** Bytes; the units are powers of 1,024. */
export const size: Kind<number> = {
  words: 'size, such as 512KB, 20MB or 1GB',
  read: (value) => {
    const [, digits, unit] = /^(\d{1,12})\s*(KB|MB|GB|)$/i.exec(value) ?? [];
    const bytes = Number(digits) * (UNITS[unit?.toUpperCase() ?? ''] ?? Number.NaN);
    return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
  },
};

/** Below it DuckDB does not even open. */
const LEAST_REPORTS_MEMORY = 64 * 2 ** 20;

export const reportsMemory: Kind<number> = {
  words: 'size of at least 64MB, such as 512MB or 1GB',
  read: (value) => {
    const bytes = size.read(value);
    return bytes !== undefined && bytes >= LEAST_REPORTS_MEMORY ? bytes : undefined;
  },
};

/** Node and the library take a third of it by themselves. */
const LEAST_SQL_MEMORY = 256 * 2 ** 20;

export const sqlMemory: Kind<number> = {
  words: 'size of at least 256MB, such as 512MB or 1GB',
  read: (value) => {
    const bytes = size.read(value);
    return bytes !== undefined && bytes >= LEAST_SQL_MEMORY ? bytes : undefined;
  },
};

export const oneOf = <const Name extends string>(...names: Name[]): Kind<Name> => ({
  words: `one of ${names.join(', ')}`,
  read: (value) => names.find((name) => name === value),
});

export const someOf = <const Name extends string>(...names: Name[]): Kind<readonly Name[]> => ({
  words: `some of ${names.join(', ')}, separated by commas`,
  read: (value) => {
    const chosen = value.split(',').map((part) => names.find((name) => name === part.trim()));
    const known = chosen.filter((name) => name !== undefined);
    return known.length === chosen.length ? Object.freeze([...new Set(known)]) : undefined;
  },
});

/** What Express trusts to say who the client is: so many proxies before us, or those at these addresses. */
export type TrustedProxies = number | readonly string[];

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** An address or a subnet; all of the internet is none, since then whoever asks could say who he is. */
function isProxy(text: string): boolean {
  const [, address = text, bits] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  return (
    PROXY_NAMES.includes(text) || (family !== 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= most)))
  );
}

export const trustedProxies: Kind<TrustedProxies> = {
  words: 'number of proxies, or their addresses and subnets, separated by commas',
  read: (value) => {
    if (/^[1-9]\d?$/.test(value)) return Number(value);
    const proxies = value.split(',').map((part) => part.trim());
    return proxies.every(isProxy) ? Object.freeze(proxies) : undefined;
  },
};

export const storeAddress: Kind<string> = {
  words: 'sqlite, or a mongodb:// URL',
  read: (value) => (/^(sqlite$|mongodb(\+srv)?:\/\/.)/.test(value) ? value : undefined),
};

/** From a word in a token's claim to the scopes it gives. */
export const scopeMap: Kind<Readonly<Record<string, readonly Scope[]>>> = {
  words: 'list such as learner=statements/write state, auditor=all/read',
  read: (value) => {
    const entries = value.split(',').map((part) => {
      const [word = '', names = ''] = part.split('=').map((side) => side.trim());
      const scopes = names.split(/\s+/).map((name) => SCOPES.find((scope) => scope === name));
      const known = scopes.filter((scope) => scope !== undefined);
      return word !== '' && known.length === scopes.length ? ([word, Object.freeze(known)] as const) : undefined;
    });
    const known = entries.filter((entry) => entry !== undefined);
    return known.length === entries.length ? Object.freeze(Object.fromEntries(known)) : undefined;
  },
};
