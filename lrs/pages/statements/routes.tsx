/** The statement explorer, for who may read statements: a list, of one person and registration if asked for, and one by one. */
import type { Request, Response, Router } from 'express';
import { languageOf, sendPage } from '../../../web/index.ts';
import { actorOf, permissionFor } from '../../access/index.ts';
import type { Person } from '../../directory/index.ts';
import { LivretError } from '../../errors.ts';
import { readParameters, refuse } from '../../http/parameters.ts';
import { type Store, type StoredStatement, storedAt } from '../../store/store.ts';
import { isUuid, parseTimestamp } from '../../xapi/index.ts';
import type { Statement } from '../../xapi/types.ts';
import type { Pages, PagesOptions } from '../pages.ts';
import { nameOf } from '../people/who.ts';
import { words as peopleWords } from '../people/words.ts';
import { findStatements } from './find.ts';
import { OneStatement, type Shown, StatementList } from './pages.tsx';
import { words } from './words.ts';

const ACTION = 'statement.read';
const LIST = '/statements';
const ONE = '/statements/:id';

/** Any other, or one that comes twice, is refused: it would show more than what was meant. */
const PARAMETERS = ['person', 'registration', 'after', 'lang'];

/** Statements a page. */
const PAGE = 50;

interface Asked {
  person: Person | undefined;
  registration: string | undefined;
  after: number | undefined;
}

/** GET /statements and /statements/:id. */
export function createStatementPages(routes: Router, { access, directory, store, tell }: PagesOptions): Pages {
  const guard = access.people.guard(ACTION);

  async function askedOf(url: string): Promise<Asked> {
    const given = readParameters(url, PARAMETERS);
    const text = (name: string): string | undefined => given.get(name) || undefined;
    const [id, registration, after] = [text('person'), text('registration'), text('after')];
    const person = id === undefined ? undefined : await directory.person(id);
    if (id !== undefined && person === undefined) throw new LivretError('people.unknown');
    if (registration !== undefined && !isUuid(registration)) throw refuse('registration', 'is no UUID.');
    if (after !== undefined && !/^\d{1,16}$/.test(after)) throw refuse('after', 'is no place in the list.');
    return {
      person,
      registration: registration?.toLowerCase(),
      after: after === undefined ? undefined : Number(after),
    };
  }

  routes.get(LIST, guard, async function listStatements(request: Request, response: Response) {
    const lang = languageOf(request);
    const { person, registration, after } = await askedOf(request.originalUrl);
    const where = { ...(registration !== undefined && { registration }), ...(after !== undefined && { after }) };
    // With its hour, of people by name: who looks is known.
    tell('statements were read', { ...(person && { person: person.id }), ...where, by: actorOf(response) });
    const { statements, next } = await findStatements(store, {
      limit: PAGE,
      ...(person && { agents: person.identifiers }),
      ...where,
    });
    const shown = await Promise.all(statements.map((each) => shownOf(store, each)));
    const say = words[lang];
    const name = person && (nameOf(person) ?? peopleWords[lang].nameless);
    sendPage(request, response, {
      title: name === undefined ? say.title : say.of(name),
      lead: say.lead,
      ...(name !== undefined && { breadcrumb: [{ href: LIST, label: say.title }] }),
      children: <StatementList {...{ lang, shown, next, registration }} ofPerson={person !== undefined} />,
    });
  });

  routes.get(ONE, guard, async function showStatement(request: Request<{ id: string }>, response: Response) {
    const lang = languageOf(request);
    const id = request.params.id.toLowerCase();
    const format = readParameters(request.originalUrl, ['format', 'lang']).get('format');
    if (format && format !== 'json') throw refuse('format', 'is json, or not given.');
    const stored = isUuid(id) ? await store.statements.get(id) : undefined;
    if (stored === undefined) throw new LivretError('statement.notFound');
    tell('a statement was read', { statement: id, by: actorOf(response) });
    if (format) {
      response.set({
        'Cache-Control': 'private, no-store',
        'Content-Disposition': `attachment; filename="${id}.json"`,
      });
      response.type('json').send(Buffer.from(stored.text));
      return;
    }
    const shown = await shownOf(store, stored);
    const say = words[lang];
    sendPage(request, response, {
      title: `${say.one} ${id.slice(0, 8)}`,
      breadcrumb: [{ href: LIST, label: say.title }],
      children: (
        <OneStatement
          {...{ lang, shown, voided: stored.voided, stored: storedAt(stored.position) }}
          text={Buffer.from(stored.text).toString()}
        />
      ),
    });
  });

  return {
    permissions: [permissionFor('GET', LIST, ACTION), permissionFor('GET', ONE, ACTION)],
    navigation: [
      {
        path: LIST,
        action: ACTION,
        label: { fr: words.fr.title, en: words.en.title },
        description: { fr: words.fr.summary, en: words.en.summary },
      },
    ],
  };
}

async function shownOf({ activities }: Pick<Store, 'activities'>, stored: StoredStatement): Promise<Shown> {
  const statement = JSON.parse(Buffer.from(stored.text).toString()) as Statement;
  const { object } = statement;
  const isActivity = object.objectType === undefined || object.objectType === 'Activity';
  const definition = isActivity && 'id' in object ? await activities.definition(object.id) : undefined;
  // By the rules of either version: each takes forms that the other one, and Date.parse, do not.
  const { timestamp = '' } = statement;
  const at = parseTimestamp(timestamp, '1.0.3') ?? parseTimestamp(timestamp, '2.0.0');
  return { id: stored.id, statement, at, names: definition?.name ?? {} };
}
