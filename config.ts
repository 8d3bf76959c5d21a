/** Every setting of Livret: one table, read once from the environment into one frozen, validated object. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { nearestName } from './cli/nearest-name.ts';
import { LivretError, SCOPES, type Scope } from './lrs/index.ts';
import { HOLIDAY_ZONES, parseWorkingHours, type WorkingHours } from './reporting/calendar/index.ts';

/** What a value must look like: words for the documentation, and a reader that gives the value or says what it should be. */
interface Kind<T> {
  words: string;
  read(text: string): T | undefined;
}

/** One line of the table. */
export interface Setting<T> {
  /** Name of the environment variable. */
  variable: string;
  kind: Kind<T>;
  /** As it would be written in the environment; undefined when the setting is off unless given. */
  preset: string | undefined;
  description: string;
}

const text: Kind<string> = { words: 'text', read: (value) => value };

const folder: Kind<string> = { words: 'folder', read: (value) => resolve(value) };

const file: Kind<string> = { words: 'file', read: (value) => resolve(value) };

const isWeb = (value: string): boolean => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** Kept to the letter: the issuer of a token is compared so. */
const webAddress: Kind<string> = { words: 'http(s) URL', read: (value) => (isWeb(value) ? value : undefined) };

/** Where people write to, as a link leads there. */
const contact: Kind<string> = {
  words: 'e-mail address or http(s) URL',
  read: (value) => {
    if (/^[^\s@:/?&]+@[^\s@:/?&]+\.[^\s@:/?&]+$/.test(value)) return `mailto:${value}`;
    return isWeb(value) ? value : undefined;
  },
};

const onOff: Kind<boolean> = {
  words: 'on or off',
  read: (value) => (value === 'on' ? true : value === 'off' ? false : undefined),
};

const siteAddress: Kind<string> = {
  words: 'http(s) URL without a path',
  read: (value) =>
    isWeb(value) && new URL(value).href === `${new URL(value).origin}/` ? new URL(value).origin : undefined,
};

const hostName: Kind<string> = {
  words: 'IP address or host name',
  read: (value) => (isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value) ? value : undefined),
};

const timeZone: Kind<string> = {
  words: 'time zone, such as Europe/Paris',
  read: (value) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
    } catch {
      return undefined;
    }
  },
};

const workingHours: Kind<WorkingHours> = {
  words: 'hours, such as Mon-Thu 08:30-12:00,Mon-Thu 13:30-18:00,Fri 08:30-17:00',
  read: parseWorkingHours,
};

const wholeNumber = (least: number, most: number): Kind<number> => ({
  words: `whole number, ${least} to ${most}`,
  read: (value) => {
    const number = Number(value);
    return /^\d{1,15}$/.test(value) && number >= least && number <= most ? number : undefined;
  },
});

