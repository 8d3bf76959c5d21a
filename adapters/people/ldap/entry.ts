/** From an LDAP entry to the cells of a line about a person. */
import type { Entry } from 'ldapts';
import type { Role } from '../../../lrs/directory/index.ts';
import type { Cells, Column } from '../columns.ts';
import { comparable } from './comparable.ts';
import type { AttributeNames, LdapSettings } from './settings.ts';

/** By column, why it was left empty although it would be needed; without what says who it is about. */
export type Notes = Partial<Record<Column, string>>;

/** Which attribute fills which column. */
export const COLUMN_OF = {
  ...{ identifier: 'identifiant', familyName: 'nom', givenName: 'prenom', mail: 'courriel' },
  ...{ direction: 'direction', service: 'service', site: 'site', roles: 'roles', from: 'debut', to: 'fin' },
} as const satisfies Record<keyof AttributeNames, Column>;

/** RFC 4517, 3.3.13, to the minute at least. */
const GENERALIZED_TIME =
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?(?:[.,]\d+)?(?<zone>Z|[+-]\d\d(?:\d\d)?)$/;

/** Gives a function that reads entries: the cells of a line, and notes about those that stayed empty. */
export function entryReader({ homePage, attributes, directions, roles }: LdapSettings) {
  const directionOf = directions && tableOf(directions);
  const roleOf = tableOf(roles);

  return (entry: Entry): { cells: Cells; notes: Notes } => {
    const notes: Notes = {};
    const values = (name: keyof AttributeNames): readonly string[] => {
      const all = valuesOf(entry, attributes[name]);
      const texts = all.filter((value) => typeof value === 'string');
      if (texts.length < all.length) notes[COLUMN_OF[name]] = 'is not text';
      // A line of the file is one line.
      return texts.map((value) => value.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()).filter((value) => value !== '');
    };
    const first = (name: keyof AttributeNames): string => values(name)[0] ?? '';
    const only = (name: keyof AttributeNames, found: readonly string[]): string => {
      const [value = '', ...more] = new Set(found);
      if (value === '') notes[COLUMN_OF[name]] ??= 'is missing';
      if (more.length > 0) notes[COLUMN_OF[name]] = 'has several values';
      return more.length > 0 ? '' : value;
    };
    const direction = (): string => {
      const found = values('direction');
      if (directionOf === undefined || found.length === 0) return only('direction', found);
      const known = found.flatMap((value) => directionOf(value) ?? []);
      if (known.length === 0) notes.direction = `is not in the table of directions: ${found.map(quoted).join(', ')}`;
      return known.length === 0 ? '' : only('direction', known);
    };

    const cells: Cells = {
      identifiant: only('identifier', values('identifier')),
      fournisseur: homePage,
      nom: first('familyName'),
      prenom: first('givenName'),
      courriel: first('mail'),
      direction: direction(),
      service: first('service'),
      site: first('site'),
      // Unknown ones are most often other people's groups.
      roles: [...new Set(values('roles').flatMap((value): Role[] => roleOf(value) ?? []))].join('|'),
      debut: dated(first('from')),
      fin: dated(first('to')),
    };
    return { cells, notes };
  };
}

const quoted = (value: string): string => JSON.stringify(value.slice(0, 80));

/** Looks values up without regard to case, spaces and escapes; what is found is in a list of one. */
function tableOf<T>(table: Readonly<Record<string, T>>): (value: string) => [T] | undefined {
  const found = new Map(Object.entries(table).map(([value, meaning]) => [comparable(value), [meaning] as [T]]));
  return (value) => found.get(comparable(value));
}

/** Names of attributes are the same in any case. */
function valuesOf(entry: Entry, name: string | undefined): readonly (string | Buffer)[] {
  const key = Object.keys(entry).find((each) => each.toLowerCase() === name?.toLowerCase());
  const value = key === undefined ? [] : entry[key];
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** An instant as a file of people has it; any other text as it is. */
function dated(value: string): string {
  const { year, month, day, hour, minute, second = '00', zone = 'Z' } = GENERALIZED_TIME.exec(value)?.groups ?? {};
  if (year === undefined) return value;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
}
