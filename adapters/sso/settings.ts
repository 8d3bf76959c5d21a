/** The file that LIVRET_SSO names: the identity providers, and how what they send becomes people, directions and roles. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Ajv, type ErrorObject, type JSONSchemaType } from 'ajv';
import { ROLES, type Role } from '../../lrs/directory/index.ts';
import { LivretError } from '../../lrs/index.ts';

/** Names of the attributes (SAML) or claims (OIDC) in which a provider sends what Livret wants to know. */
export interface AttributeNames {
  /** Stable and never given to somebody else: the RIO, say, or uid. Never the e-mail address. */
  identifier: string;
  familyName?: string;
  givenName?: string;
  mail?: string;
  direction?: string;
  service?: string;
  site?: string;
  roles?: string;
}

interface CommonSettings {
  /** Part of addresses: lower-case letters, digits, hyphens. */
  id: string;
  label: { fr: string; en: string };
  /** homePage of the accounts that statements name as their actors; the column `fournisseur` of an import. */
  homePage: string;
  attributes: AttributeNames;
  /** What the provider sends → direction of the directory; compared without regard to case and spaces at the ends. Without a table what is sent is looked for as it is. */
  directions?: Record<string, string>;
  /** What the provider sends → role. What is not in it grants nothing. */
  roles?: Record<string, Role>;
  /** Seconds by which its clock and ours may differ; 60. */
  clockSkew?: number;
}

export interface SamlSettings extends CommonSettings {
  protocol: 'saml';
  /** URL, or file beside the settings file. */
  metadata: string;
  /** Where the metadata describe several providers: the entityID meant. */
  entityId?: string;
  /** NameID format asked for; by default persistent. */
  nameIdFormat?: string;
  /** Takes logins that nobody asked for here, begun at the provider; false. */
  idpInitiated?: boolean;
  /** Refuses assertions that are not encrypted; false. */
  requireEncryption?: boolean;
  /** Takes SHA-1 signatures, from providers that cannot be changed; false. */
  allowSha1?: boolean;
}

export interface OidcSettings extends CommonSettings {
  protocol: 'oidc';
  issuer: string;
  clientId: string;
  /** File with the secret, beside the settings file; without it the client is public and PKCE alone protects the code. */
  clientSecretFile?: string;
  /** How the secret is shown: client_secret_basic, or client_secret_post. */
  clientAuthentication?: 'basic' | 'post';
  /** `openid` is always asked for. */
  scopes?: string[];
  /** Asked of ProConnect, for example: eidas1. */
  acrValues?: string;
}

export type ProviderSettings = SamlSettings | OidcSettings;

export interface SsoSettings {
  providers: readonly ProviderSettings[];
  /** Our own keys for SAML (PEM): to sign requests, and to read encrypted assertions. Without them a pair is made in the data folder. */
  saml?: { key: string; certificate: string; next?: { key: string; certificate: string } };
}

/** Everybody is an agent. */
const GRANTED = ROLES.filter((role) => role !== 'agent');

const text = { type: 'string', minLength: 1 } as const;
const optionalText = { ...text, nullable: true } as const;
const table = { type: 'object', additionalProperties: text, required: [], nullable: true } as const;

const common = {
  id: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$' },
  label: { type: 'object', properties: { fr: text, en: text }, required: ['fr', 'en'], additionalProperties: false },
  homePage: { type: 'string', pattern: '^https?://' },
  attributes: {
    type: 'object',
    properties: {
      identifier: text,
      ...{ familyName: optionalText, givenName: optionalText, mail: optionalText },
      ...{ direction: optionalText, service: optionalText, site: optionalText, roles: optionalText },
    },
    required: ['identifier'],
    additionalProperties: false,
  },
  directions: table,
  roles: { type: 'object', additionalProperties: { type: 'string', enum: GRANTED }, required: [], nullable: true },
  clockSkew: { type: 'integer', minimum: 0, maximum: 600, nullable: true },
} as const;

const required = ['id', 'label', 'homePage', 'attributes', 'protocol'] as const;
const keyPair = {
  type: 'object',
  properties: { key: text, certificate: text },
  required: ['key', 'certificate'],
  additionalProperties: false,
} as const;

