/** The settings file of an LDAP import: which server, which entries of it, and what their attributes mean. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { ROLES, type Role } from '../../../lrs/directory/index.ts';
import { LivretError } from '../../../lrs/index.ts';
import { readFilter } from './filter.ts';

/** Names of the LDAP attributes that hold what Livret wants to know of a person. */
export interface AttributeNames {
  /** Stable and never given to somebody else: what statements and the SSO name the person by. Never the e-mail address. */
  identifier: string;
  familyName?: string;
  givenName?: string;
  mail?: string;
  direction: string;
  service?: string;
  site?: string;
  roles?: string;
  /** First and last day in the direction, as GeneralizedTime or as in a file of people. */
  from?: string;
  to?: string;
}

export interface LdapSettings {
  /** ldap:// or ldaps:// URLs of servers with the same contents: the first that can be used is. */
  urls: readonly string[];
  /** Encrypts an ldap:// connection before anything is said on it. */
  startTls: boolean;
  /** Certificates (PEM) to trust instead of those that Node.js does. */
  ca?: string;
  /** Whether a connection to another machine may go without encryption. */
  allowUnencrypted: boolean;
  /** Without it nobody in particular asks. */
  bind?: { dn: string; password: string };
  base: string;
  scope: 'sub' | 'one';
  filter: string;
  /** Entries that are asked for at once. */
  pageSize: number;
  /** ms that connecting, and each answer, may take. */
  timeout: number;
  /** homePage of the accounts that statements name as their actors: the column `fournisseur` of a file of people. */
  homePage: string;
  attributes: AttributeNames;
  /** What an entry has → direction. Without a table directions are called as in the entries. */
  directions?: Readonly<Record<string, string>>;
  /** What an entry has → role; what is not in it grants nothing. */
  roles: Readonly<Record<string, Role>>;
}

/** The file itself; see README. */
interface SettingsFile {
  url: string | string[];
  startTls?: boolean;
  caFile?: string;
  allowUnencrypted?: boolean;
  bind?: { dn: string; passwordFile?: string; passwordVariable?: string };
  base: string;
  scope?: 'sub' | 'one';
  filter?: string;
  pageSize?: number;
  timeoutSeconds?: number;
  homePage: string;
  attributes: AttributeNames;
  directions?: Record<string, string>;
  roles?: Record<string, Role>;
}

const text = { type: 'string', minLength: 1 } as const;
const url = { type: 'string', pattern: '^ldaps?://[^/?#@]+/?$' } as const;
/** RFC 4512, keystring or numericoid, without options: one name, one attribute. */
const attribute = { type: 'string', pattern: '^([A-Za-z][A-Za-z0-9-]*|[0-9]+(\\.[0-9]+)+)$' } as const;

const schema = {
  type: 'object',
  properties: {
    url: { anyOf: [url, { type: 'array', minItems: 1, items: url }] },
    startTls: { type: 'boolean' },
    caFile: text,
    allowUnencrypted: { type: 'boolean' },
    bind: {
      type: 'object',
      properties: {
        dn: text,
        passwordFile: text,
        // Livret refuses variables LIVRET_… that are not among its settings.
        passwordVariable: { type: 'string', pattern: '^(?!LIVRET_)[A-Za-z_][A-Za-z0-9_]*$' },
      },
      required: ['dn'],
      oneOf: [{ required: ['passwordFile'] }, { required: ['passwordVariable'] }],
      additionalProperties: false,
    },
    base: text,
    scope: { enum: ['sub', 'one'] },
    filter: text,
    pageSize: { type: 'integer', minimum: 1, maximum: 10_000 },
    timeoutSeconds: { type: 'integer', minimum: 1, maximum: 3_600 },
    homePage: { type: 'string', pattern: '^https?://' },
    attributes: {
      type: 'object',
      properties: {
        ...{ identifier: attribute, familyName: attribute, givenName: attribute, mail: attribute },
        ...{
          direction: attribute,
          service: attribute,
          site: attribute,
          roles: attribute,
          from: attribute,
          to: attribute,
        },
      },
      required: ['identifier', 'direction'],
      additionalProperties: false,
    },
    directions: { type: 'object', additionalProperties: text },
    roles: { type: 'object', additionalProperties: { enum: ROLES } },
  },
  required: ['url', 'base', 'homePage', 'attributes'],
  additionalProperties: false,
} as const;

const check = new Ajv({ allowUnionTypes: true }).compile<SettingsFile>(schema);

/** Reads and checks the file; paths in it are beside it. Rejects `config.invalid` with one sentence that says where. */
export async function readLdapSettings(path: string, environment: NodeJS.ProcessEnv): Promise<LdapSettings> {
  const invalid = (detail: string, cause?: unknown): LivretError =>
    new LivretError('config.invalid', { detail: `${path}: ${detail}`, cause });
  const beside = async (file: string): Promise<string> => {
    const found = resolve(dirname(path), file);
    return readFile(found, 'utf8').catch((cause: unknown) => {
      throw invalid(`${found} cannot be read.`, cause);
    });
  };

  const file = parse(await readFile(path, 'utf8'));
  if (file === undefined) throw invalid('it is not JSON.');
  if (!check(file)) {
    const [first] = check.errors ?? [];
    throw invalid(
      `${first?.instancePath || '/'} ${first?.message ?? 'is wrong'} ${JSON.stringify(first?.params ?? {})}.`,
    );
  }
  const { url, startTls = false, allowUnencrypted = false } = file;
  const urls = typeof url === 'string' ? [url] : url;
  const inClear = urls.find((each) => !startTls && !allowUnencrypted && !isEncrypted(each) && !isHere(each));
  if (inClear !== undefined) {
    throw invalid(`${inClear} would be asked in clear: use ldaps://, startTls, or allowUnencrypted if it has to be.`);
  }
  if (startTls && urls.some(isEncrypted)) throw invalid('/startTls is for ldap:// URLs.');
  const filter = readFilter(file.filter ?? '(objectClass=person)');
  if (filter === undefined) throw invalid('/filter is not an LDAP filter (RFC 4515).');
  const password = file.bind && (await passwordOf(file.bind, { environment, beside }));
  // RFC 4513, 5.1.2: "Clients SHOULD disallow an empty password input": servers take it as nobody in particular.
  if (password === '') throw invalid('/bind: the password is empty.');
  return {
    urls,
    startTls,
    ...(file.caFile !== undefined && { ca: await beside(file.caFile) }),
    allowUnencrypted,
    ...(file.bind && password !== undefined && { bind: { dn: file.bind.dn, password } }),
    base: file.base,
    scope: file.scope ?? 'sub',
    filter,
    pageSize: file.pageSize ?? 500,
    timeout: (file.timeoutSeconds ?? 30) * 1_000,
    homePage: file.homePage,
    attributes: file.attributes,
    ...(file.directions && { directions: file.directions }),
    roles: file.roles ?? {},
  };
}

interface Sources {
  environment: NodeJS.ProcessEnv;
  beside(file: string): Promise<string>;
}

/** '' where a variable is not set; the line's end of a file is not part of a password. */
async function passwordOf(
  { passwordFile, passwordVariable = '' }: NonNullable<SettingsFile['bind']>,
  { environment, beside }: Sources,
): Promise<string> {
  if (passwordFile === undefined) return environment[passwordVariable] ?? '';
  return (await beside(passwordFile)).replace(/\r?\n$/, '');
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const isEncrypted = (url: string): boolean => url.startsWith('ldaps:');

/** Whether a server is on this machine, by its address alone. */
const isHere = (url: string): boolean => /^ldaps?:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?\/?$/.test(url);
