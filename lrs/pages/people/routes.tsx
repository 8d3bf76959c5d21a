/** The pages of people. */
import type { Request, Response, Router } from 'express';
import { languageOf, sendPage } from '../../../web/index.ts';
import { type Action, permissionFor, reachingOf } from '../../access/index.ts';
import type { Directory, Person } from '../../directory/index.ts';
import { LivretError } from '../../errors.ts';
import type { Pages, PagesOptions } from '../pages.ts';
import { addActions } from './actions.ts';
import { PeopleList, WaitingList } from './list.tsx';
import { Candidates, Comparison } from './merging.tsx';
import { Placing } from './placing.tsx';
import { createPersonSender } from './send-person.tsx';
import { above, managesPeople, nameOf, requireReach } from './who.ts';
import { words } from './words.ts';

/** People a page, and of a list that is worked off. */
const PAGE = 50;
const WAITING = 100;
/** Records to compare with. */
const CANDIDATES = 20;

type OfPerson = Request<{ id: string }>;

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 300) : '');

/** GET /people and what is below it; the changes are in actions.ts. */
export function createPeoplePages(routes: Router, options: PagesOptions): Pages {
  const { access, directory } = options;
  const guard = (action: Action) => access.people.guard(action);
  const sendPerson = createPersonSender(directory);

  routes.get('/people', guard('person.list'), async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const now = Date.now();
    const { reach, directions: reached } = reachingOf(response);
    const tree = await directory.tree();
    const mine = reach === 'all' ? tree.directions() : tree.directions().filter((name) => reached.has(name));
    const wanted = text(request.query.direction);
    const chosen = mine.includes(wanted) ? wanted : undefined;
    const within = chosen === undefined ? (reach === 'all' ? undefined : [...reached]) : tree.below([chosen]);
    const q = text(request.query.q);
    const after = text(request.query.after);
    const page = await directory.search({
      text: q,
      limit: PAGE,
      at: now,
      ...(within && { directions: within }),
      ...(after !== '' && { after }),
    });
    const asked = q !== '' || chosen !== undefined || after !== '';
    const { title, lead } = words[lang];
    const list = { lang, page, directions: mine, chosen, asked, manages: managesPeople(response), now };
    sendPage(request, response, { title, lead, children: <PeopleList {...list} /> });
  });

  routes.get('/people/me', guard('person.read'), (_request: Request, response: Response) => {
    const { self } = reachingOf(response);
    // Who came by the link of the command line is nobody here.
    response.redirect(303, self === undefined ? '/people' : `/people/${self}`);
  });

  routes.get('/people/to-place', guard('person.manage'), async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const people = await directory.toPlace(WAITING + 1);
    const { title, lead } = words[lang].waiting;
    const children = <WaitingList lang={lang} people={people.slice(0, WAITING)} more={people.length > WAITING} />;
    sendPage(request, response, { title, lead, breadcrumb: above(lang), children });
  });

  routes.get('/people/:id', guard('person.read'), async (request: OfPerson, response: Response) => {
    const { id } = request.params;
    const person = await directory.person(id);
    if (!person) {
      await lead(directory, id, response);
      return;
    }
    await sendPerson(request, response, person);
  });

  routes.get('/people/:id/place', guard('person.manage'), async (request: OfPerson, response: Response) => {
    const lang = languageOf(request);
    const person = await requirePerson(directory, request.params.id);
    const say = words[lang].placing;
    const direction = text(request.query.direction) || undefined;
    const children = <Placing lang={lang} person={person} tree={await directory.tree()} direction={direction} />;
    const title = say.title(nameOf(person) ?? words[lang].nameless);
    sendPage(request, response, { title, lead: say.lead, breadcrumb: above(lang, person), children });
  });

  routes.get('/people/:id/merge', guard('person.manage'), async (request: OfPerson, response: Response) => {
    const lang = languageOf(request);
    const now = Date.now();
    const into = await requirePerson(directory, request.params.id);
    const { merging: say, nameless } = words[lang];
    const name = nameOf(into) ?? nameless;
    const other = text(request.query.with);
    const breadcrumb = above(lang, into);
    if (other !== '' && other !== into.id) {
      const from = await requirePerson(directory, other);
      const title = say.confirmTitle(nameOf(from) ?? nameless, name);
      const children = <Comparison lang={lang} into={into} from={from} now={now} />;
      sendPage(request, response, { title, breadcrumb, children });
      return;
    }
    const q = text(request.query.q);
    const page = q === '' ? undefined : await directory.search({ text: q, limit: CANDIDATES, at: now });
    const found = page?.people.filter(({ id }) => id !== into.id);
    const children = <Candidates lang={lang} person={into} found={found} now={now} />;
    sendPage(request, response, { title: say.title(name), lead: say.lead, breadcrumb, children });
  });

  return {
    permissions: [
      permissionFor('GET', '/people', 'person.list'),
      permissionFor('GET', '/people/me', 'person.read'),
      permissionFor('GET', '/people/to-place', 'person.manage'),
      permissionFor('GET', '/people/:id', 'person.read'),
      permissionFor('GET', '/people/:id/place', 'person.manage'),
      permissionFor('GET', '/people/:id/merge', 'person.manage'),
      ...addActions(routes, options, sendPerson),
    ],
    navigation: [
      item('/people', 'person.list', (say) => say),
      { ...item('/people/to-place', 'person.manage', (say) => say.waiting), administers: true },
      { ...item('/people/me', 'person.read', (say) => say.mine), personal: true },
    ],
  };
}

const item = (path: string, action: Action, of: (say: (typeof words)['fr']) => { title: string; summary: string }) => ({
  path,
  action,
  label: { fr: of(words.fr).title, en: of(words.en).title },
  description: { fr: of(words.fr).summary, en: of(words.en).summary },
});

async function requirePerson(directory: Directory, id: string): Promise<Person> {
  const person = await directory.person(id);
  if (!person) throw new LivretError('people.unknown');
  return person;
}

/** Who was merged into somebody else is found there, by whoever may see that one. */
async function lead(directory: Directory, id: string, response: Response): Promise<void> {
  const person = await requirePerson(directory, (await directory.leadsTo(id)) ?? '');
  requireReach(response, person, Date.now());
  response.redirect(303, `/people/${person.id}`);
}