const schema = {
  type: 'object',
  properties: {
    providers: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['protocol'],
        discriminator: { propertyName: 'protocol' },
        oneOf: [
          {
            properties: {
              ...common,
              protocol: { const: 'saml' },
              metadata: text,
              ...{ entityId: text, nameIdFormat: text },
              ...{
                idpInitiated: { type: 'boolean' },
                requireEncryption: { type: 'boolean' },
                allowSha1: { type: 'boolean' },
              },
            },
            required: [...required, 'metadata'],
            additionalProperties: false,
          },
          {
            properties: {
              ...common,
              protocol: { const: 'oidc' },
              issuer: { type: 'string', pattern: '^https?://' },
              clientId: text,
              clientSecretFile: text,
              clientAuthentication: { enum: ['basic', 'post'] },
              scopes: { type: 'array', items: text },
              acrValues: text,
            },
            required: [...required, 'issuer', 'clientId'],
            additionalProperties: false,
          },
        ],
      },
    },
    saml: {
      ...keyPair,
      properties: { ...keyPair.properties, next: keyPair },
    },
  },
  required: ['providers'],
  additionalProperties: false,
} as const;

const check = new Ajv({ discriminator: true, allowUnionTypes: true }).compile<SsoSettings>(
  schema as unknown as JSONSchemaType<SsoSettings>,
);

const invalid = (file: string, detail: string, cause?: unknown): LivretError =>
  new LivretError('config.invalid', { detail: `LIVRET_SSO ${file}: ${detail}`, cause });

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw invalid(file, 'it cannot be read.', cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    const position = Number(/position (\d+)/.exec((cause as Error).message)?.[1] ?? text.length);
    throw invalid(file, `it is not valid JSON, see line ${text.slice(0, position).split('\n').length}.`, cause);
  }
}

/** Where something is wrong, and what, in words. */
function faultOf(error: ErrorObject | undefined): string {
  const { keyword = '', instancePath = '', params = {}, message } = error ?? {};
  const where =
    instancePath
      .slice(1)
      .replace(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.') || 'the file';
  switch (keyword) {
    case 'additionalProperties':
      return `${where} has a setting "${params.additionalProperty}", and there is none of that name.`;
    case 'required':
      return `${where} lacks "${params.missingProperty}".`;
    case 'enum':
      return `${where} should be one of: ${params.allowedValues.join(', ')}.`;
    case 'const':
      return `${where} should be "${params.allowedValue}".`;
    case 'discriminator':
      return `${where} should have "protocol": "saml" or "oidc".`;
    case 'minItems':
      return `${where} should list at least one provider.`;
    case 'pattern':
      return `${where} should be ${where.endsWith('.id') ? 'lower-case letters, digits and hyphens, 32 at most' : 'an http(s) address'}.`;
    default:
      return `${where} ${message}.`;
  }
}

/** Reads and checks the file; paths in it become absolute. Rejects `config.invalid` with one sentence that says where. */
export async function readSsoSettings(file: string): Promise<SsoSettings> {
  const settings = await readJson(file);
  if (!check(settings)) throw invalid(file, faultOf(check.errors?.[0]));
  const ids = settings.providers.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw invalid(file, `two providers have the id ${twice}.`);
  return located(settings, dirname(file));
}

const isUrl = (text: string): boolean => /^https?:\/\//.test(text);

function located(settings: SsoSettings, folder: string): SsoSettings {
  const at = (path: string): string => resolve(folder, path);
  const pair = ({ key, certificate }: { key: string; certificate: string }) => ({
    key: at(key),
    certificate: at(certificate),
  });
  const providers = settings.providers.map((provider): ProviderSettings => {
    if (provider.protocol === 'saml') {
      return isUrl(provider.metadata) ? provider : { ...provider, metadata: at(provider.metadata) };
    }
    const { clientSecretFile } = provider;
    return clientSecretFile === undefined ? provider : { ...provider, clientSecretFile: at(clientSecretFile) };
  });
  const { saml } = settings;
  if (saml === undefined) return { providers };
  return { providers, saml: { ...pair(saml), ...(saml.next && { next: pair(saml.next) }) } };
}

/** Whether a provider can give somebody this role at login. */
export const sendsRole = ({ providers }: SsoSettings, role: Role): boolean =>
  providers.some(({ attributes, roles = {} }) => attributes.roles !== undefined && Object.values(roles).includes(role));
