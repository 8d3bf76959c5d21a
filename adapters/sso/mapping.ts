/** From what a provider sent to what Livret makes of it. Pure; nothing is guessed and nothing granted that the settings do not name. */
import { ROLES, type Role } from '../../lrs/directory/index.ts';
import { agentKey, LivretError } from '../../lrs/index.ts';
import type { Arrival } from './provider.ts';
import type { AttributeNames, ProviderSettings } from './settings.ts';

/** A place as somebody writes it. */
export interface SentPlace {
  direction?: string;
  service?: string;
  site?: string;
}

/** Who arrives, as the directory wants it. */
export interface Mapped {
  /** Agent key of the account that statements name. */
  identifier: string;
  familyName?: string;
  givenName?: string;
  email?: string;
  /** What was sent, as it was. */
  sent: SentPlace;
  /** Where that is in the directory; undefined where the provider sent no direction, or one that is not known here. */
  placed?: SentPlace & { direction: string };
  /** What the settings grant, for this session. */
  roles: Role[];
}

/** A value longer than this is none that people have. */
const LONGEST = 500;

const refused = (detail: string): LivretError => new LivretError('sso.refused', { detail });

const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const folded = (text: string): string => tidy(text).toLowerCase();

/** Case and spaces do not count. */
const lookUp = <T>(table: Readonly<Record<string, T>> | undefined, sent: string): T | undefined =>
  Object.entries(table ?? {}).find(([name]) => folded(name) === folded(sent))?.[1];

/** `known` are the directions of the directory. Throws `sso.refused` where nobody can be told by what was sent. */
export function mapArrival({ attributes }: Arrival, settings: ProviderSettings, known: readonly string[]): Mapped {
  const read = (which: keyof AttributeNames): string | undefined => {
    const name = settings.attributes[which];
    const values = name === undefined ? [] : (attributes[name] ?? []).map(tidy).filter(Boolean);
    return values[0]?.slice(0, LONGEST);
  };
  const sent = given({ direction: read('direction'), service: read('service'), site: read('site') });
  const direction = sent.direction === undefined ? undefined : placeOf(sent.direction, settings, known);
  return {
    identifier: identifierOf(attributes, settings),
    ...given({ familyName: read('familyName'), givenName: read('givenName'), email: read('mail') }),
    sent,
    ...(direction !== undefined && { placed: { ...sent, direction } }),
    roles: rolesOf(attributes, settings),
  };
}

/** Exactly one value: of two that differ, either could be somebody else's. */
function identifierOf(attributes: Arrival['attributes'], { attributes: names, homePage }: ProviderSettings): string {
  const values = new Set((attributes[names.identifier] ?? []).map((value) => value.trim()).filter(Boolean));
  const [name] = values;
  if (name === undefined) throw refused(`It sent no attribute "${names.identifier}", which says who somebody is.`);
  if (values.size > 1) throw refused(`It sent several values of "${names.identifier}".`);
  if (name.length > LONGEST) throw refused(`The value of "${names.identifier}" is too long.`);
  const key = agentKey({ objectType: 'Agent', account: { homePage, name } });
  if (key === undefined) throw refused(`The value of "${names.identifier}" makes no account.`);
  return key;
}

/** The direction that a table names, or without one the direction of that very name. */
function placeOf(sent: string, { directions }: ProviderSettings, known: readonly string[]): string | undefined {
  const wanted = directions === undefined ? sent : lookUp(directions, sent);
  return wanted === undefined ? undefined : known.find((name) => folded(name) === folded(wanted));
}

function rolesOf(attributes: Arrival['attributes'], { attributes: names, roles }: ProviderSettings): Role[] {
  const sent = names.roles === undefined ? [] : (attributes[names.roles] ?? []);
  const granted = new Set(sent.map((value) => lookUp(roles, value)));
  return ROLES.filter((role) => role !== 'agent' && granted.has(role));
}

const given = <K extends string>(values: Record<K, string | undefined>): Partial<Record<K, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Record<K, string>>;
