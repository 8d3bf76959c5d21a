/** Who may do what: the one table, role × action → how far. Every page asks it, by guard.ts; nothing else decides. */
import type { Role } from '../../directory/index.ts';
import type { Scope } from '../principal.ts';

/**
 * How far an action reaches: to oneself, to the directions that a role is bound to with all that is below them, or to
 * everybody.
 */
export type Reach = 'own' | 'direction' | 'all';

export interface Right {
  /** A role that is not named has no such right. */
  roles: Partial<Record<Role, Reach>>;
  /** Scope with which a key may do it as well, everywhere; without it no key may. */
  scope?: Scope;
}

const EVERYBODY = { agent: 'own', tutor: 'own', correspondent: 'own', analyst: 'own', administrator: 'own' } as const;
const EVERYBODY_ALL = {
  agent: 'all',
  tutor: 'all',
  correspondent: 'all',
  analyst: 'all',
  administrator: 'all',
} as const;
const ADMINISTRATOR = { administrator: 'all' } as const;

/** What can be done, and by whom. Names are noun.verb. */
export const RIGHTS = {
  /** Home, and leaving. */
  'session.use': { roles: EVERYBODY },
  'package.read': { roles: EVERYBODY_ALL, scope: 'packages/read' },
  /** Figures about groups: published cells only, so that they give nobody away whoever reads them. */
  'report.read': {
    roles: { correspondent: 'direction', analyst: 'direction', administrator: 'all' },
    scope: 'reports/read',
  },
  /** Having such figures sent by mail: by whoever may read them, to themselves; no key has a mailbox. */
  'digest.subscribe': { roles: { correspondent: 'direction', analyst: 'direction', administrator: 'all' } },
  /** Seeing what one has subscribed to, and stopping it: also when the role that it took is gone. */
  'digest.stop': { roles: EVERYBODY },
  /** All that the reports know of oneself. Of oneself only, whatever the role, and never with a key. */
  'learning.read': { roles: EVERYBODY },
  /**
   * Who is enrolled, done and late, by name: training correspondents alone need that. Tutors are called by people, analysts
   * work on figures, and an administrator who needs it is made a correspondent, which leaves a trace.
   */
  'progress.read': { roles: { correspondent: 'direction' } },
  /** SQL over the same figures, and files of them. */
  'sql.cells': { roles: { analyst: 'direction', administrator: 'all' }, scope: 'reports/read' },
  /** SQL over rows of people under pseudonyms, and files of them: outside the promise of published cells, so each use is noted. */
  'sql.rows': { roles: ADMINISTRATOR },
  /** One person: who, where, when. */
  'person.read': { roles: { ...EVERYBODY, tutor: 'direction', correspondent: 'direction', administrator: 'all' } },
  /** The list of people, and searching it. */
  'person.list': { roles: { tutor: 'direction', correspondent: 'direction', administrator: 'all' } },
  /** Placing, merging and unmerging, granting roles, importing. */
  'person.manage': { roles: ADMINISTRATOR },
  /** The tree of directions, services and sites, with how many belong to each. */
  'direction.read': {
    roles: { tutor: 'direction', correspondent: 'direction', analyst: 'direction', administrator: 'all' },
  },
  'direction.manage': { roles: ADMINISTRATOR },
  /** What people did, statement by statement, with its hour: administrators alone, who can make themselves a key for it too. */
  'statement.read': { roles: ADMINISTRATOR },
  'key.manage': { roles: ADMINISTRATOR },
  'sso.read': { roles: ADMINISTRATOR },
  'system.read': { roles: ADMINISTRATOR },
} as const satisfies Record<string, Right>;

export type Action = keyof typeof RIGHTS;

/** A role as somebody holds it now; without a direction it holds everywhere. */
export interface HeldRole {
  role: Role;
  direction?: string;
}

/** What an action reaches for somebody: `directions` as the roles name them, empty unless `reach` is 'direction'. */
export interface Reached {
  reach: Reach;
  directions: readonly string[];
}

const rightOf = (action: Action): Right => RIGHTS[action];

/** The scope that opens an action to a key. */
export const scopeOf = (action: Action): Scope | undefined => rightOf(action).scope;

/** How far an action reaches for whoever holds these roles; undefined where it is not theirs. Everybody is an agent. */
export function reachOf(held: readonly HeldRole[], action: Action): Reached | undefined {
  const { roles } = rightOf(action);
  const reaches = [{ role: 'agent' as const }, ...held].map((each: HeldRole) => ({ ...each, reach: roles[each.role] }));
  const bound = reaches.filter(({ reach }) => reach === 'direction');
  if (reaches.some(({ reach }) => reach === 'all') || bound.some(({ direction }) => direction === undefined)) {
    return { reach: 'all', directions: [] };
  }
  if (bound.length > 0) {
    return { reach: 'direction', directions: [...new Set(bound.flatMap(({ direction }) => direction ?? []))] };
  }
  return reaches.some(({ reach }) => reach === 'own') ? { reach: 'own', directions: [] } : undefined;
}
