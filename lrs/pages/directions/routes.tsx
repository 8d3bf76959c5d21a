/** The pages of directions, services and sites. */
import type { Request, Response, Router } from 'express';
import { languageOf, sendPage } from '../../../web/index.ts';
import { type Action, actorOf, permissionFor, reachingOf, reachOf, visitorOf } from '../../access/index.ts';
import type { UnitKind } from '../../directory/index.ts';
import { hasCode, LivretError } from '../../errors.ts';
import type { Pages, PagesOptions } from '../pages.ts';
import { type Refused, typed } from '../refused.tsx';
import { AddDirection, Answer, Forest, UnitPage } from './pages.tsx';
import { forestOf, isReached } from './view.ts';
import { words } from './words.ts';

const KINDS: readonly UnitKind[] = ['direction', 'service', 'site'];

type OfUnit = Request<{ id: string }>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const doneOf = (value: unknown): 'added' | 'moved' | undefined =>
  value === 'added' || value === 'moved' ? value : undefined;

const REFUSALS = ['direction.exists', 'direction.name', 'direction.parent', 'direction.unknown'] as const;

/** Fields of the form for a new direction that a refusal is about; the others are about its name. */
const FIELDS: Record<string, string> = { 'direction.parent': 'parent', 'direction.unknown': 'parent' };

/** Whether an action is theirs; a key that reaches these pages may do everything. */
function mayDo(response: Response, action: Action): boolean {
  const visitor = visitorOf(response);
  return visitor === undefined || reachOf(visitor.roles, action) !== undefined;
}

/** GET /directions, /directions/:id; POST /directions, /directions/:id/parent. */
export function createDirectionPages(routes: Router, { access, directory, tell }: PagesOptions): Pages {
  const { people } = access;

  async function sendForest(request: Request, response: Response, refused?: Refused): Promise<void> {
    const lang = languageOf(request);
    const [tree, census] = await Promise.all([directory.tree(), directory.census()]);
    const { title, lead } = words[lang];
    const done = doneOf(request.query.done);
    const children = (
      <>
        <Answer lang={lang} {...(done && { done })} {...(refused && { refused })} />
        <Forest lang={lang} branches={forestOf(tree, census, reachingOf(response))} at={census.at} />
        {mayDo(response, 'direction.manage') && <AddDirection lang={lang} tree={tree} {...(refused && { refused })} />}
      </>
    );
    sendPage(request, response, { status: refused === undefined ? 200 : 422, title, lead, children });
  }

  async function sendUnit(request: Request, response: Response, id: string, refused?: Refused): Promise<void> {
    const lang = languageOf(request);
    const [tree, census] = await Promise.all([directory.tree(), directory.census()]);
    const reaching = reachingOf(response);
    const unit = tree.unit(id);
    if (!unit || !isReached(reaching, unit)) throw new LivretError('direction.unknown');
    const page = {
      ...{ lang, unit, tree, census },
      children: tree.children(id).filter((each) => isReached(reaching, each)),
      lists: mayDo(response, 'person.list'),
      manages: mayDo(response, 'direction.manage'),
    };
    const done = doneOf(request.query.done);
    const children = (
      <>
        <Answer lang={lang} {...(done && { done })} {...(refused && { refused })} />
        <UnitPage {...page} {...(refused && { refused })} />
      </>
    );
    const path = tree.path(id).slice(0, -1);
    const breadcrumb = [
      { href: '/directions', label: words[lang].title },
      ...path
        .filter((each) => isReached(reaching, each))
        .map((each) => ({ href: `/directions/${each.id}`, label: each.name })),
    ];
    sendPage(request, response, { status: refused === undefined ? 200 : 422, title: unit.name, breadcrumb, children });
  }

  routes.get('/directions', people.guard('direction.read'), (request: Request, response: Response) =>
    sendForest(request, response),
  );

  routes.get('/directions/:id', people.guard('direction.read'), (request: OfUnit, response: Response) =>
    sendUnit(request, response, request.params.id),
  );

  routes.post('/directions', people.guard('direction.manage'), async (request: Request, response: Response) => {
    const kind = KINDS.find((each) => each === request.body.kind) ?? 'direction';
    const parent = text(request.body.parent);
    try {
      await directory.addUnit({ kind, name: text(request.body.name), ...(parent !== '' && { parent }) });
    } catch (error) {
      if (!(error instanceof LivretError && hasCode(error, ...REFUSALS))) throw error;
      // The form stands on the page of a unit, where that is above the new one, or on that of all of them.
      const at = text(request.body.at);
      const form = { form: 'add', problem: error.code, values: typed(request.body) };
      if ((await directory.tree()).has(at)) await sendUnit(request, response, at, { ...form, field: 'name' });
      else await sendForest(request, response, { ...form, field: FIELDS[error.code] ?? 'name' });
      return;
    }
    tell('a unit was added', { kind, parent: parent || undefined, by: actorOf(response) });
    response.redirect(
      303,
      `${parent === '' || kind === 'direction' ? '/directions' : `/directions/${parent}`}?done=added`,
    );
  });

  routes.post(
    '/directions/:id/parent',
    people.guard('direction.manage'),
    async (request: OfUnit, response: Response) => {
      const { id } = request.params;
      const parent = text(request.body.parent);
      try {
        await directory.setParent(id, parent === '' ? undefined : parent);
      } catch (error) {
        if (!(error instanceof LivretError && hasCode(error, ...REFUSALS))) throw error;
        if (!(await directory.tree()).has(id)) throw error;
        const refused = { form: 'parent', problem: error.code, field: 'parent', values: typed(request.body) };
        await sendUnit(request, response, id, refused);
        return;
      }
      tell('a direction was moved in the tree', { direction: id, parent: parent || undefined, by: actorOf(response) });
      response.redirect(303, `/directions/${id}?done=moved`);
    },
  );

  return {
    permissions: [
      permissionFor('GET', '/directions', 'direction.read'),
      permissionFor('GET', '/directions/:id', 'direction.read'),
      permissionFor('POST', '/directions', 'direction.manage'),
      permissionFor('POST', '/directions/:id/parent', 'direction.manage'),
    ],
    navigation: [
      {
        path: '/directions',
        label: { fr: words.fr.title, en: words.en.title },
        description: { fr: words.fr.summary, en: words.en.summary },
        action: 'direction.read',
      },
    ],
  };
}
