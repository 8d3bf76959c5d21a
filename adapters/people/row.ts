/** From the cells of one line to what the directory is told about a person. */
import {
  addDays,
  fold,
  isAddress,
  isEmail,
  type Membership,
  oneSpelling,
  type PersonRecord,
  ROLES,
  type Role,
  startOfDay,
} from '../../lrs/directory/index.ts';
import { agentKey } from '../../lrs/index.ts';
import type { Cells, Column } from './columns.ts';

/** What is wrong with a line, without quoting what says who it is about. */
export interface Problem {
  column: Column | null;
  problem: string;
}

/** A line that can be imported. */
export interface Row {
  agentKey: string;
  record: PersonRecord & { membership: Membership };
}

/** A cell longer than this is a mistake, a shifted quote for example. */
const LONGEST_CELL = 500;

const FRENCH_ROLES: Record<string, Role> = {
  tuteur: 'tutor',
  correspondant: 'correspondent',
  analyste: 'analyst',
  administrateur: 'administrator',
};

const ISO_DAY = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/;
const FRENCH_DAY = /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/;
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** A day as YYYY-MM-DD, or undefined where there is no such day (31/02). */
function dayOf(cell: string): string | undefined {
  const { year, month, day } = (ISO_DAY.exec(cell) ?? FRENCH_DAY.exec(cell))?.groups ?? {};
  const written = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : undefined;
}

/** The instant a date means; `daysLater` is 1 for last days, which are meant to their end. NaN where it is not a date. */
function instantOf(cell: string, daysLater: 0 | 1, timeZone: string): number {
  if (ISO_INSTANT.test(cell)) return Date.parse(cell);
  const day = dayOf(cell);
  return day ? startOfDay(addDays(day, daysLater), timeZone) : Number.NaN;
}

function rolesOf(cell: string): { roles: Role[]; unknown: string[] } {
  const names = cell
    .split(/[,|]/)
    .map(fold)
    .filter(Boolean)
    .map((name) => FRENCH_ROLES[name] ?? name);
  const unknown = names.filter((name) => !(ROLES as readonly string[]).includes(name));
  const roles = ROLES.filter((role) => names.includes(role));
  return { roles: roles.length > 0 ? roles : ['agent'], unknown };
}

/** Checks the cells one by one, so that all that is wrong with a line is told at once. */
function problemsOf(cells: Cells, timeZone: string): Problem[] {
  const problems: Problem[] = [];
  const check = (good: boolean, column: Column, problem: string): void => {
    if (!good) problems.push({ column, problem });
  };
  check(cells.identifiant !== '', 'identifiant', 'is empty');
  check(cells.fournisseur !== '', 'fournisseur', 'is empty');
  check(cells.fournisseur === '' || isAddress(cells.fournisseur), 'fournisseur', 'is not an absolute URL');
  check(cells.direction !== '', 'direction', 'is empty');
  check(cells.courriel === '' || isEmail(cells.courriel), 'courriel', 'is not an e-mail address');
  const { unknown } = rolesOf(cells.roles);
  check(unknown.length === 0, 'roles', `has an unknown role: ${unknown.join(', ').slice(0, 80)}`);
  for (const column of ['debut', 'fin'] as const) {
    const good = cells[column] === '' || !Number.isNaN(instantOf(cells[column], 0, timeZone));
    check(good, column, 'is not a date (YYYY-MM-DD or DD/MM/YYYY)');
  }
  for (const [column, cell] of Object.entries(cells) as [Column, string][]) {
    check(cell.length <= LONGEST_CELL, column, `is longer than ${LONGEST_CELL} characters`);
  }
  return problems;
}

/** Only what is filled in: an empty cell says nothing about a name, and no service or site about a place. */
const filled = <K extends string>(values: Record<K, string>): Partial<Record<K, string>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as Partial<Record<K, string>>;

function membershipOf(cells: Cells, timeZone: string): Membership {
  return {
    direction: oneSpelling(cells.direction),
    ...filled({ service: oneSpelling(cells.service), site: oneSpelling(cells.site) }),
    ...(cells.debut === '' ? {} : { from: instantOf(cells.debut, 0, timeZone) }),
    ...(cells.fin === '' ? {} : { to: instantOf(cells.fin, 1, timeZone) }),
    roles: rolesOf(cells.roles).roles,
  };
}

/** Whose line this is, as far as it says; undefined where nobody can tell. */
export function accountOf({ fournisseur, identifiant }: Cells): string | undefined {
  if (fournisseur === '' || identifiant === '') return undefined;
  return agentKey({ objectType: 'Agent', account: { homePage: fournisseur, name: identifiant } });
}

/**
 * Reads one line. `fournisseur` and `identifiant` are homePage and name of the xAPI account; `debut` and `fin` are the
 * first and last day in the site's time zone (or instants, with an offset); no role means agent.
 */
export function readRow(cells: Cells, timeZone: string): Row | { problems: Problem[] } {
  const problems = problemsOf(cells, timeZone);
  const key = accountOf(cells);
  if (problems.length > 0 || key === undefined) return { problems };
  const names = filled({
    familyName: oneSpelling(cells.nom),
    givenName: oneSpelling(cells.prenom),
    email: cells.courriel,
  });
  return { agentKey: key, record: { identifiers: [key], ...names, membership: membershipOf(cells, timeZone) } };
}
