/** Every setting of Livret: one table, read once from the environment into one frozen, validated object. */
import { nearestName } from './cli/nearest-name.ts';
import {
  contact,
  file,
  folder,
  hostName,
  type Kind,
  mailbox,
  oneOf,
  onOff,
  reportsMemory,
  scopeMap,
  siteAddress,
  size,
  smtpAddress,
  someOf,
  sqlMemory,
  storeAddress,
  text,
  timeZone,
  trustedProxies,
  webAddress,
  wholeNumber,
  workingHours,
} from './cli/setting-kinds.ts';
import { LivretError } from './lrs/index.ts';
import { HOLIDAY_ZONES } from './reporting/calendar/index.ts';

/** One line of the table. */
export interface Setting<T> {
  /** Name of the environment variable. */
  variable: string;
  kind: Kind<T>;
  /** As it would be written in the environment; undefined when the setting is off unless given. */
  preset: string | undefined;
  description: string;
}

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
  smtp: optional(
    'LIVRET_SMTP_URL',
    smtpAddress,
    'Mail server that digests go out by, with user and password, such as smtp://user:password@mail.example.org:587; smtps:// speaks TLS from the start. Without it no mail is sent.',
  ),
  smtpTls: optional(
    'LIVRET_SMTP_TLS',
    oneOf('required', 'optional'),
    'Whether the mail server must speak TLS, with a certificate that is trusted. It must unless it is on this machine; optional is for a network that one trusts.',
  ),
  mailFrom: optional('LIVRET_MAIL_FROM', mailbox, 'Sender of that mail, such as Livret <livret@example.org>.'),
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
  if ((config.smtp === undefined) !== (config.mailFrom === undefined)) {
    throw invalid('LIVRET_SMTP_URL and LIVRET_MAIL_FROM go together: give both or neither.');
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