const UNITS: Record<string, number> = { '': 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** Bytes; the units are powers of 1,024. */
const size: Kind<number> = {
  words: 'size, such as 512KB, 20MB or 1GB',
  read: (value) => {
    const [, digits, unit] = /^(\d{1,12})\s*(KB|MB|GB|)$/i.exec(value) ?? [];
    const bytes = Number(digits) * (UNITS[unit?.toUpperCase() ?? ''] ?? Number.NaN);
    return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
  },
};

/** Below it DuckDB does not even open. */
const LEAST_REPORTS_MEMORY = 64 * 2 ** 20;

const reportsMemory: Kind<number> = {
  words: 'size of at least 64MB, such as 512MB or 1GB',
  read: (value) => {
    const bytes = size.read(value);
    return bytes !== undefined && bytes >= LEAST_REPORTS_MEMORY ? bytes : undefined;
  },
};

/** Node and the library take a third of it by themselves. */
const LEAST_SQL_MEMORY = 256 * 2 ** 20;

const sqlMemory: Kind<number> = {
  words: 'size of at least 256MB, such as 512MB or 1GB',
  read: (value) => {
    const bytes = size.read(value);
    return bytes !== undefined && bytes >= LEAST_SQL_MEMORY ? bytes : undefined;
  },
};

const oneOf = <const Name extends string>(...names: Name[]): Kind<Name> => ({
  words: `one of ${names.join(', ')}`,
  read: (value) => names.find((name) => name === value),
});

const someOf = <const Name extends string>(...names: Name[]): Kind<readonly Name[]> => ({
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

const trustedProxies: Kind<TrustedProxies> = {
  words: 'number of proxies, or their addresses and subnets, separated by commas',
  read: (value) => {
    if (/^[1-9]\d?$/.test(value)) return Number(value);
    const proxies = value.split(',').map((part) => part.trim());
    return proxies.every(isProxy) ? Object.freeze(proxies) : undefined;
  },
};

const storeAddress: Kind<string> = {
  words: 'sqlite, or a mongodb:// URL',
  read: (value) => (/^(sqlite$|mongodb(\+srv)?:\/\/.)/.test(value) ? value : undefined),
};

/** From a word in a token's claim to the scopes it gives. */
const scopeMap: Kind<Readonly<Record<string, readonly Scope[]>>> = {
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

const needed = <T>(variable: string, kind: Kind<T>, preset: string, description: string): Setting<T> => ({
  variable,
  kind,
  preset,
  description,
});

const optional = <T>(variable: string, kind: Kind<T>, description: string): Setting<T | undefined> => ({
  variable,
  kind,
  preset: undefined,
  description,
});

/** The table. README.md repeats it; test/config.test.ts compares the two. */
export const SETTINGS = {
  port: needed('PORT', wholeNumber(0, 65_535), '8080', 'Port to listen on; 0 takes any free one.'),
  host: needed('LIVRET_HOST', hostName, '127.0.0.1', 'Address to listen on; 0.0.0.0 lets other machines in.'),
  url: optional(
    'LIVRET_URL',
    siteAddress,
    'Public address, when a proxy stands in front; also names the authority of what Livret itself records. By default the address listened on.',
  ),
  tlsCert: optional(
    'LIVRET_TLS_CERT',
    file,
    'Certificate with its chain (PEM): with it and its key the server speaks TLS. Read again when it changes, and at SIGHUP.',
  ),
  tlsKey: optional('LIVRET_TLS_KEY', file, 'Private key of that certificate (PEM, not encrypted).'),
  trustProxy: optional(
    'LIVRET_TRUST_PROXY',
    trustedProxies,
    'Proxies whose X-Forwarded-… headers are believed: so many in front of the server, or those at these addresses (also loopback, linklocal, uniquelocal). Without it a client is who connects.',
  ),
  data: needed(
    'LIVRET_DATA',
    folder,
    './livret-data',
    'Folder that holds everything the server keeps; as written here it is looked for where the command is run.',
  ),
  store: needed(
    'LIVRET_STORE',
    storeAddress,
    'sqlite',
    'Where statements are kept: sqlite in the data folder, or a MongoDB replica set or sharded cluster.',
  ),
  key: optional(
    'LIVRET_KEY',
    text,
    'First key, holding every scope. Without it one is generated on the first start, unless there is a key already, and printed once.',
  ),
  secret: optional('LIVRET_SECRET', text, 'Secret of that key; best a long random one.'),
  xapiFallback: needed(
    'LIVRET_XAPI_FALLBACK',
    oneOf('1.0.3', '2.0.0'),
    '1.0.3',
    'Version assumed, and named in the answer, when a request names none; only the about resource serves such a request.',
  ),
  bodyLimit: needed('LIVRET_BODY_LIMIT', size, '20MB', 'Largest body of a request, attachments apart.'),
  batchLimit: needed('LIVRET_BATCH_LIMIT', wholeNumber(1, 100_000), '5000', 'Most statements in a request.'),
  attachmentLimit: needed('LIVRET_ATTACHMENT_LIMIT', size, '100MB', 'Largest attachment.'),
  multipartLimit: needed('LIVRET_MULTIPART_LIMIT', size, '500MB', 'Largest request with attachments.'),
  requestTimeout: needed(
    'LIVRET_REQUEST_TIMEOUT',
    wholeNumber(1, 86_400),
    '300',
    'Seconds that a client is given to send a whole request.',
  ),
  rateLimit: needed(
    'LIVRET_RATE_LIMIT',
    wholeNumber(0, 100_000_000),
    '0',
    'Requests a minute a key may make; 0 sets no limit.',
  ),
  pageSize: needed(
    'LIVRET_PAGE_SIZE',
    wholeNumber(1, 10_000),
    '100',
    'Statements in an answer when the request sets no limit.',
  ),
  pageLimit: needed(
    'LIVRET_PAGE_LIMIT',
    wholeNumber(1, 10_000),
    '1000',
    'Most statements in an answer, whatever the request asks for.',
  ),
  failedLogins: needed(
    'LIVRET_FAILED_LOGINS',
    wholeNumber(0, 100_000),
    '20',
    'Failed logins a minute for one name at one address; 0 sets no limit.',
  ),
  jwtKeys: optional(
    'LIVRET_JWT_JWKS',
    webAddress,
    'Address of the key set (JWKS) that bearer tokens are checked with; without it no token is accepted.',
  ),
  jwtIssuer: optional('LIVRET_JWT_ISSUER', webAddress, 'Issuer (iss) that bearer tokens must name.'),
  jwtAudience: optional('LIVRET_JWT_AUDIENCE', text, 'Audience (aud) that bearer tokens must name.'),
  jwtClaim: needed('LIVRET_JWT_CLAIM', text, 'scope', 'Claim of a token that says what its holder may do.'),
  jwtScopes: optional(
    'LIVRET_JWT_SCOPES',
    scopeMap,
    'What a word of that claim stands for. By default the names of the scopes stand for themselves.',
  ),
  sso: optional(
    'LIVRET_SSO',
    file,
    'Settings of single sign-on (JSON): the identity providers, and how what they send becomes people, directions and roles. Without it nobody logs in but by the link of `livret admin link`.',
  ),
  sessionIdle: needed(
    'LIVRET_SESSION_IDLE',
    wholeNumber(1, 1440),
    '60',
    'Minutes without a request after which somebody who logged in has to log in again.',
  ),
  sessionLength: needed(
    'LIVRET_SESSION_LENGTH',
    wholeNumber(1, 720),
    '10',
    'Hours after which one has to log in again in any case.',
  ),
  importKey: optional(
    'LIVRET_IMPORT_KEY',
    text,
    'Key that `livret import URL` shows to the other LRS; `--key` goes before it.',
  ),
  importSecret: optional(
    'LIVRET_IMPORT_SECRET',
    text,
    'Secret of that key: unlike `--secret`, no other user of the machine sees it.',
  ),
  timeZone: needed(
    'LIVRET_TIME_ZONE',
    timeZone,
    'Europe/Paris',
    'Civil time that pages write dates in, and that reports count days and hours in.',
  ),
  workingHours: needed(
    'LIVRET_WORKING_HOURS',
    workingHours,
    'Mon-Fri 08:00-19:00',
    'Hours that people work, in that civil time; reports tell them from other hours, and count delays in them.',
  ),
  holidays: needed(
    'LIVRET_HOLIDAYS',
    oneOf(...HOLIDAY_ZONES),
    'metropole',
    'Part of France whose public holidays are no working days.',
  ),
  places: optional(
    'LIVRET_PLACES',
    file,
    'Directions and sites (JSON) with another time zone, other holidays or other working hours, such as overseas préfectures.',
  ),
  stateMarks: needed(
    'LIVRET_STATE_MARKS',
    onOff,
    'off',
    'Whether pages carry the marks of the French State: Marianne, bloc-marque, favicon. On only where the State allows it.',
  ),
  ministry: optional(
    'LIVRET_MINISTRY',
    text,
    'Who runs the site, such as Ministère de l’Intérieur: in the header and the accessibility statement.',
  ),
  accessibility: needed(
    'LIVRET_ACCESSIBILITY',
    oneOf('none', 'partial', 'full'),
    'none',
    'Conformity with the RGAA that an audit of this site found, as every page states it. No audit is none.',
  ),
  contact: optional(
    'LIVRET_CONTACT',
    contact,
    'Where people write to when something does not work or is not accessible: on error pages, in the footer and in the accessibility statement.',
  ),
  period: needed(
    'LIVRET_PERIOD',
    oneOf('month', 'quarter', 'year'),
    'quarter',
    'Length of the periods that reports are published for.',
  ),
  publishDelay: needed(
    'LIVRET_PUBLISH_DELAY',
    wholeNumber(0, 366),
    '7',
    'Days after the end of a period until its figures are published by themselves.',
  ),
  kBehaviour: needed(
    'LIVRET_K_BEHAVIOUR',
    wholeNumber(2, 10_000),
    '11',
    'Fewest people a figure about behaviour may stand for.',
  ),
  kCompletion: needed(
    'LIVRET_K_COMPLETION',
    wholeNumber(2, 10_000),
    '5',
    'Fewest people a figure about completion may stand for.',
  ),
  sessionGap: needed(
    'LIVRET_SESSION_GAP',
    wholeNumber(1, 1440),
    '30',
    'Minutes without a statement after which the next one begins another session (θ).',
  ),
  moduleMinutes: needed(
    'LIVRET_MODULE_MINUTES',
    wholeNumber(1, 10_000),
    '60',
    'Minutes that a module should take; reports show time on task against it.',
  ),
  reportsMemory: needed('LIVRET_REPORTS_MEMORY', reportsMemory, '512MB', 'Memory the reports may use.'),
  sqlSeconds: needed('LIVRET_SQL_SECONDS', wholeNumber(1, 3600), '20', 'Seconds that a query in SQL is given.'),
  sqlMemory: needed(
    'LIVRET_SQL_MEMORY',
    sqlMemory,
    '512MB',
    'Memory that the process of a query in SQL is given, half of it for the database; two run at once.',
  ),
  roles: needed('LIVRET_ROLES', someOf('web', 'reports', 'jobs'), 'web,reports,jobs', 'What this process does.'),
  metricsPort: optional(
    'LIVRET_METRICS_PORT',
    wholeNumber(0, 65_535),
    'Port of its own for the metrics (Prometheus, GET /metrics); without it there are none. 0 takes any free one.',
  ),
  metricsHost: needed(
    'LIVRET_METRICS_HOST',
    hostName,
    '127.0.0.1',
    'Address the metrics are served at, in plain HTTP, to whoever can reach it.',
  ),
  stopDelay: needed(
    'LIVRET_STOP_DELAY',
    wholeNumber(0, 600),
    '0',
    'Seconds for which the server, told to stop, goes on serving while GET /ready says that it stops: for load balancers.',
  ),
  logLevel: needed(
    'LIVRET_LOG_LEVEL',
    oneOf('debug', 'info', 'warn', 'error', 'silent'),
    'info',
    'Least important lines that are logged.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

type Table = typeof SETTINGS;

/** The settings of this process. */
export type Config = { readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value> ? Value : never };

/** Reads the settings from the environment. Throws LivretError `config.invalid` with one sentence that names the variable. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  refuseUnknown(Object.keys(environment));
  const values = Object.entries(SETTINGS).map(([name, setting]) => [name, readSetting(setting, environment)]);
  const config: Config = Object.freeze(Object.fromEntries(values));
  refuseContradictions(config);
  return config;
}

function readSetting({ variable, kind, preset }: Setting<unknown>, environment: NodeJS.ProcessEnv): unknown {
  // A variable set to nothing is what a compose file leaves of one that was never given.
  const given = environment[variable]?.trim() || preset;
  if (given === undefined) return undefined;
  const value = kind.read(given);
  // The value itself stays out of the sentence: it might be a secret put into the wrong variable.
  if (value === undefined) throw invalid(`${variable} should be: ${kind.words}.`);
  return value;
}

function refuseUnknown(variables: readonly string[]): void {
  const known = Object.values(SETTINGS).map((setting) => setting.variable);
  const unknown = variables.find((variable) => variable.startsWith('LIVRET_') && !known.includes(variable as never));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  throw invalid(`There is no setting ${unknown}.${nearest === undefined ? '' : ` Is ${nearest} meant?`}`);
}

function refuseContradictions(config: Config): void {
  if ((config.key === undefined) !== (config.secret === undefined)) {
    throw invalid('LIVRET_KEY and LIVRET_SECRET go together: give both or neither.');
  }
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    throw invalid('LIVRET_TLS_CERT and LIVRET_TLS_KEY go together: give both or neither.');
  }
  if (config.key?.includes(':'))
    throw invalid('LIVRET_KEY may not contain a colon: Basic authentication splits there.');
  if (config.metricsPort === config.port && config.port !== 0) {
    throw invalid('LIVRET_METRICS_PORT should differ from PORT: what is measured is not for everybody.');
  }
  if (config.pageSize > config.pageLimit) throw invalid('LIVRET_PAGE_SIZE should not exceed LIVRET_PAGE_LIMIT.');
  const jwt = [config.jwtKeys, config.jwtIssuer, config.jwtAudience].filter((value) => value !== undefined);
  if (jwt.length % 3 !== 0) {
    throw invalid('LIVRET_JWT_JWKS, LIVRET_JWT_ISSUER and LIVRET_JWT_AUDIENCE go together: give all three or none.');
  }
}

const invalid = (detail: string): LivretError => new LivretError('config.invalid', { detail });
