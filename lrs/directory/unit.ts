/** Directions, services and sites: what the organisation is made of. */
import { hash } from 'node:crypto';
import type { CollectionSpec } from '../store/store.ts';
import type { Place } from './membership.ts';

export type UnitKind = 'direction' | 'service' | 'site';

/** What may stand below a unit of each kind, what is added most often first. */
export const KINDS_BELOW: Readonly<Record<UnitKind, readonly UnitKind[]>> = {
  direction: ['service', 'site', 'direction'],
  service: ['site'],
  site: [],
};

export interface Unit {
  /** Made of its names: the same in every process and every import. */
  id: string;
  kind: UnitKind;
  name: string;
  /** Id of the unit just above: a direction above a direction or a service, a service (or its direction) above a site. */
  parent?: string;
  /** Name of the direction that it is or lies in. */
  direction: string;
}

export const UNITS: CollectionSpec<Unit> = { name: 'units', indexes: {} };

const idOf = (...names: string[]): string => hash('sha256', JSON.stringify(names), 'hex').slice(0, 32);

export const directionId = (name: string): string => idOf('direction', name);

/** The units of a place, from the direction down; the last one is where the person is. */
export function unitsOf({ direction, service, site }: Place): Unit[] {
  const units: Unit[] = [{ id: directionId(direction), kind: 'direction', name: direction, direction }];
  for (const [kind, name] of [['service', service] as const, ['site', site] as const]) {
    const above = units.at(-1);
    if (name === undefined || above === undefined) continue;
    units.push({ id: idOf(kind, above.id, name), kind, name, parent: above.id, direction });
  }
  return units;
}

/** The unit that a place is. */
export const unitIdOf = (place: Place): string => unitsOf(place).at(-1)?.id ?? directionId(place.direction);

/** A place as it is read, from the direction down; empty where nothing is known of it. */
export const placeText = ({ direction, service, site }: Partial<Place> = {}): string =>
  [direction, service, site].filter(Boolean).join(' / ');
