/** What administrators change of a person: each form leads back to the page of the person, or says there what is wrong. */
import type { Request, Response, Router } from 'express';
import type { Permission } from '../../../web/index.ts';
import { actorOf, permissionFor, type Sessions } from '../../access/index.ts';
import {
  type Act,
  type Directory,
  isAddress,
  type Person,
  type Place,
  ROLES,
  type Role,
} from '../../directory/index.ts';
import { LivretError } from '../../errors.ts';
import type { PagesOptions } from '../pages.ts';
import { type Refused, typed } from '../refused.tsx';
import { EVERYWHERE } from './everywhere.ts';
import { typedIdentifier } from './identifier.ts';
import type { Done } from './words.ts';

type Body = Record<string, unknown>;

/** A form that cannot be carried out: the page says why. */
class FormProblem extends Error {
  readonly problem: string;

  constructor(problem: string) {
    super(problem);
    this.problem = problem;
  }
}

/** Gives the page again whose form was refused. */
export type SendRefused = (request: Request, response: Response, person: Person, refused: Refused) => Promise<void>;

/** What is changed. */
interface Changed {
  directory: Directory;
  sessions: Sessions;
}

interface Action {
  /** As the page calls the form. */
  form: string;
  /** Fields that problems are about. */
  fields?: Record<string, string>;
  done: Done;
  /** For the log. */
  what: string;
  /** Carries it out; gives what the log tells beside the person's id. */
  run(on: Changed, id: string, body: Body, act: Act): Promise<Record<string, string | undefined>>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function roleOf(body: Body): { role: Role; direction?: string } {
  const role = ROLES.find((each) => each === body.role);
  if (role === undefined) throw new FormProblem('role');
  const direction = text(body.direction);
  return { role, ...(direction !== EVERYWHERE && { direction }) };
}

async function placeOf(directory: Directory, unitId: string): Promise<Place> {
  const path = (await directory.tree()).path(unitId);
  const unit = path.at(-1);
  if (!unit) throw new FormProblem('direction.unknown');
  const service = path.find(({ kind }) => kind === 'service')?.name;
  const site = path.find(({ kind }) => kind === 'site')?.name;
  return { direction: unit.direction, ...(service !== undefined && { service }), ...(site !== undefined && { site }) };
}

const ACTIONS: Record<string, Action> = {
  '/people/:id/place': {
    form: 'place',
    fields: { 'direction.unknown': 'unit' },
    done: 'placed',
    what: 'a person was placed',
    async run({ directory }, id, body, act) {
      await directory.place(id, await placeOf(directory, text(body.unit)), act);
      return {};
    },
  },
  '/people/:id/roles': {
    form: 'roles',
    fields: { role: 'role', 'direction.unknown': 'direction', 'people.administrator': 'direction' },
    done: 'granted',
    what: 'a role was granted',
    async run({ directory }, id, body, act) {
      const role = roleOf(body);
      await directory.grant(id, role, act);
      return { role: role.role };
    },
  },
  '/people/:id/roles/revoke': {
    form: 'revoke',
    done: 'revoked',
    what: 'a role was revoked',
    async run({ directory }, id, body, act) {
      const role = roleOf(body);
      await directory.revoke(id, role, act);
      return { role: role.role };
    },
  },
  '/people/:id/identifiers': {
    form: 'identifiers',
    fields: { identifier: 'value', homePage: 'homePage', 'people.identity': 'value' },
    done: 'added',
    what: 'an identifier was added',
    async run({ directory }, id, body, act) {
      const given = { kind: text(body.kind), value: text(body.value), homePage: text(body.homePage) };
      if (given.kind === 'account' && !isAddress(given.homePage)) throw new FormProblem('homePage');
      const key = typedIdentifier(given);
      if (key === undefined) throw new FormProblem('identifier');
      await directory.addIdentifier(id, key, act);
      return {};
    },
  },
  '/people/:id/identifiers/remove': {
    form: 'remove',
    done: 'removed',
    what: 'an identifier was removed',
    async run({ directory }, id, body, act) {
      await directory.removeIdentifier(id, text(body.identifier), act);
      return {};
    },
  },
  '/people/:id/merge': {
    form: 'merge',
    done: 'merged',
    what: 'two people were merged',
    async run({ directory, sessions }, id, body, act) {
      const { from } = await directory.merge(id, text(body.with), act);
      // Or they would count again once it is undone.
      await sessions.endOfPerson(from);
      return { from };
    },
  },
  '/people/:id/unmerge': {
    form: 'unmerge',
    done: 'unmerged',
    what: 'a merge was undone',
    async run({ directory }, id, body, act) {
      const { from } = await directory.unmerge({ id: text(body.merge), into: id }, act);
      return { from };
    },
  },
};

const ACTION = 'person.manage';

/** Adds the routes; gives their permissions. */
export function addActions(
  routes: Router,
  { access, directory, tell }: PagesOptions,
  sendRefused: SendRefused,
): Permission[] {
  const changed = { directory, sessions: access.people.sessions };
  for (const [path, { form, fields = {}, done, what, run }] of Object.entries(ACTIONS)) {
    routes.post(path, access.people.guard(ACTION), async (request: Request<{ id: string }>, response: Response) => {
      const { id } = request.params;
      const person = await directory.person(id);
      if (!person) throw new LivretError('people.unknown');
      const act = { by: actorOf(response), at: Date.now() };
      try {
        tell(what, { person: id, by: act.by, ...(await run(changed, id, request.body, act)) });
        response.redirect(303, `/people/${id}?done=${done}`);
      } catch (error) {
        const problem = problemOf(error);
        const refused = { form, problem, field: fields[problem], values: typed(request.body) };
        await sendRefused(request, response, await stillThere(directory, person), refused);
      }
    });
  }
  return Object.keys(ACTIONS).map((path) => permissionFor('POST', path, ACTION));
}

/** Why the page says it was refused; what is no refusal of this kind goes on its way. */
function problemOf(error: unknown): string {
  if (error instanceof FormProblem) return error.problem;
  if (error instanceof LivretError && error.status < 500) return error.code;
  throw error;
}

const stillThere = async (directory: Directory, before: Person): Promise<Person> =>
  (await directory.person(before.id)) ?? before;
