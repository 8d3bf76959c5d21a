/** From what a provider sent to what Livret makes of it. Pure; nothing is guessed and nothing granted that the settings do not name. */
import { oneSpelling, ROLES, type Role, type Tree, type Unit, unitIdOf } from '../../lrs/directory/index.ts';
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

/** What of the directory's tree is looked at. */
export type KnownUnits = Pick<Tree, 'directions' | 'children'>;

/** A value longer than this is none that people have. */
const LONGEST = 500;

const refused = (detail: string): LivretError => new LivretError('sso.refused', { detail });

const folded = (text: string): string => oneSpelling(text).toLowerCase();

/** Case and spaces do not count. */
const lookUp = <T>(table: Readonly<Record<string, T>> | undefined, sent: string): T | undefined =>
  Object.entries(table ?? {}).find(([name]) => folded(name) === folded(sent))?.[1];

/** `tree` is that of the directory. Throws `sso.refused` where nobody can be told by what was sent. */
export function mapArrival({ attributes }: Arrival, settings: ProviderSettings, tree: KnownUnits): Mapped {
  const read = (which: keyof AttributeNames): string | undefined => {
    const name = settings.attributes[which];
    const values = name === undefined ? [] : (attributes[name] ?? []).map(oneSpelling).filter(Boolean);
    return values[0]?.slice(0, LONGEST);
  };
  const sent = given({ direction: read('direction'), service: read('service'), site: read('site') });
  const placed = placedBy(sent, settings, tree);
  return {
    identifier: identifierOf(attributes, settings),
    ...given({ familyName: read('familyName'), givenName: read('givenName'), email: read('mail') }),
    sent,
    ...(placed && { placed }),
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

/** That very name, else the only one that is the same but for case; of several, none: which is meant would be a guess. */
function spelledAs(wanted: string, names: readonly string[]): string | undefined {
  const exact = names.find((name) => oneSpelling(name) === oneSpelling(wanted));
  if (exact !== undefined) return exact;
  const [only, ...more] = names.filter((name) => folded(name) === folded(wanted));
  return more.length === 0 ? only : undefined;
}

/**
 * The direction that a table names, or without one the direction of that name. A service and a site are spelled as the
 * directory spells them; those that it does not have stay as they were sent.
 */
function placedBy(
  { direction: sent, service, site }: SentPlace,
  { directions }: ProviderSettings,
  tree: KnownUnits,
): Mapped['placed'] {
  const wanted = sent === undefined || directions === undefined ? sent : lookUp(directions, sent);
  const direction = wanted === undefined ? undefined : spelledAs(wanted, tree.directions());
  if (direction === undefined) return undefined;
  const place: NonNullable<Mapped['placed']> = { direction };
  const named = (kind: Unit['kind'], name: string): string => {
    const beside = tree.children(unitIdOf(place)).filter((unit) => unit.kind === kind);
    return (
      spelledAs(
        name,
        beside.map((unit) => unit.name),
      ) ?? name
    );
  };
  if (service !== undefined) place.service = named('service', service);
  if (site !== undefined) place.site = named('site', site);
  return place;
}

function rolesOf(attributes: Arrival['attributes'], { attributes: names, roles }: ProviderSettings): Role[] {
  const sent = names.roles === undefined ? [] : (attributes[names.roles] ?? []);
  const granted = new Set(sent.map((value) => lookUp(roles, value)));
  return ROLES.filter((role) => role !== 'agent' && granted.has(role));
}

const given = <K extends string>(values: Record<K, string | undefined>): Partial<Record<K, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Record<K, string>>;
