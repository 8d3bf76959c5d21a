/** Packages as the API and the command line give them. */
import type { Json } from '../web/index.ts';
import type { CataloguedPackage, ShownPackage } from './catalogue/catalogue.ts';
import type { Course } from './course.ts';

export type JsonObject = { [key: string]: Json };

/** A package in a list. */
export function summaryJson({ id, imported, title, ...summary }: CataloguedPackage): JsonObject {
  return { id, ...summary, title: { ...title }, imported: new Date(imported).toISOString() };
}

/** A package with the structure of its course. The names of its files are for the player, not for readers. */
export function packageJson({ summary, structure }: ShownPackage): JsonObject {
  return { ...summaryJson(summary), structure: structureJson(structure) };
}

/** Without the entitlement keys: what a publisher sold to this site is between the two and the unit. */
function structureJson(structure: Course): Json {
  return JSON.parse(JSON.stringify(structure, (key, value) => (key === 'entitlementKey' ? undefined : value)));
}
