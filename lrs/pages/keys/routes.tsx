/** The keys of content players and programs, for administrators. */
import type { Request, Response, Router } from 'express';
import { type FieldError, type Language, languageOf, sendPage } from '../../../web/index.ts';
import { actorOf, type NewKey, permissionFor, SCOPES, type Scope } from '../../access/index.ts';
import { addDays, startOfDay } from '../../directory/index.ts';
import { LivretError } from '../../errors.ts';
import type { Pages, PagesOptions } from '../pages.ts';
import { FIRST_SCOPE, type KeyForm, KeyList, MadeKey, NewKeyForm, RevokeKey } from './pages.tsx';
import { words } from './words.ts';

const ACTION = 'key.manage';

type OfKey = Request<{ key: string }>;

/** GET /keys, /keys/new, /keys/:key (asks before it revokes); POST /keys, /keys/:key/revoke. */
export function createKeyPages(routes: Router, { access, siteUrl, timeZone, tell }: PagesOptions): Pages {
  const guard = access.people.guard(ACTION);
  const { keys } = access;

  const sendForm = (request: Request, response: Response, form: KeyForm): void => {
    const lang = languageOf(request);
    const status = form.errors.length > 0 ? 422 : 200;
    sendPage(request, response, {
      status,
      title: words[lang].form.title,
      breadcrumb: above(lang),
      children: <NewKeyForm lang={lang} {...form} />,
    });
  };

  routes.get('/keys', guard, async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const { title, lead } = words[lang];
    const children = <KeyList lang={lang} keys={await keys.list()} now={Date.now()} />;
    sendPage(request, response, { title, lead, children });
  });

  routes.get('/keys/new', guard, (request: Request, response: Response) => {
    sendForm(request, response, { label: '', scopes: ['statements/write'], expires: '', errors: [] });
  });

  routes.post('/keys', guard, async (request: Request, response: Response) => {
    const lang = languageOf(request);
    const form = readForm(request.body, lang, timeZone);
    if ('errors' in form) {
      sendForm(request, response, form);
      return;
    }
    const pair = await keys.add(form.wanted);
    tell('a key was made', { key: pair.key, by: actorOf(response) });
    const children = <MadeKey lang={lang} pair={pair} siteUrl={siteUrl} />;
    sendPage(request, response.set('Cache-Control', 'no-store'), {
      title: form.wanted.label,
      breadcrumb: above(lang),
      children,
    });
  });

  routes.get('/keys/:key', guard, async (request: OfKey, response: Response) => {
    const lang = languageOf(request);
    const shown = (await keys.list()).find(({ key }) => key === request.params.key);
    if (shown === undefined || shown.revoked !== undefined) throw new LivretError('key.notFound');
    const { revokeTitle, revokeLead } = words[lang];
    const children = <RevokeKey lang={lang} shown={shown} />;
    sendPage(request, response, {
      title: revokeTitle(shown.label),
      lead: revokeLead,
      breadcrumb: above(lang),
      children,
    });
  });

  routes.post('/keys/:key/revoke', guard, async (request: OfKey, response: Response) => {
    const { key } = await keys.revoke(request.params.key);
    tell('a key was revoked', { key, by: actorOf(response) });
    response.redirect(303, '/keys');
  });

  return {
    permissions: [
      permissionFor('GET', '/keys', ACTION),
      permissionFor('GET', '/keys/new', ACTION),
      permissionFor('POST', '/keys', ACTION),
      permissionFor('GET', '/keys/:key', ACTION),
      permissionFor('POST', '/keys/:key/revoke', ACTION),
    ],
    navigation: [
      {
        path: '/keys',
        label: { fr: words.fr.title, en: words.en.title },
        description: { fr: words.fr.summary, en: words.en.summary },
        action: ACTION,
        administers: true,
      },
    ],
  };
}

const above = (lang: Language) => [{ href: '/keys', label: words[lang].title }];

/** Values of a form, which may be missing, given once or several times. */
const list = (value: unknown): string[] => [value].flat().filter((each): each is string => typeof each === 'string');

/** What is asked for, or the form again with what is wrong with it. */
function readForm(body: Record<string, unknown>, lang: Language, timeZone: string): KeyForm | { wanted: NewKey } {
  const [label = ''] = list(body.label);
  const [expires = ''] = list(body.expires);
  const scopes = list(body.scope);
  const known = scopes.filter((scope): scope is Scope => (SCOPES as readonly string[]).includes(scope));
  const say = words[lang].errors;
  const errors: FieldError[] = [];
  if (label.trim() === '' || label.trim().length > 200) errors.push({ field: 'label', message: say.label });
  if (known.length === 0 || known.length < scopes.length) errors.push({ field: FIRST_SCOPE, message: say.scopes });
  const end = endOf(expires, timeZone);
  if (expires !== '' && !(end > Date.now())) errors.push({ field: 'expires', message: say.expires });
  if (errors.length > 0) return { label, scopes, expires, errors };
  return { wanted: { label: label.trim(), scopes: known, ...(expires !== '' && { expires: end }) } };
}

/** The instant after a day, which is meant to its end; NaN where it is none. */
function endOf(day: string, timeZone: string): number {
  // A day that there is not, such as 31 February, is read as another.
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return Number.NaN;
  return startOfDay(addDays(day, 1), timeZone);
}
