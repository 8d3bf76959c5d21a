/** /reports/digests: subscribing, changing and stopping, for oneself. */
import type { NextFunction, Request, Response, Router } from 'express';
import { type PeopleAccess, permissionFor, type Store, type Versioned, visitorOf } from '../../lrs/index.ts';
import {
  EmptyState,
  type FieldError,
  languageOf,
  linkFrom,
  type Permission,
  sendPage,
  type Tell,
} from '../../web/index.ts';
import { type Ground, sourcesOf } from '../all-collected.ts';
import { mayOpen } from '../may-open.ts';
import { Sections } from '../pages/frame/sections.tsx';
import { seenBy } from '../seen-by.ts';
import { requireSelf, selfOf } from '../self.ts';
import { PAGE } from './compose.ts';
import { dueAt } from './due.ts';
import { type Filled, filledIn, readChoice } from './form.ts';
import { NewestPeriods } from './newest.ts';
import { DigestsPage, List } from './page.tsx';
import { readsByLogin } from './reader.ts';
import {
  addSubscription,
  type Choice,
  changeSubscription,
  endSubscription,
  MOST,
  SECTIONS,
  type Subscription,
  subscriptionsOf,
} from './subscription.ts';
import { words } from './words.ts';

const ACTION = 'digest.subscribe';
/** Also of who may not subscribe any more. */
const STOP = 'digest.stop';

export const pagePermissions: Permission[] = [
  permissionFor('GET', PAGE, STOP),
  permissionFor('POST', PAGE, ACTION),
  permissionFor('POST', `${PAGE}/stop`, STOP),
];

export interface DigestRoutes {
  access: Pick<PeopleAccess, 'guard'>;
  store: Store;
  ground: Ground;
  timeZone: string;
  contact: string | undefined;
  /** Whether the site sends mail. */
  mails: boolean;
  tell: Tell;
  now(): number;
}

export function addPageRoutes(routes: Router, options: DigestRoutes): void {
  const { access, store, tell } = options;
  const guard = access.guard(ACTION);

  routes.get(
    PAGE,
    access.guard(STOP),
    async function showOwn(request: Request, response: Response, next: NextFunction) {
      if (mayOpen(response)(ACTION)) {
        next();
        return;
      }
      const lang = languageOf(request);
      const { title, none, noRole } = words[lang];
      const subscriptions = await subscriptionsOf(store, requireSelf(response));
      sendPage(request, response, {
        title,
        ...(subscriptions.length > 0 && { lead: noRole }),
        children:
          subscriptions.length > 0 ? (
            <List {...{ lang, subscriptions, mails: options.mails }} published mayChange={false} />
          ) : (
            <EmptyState title={none.title}>{noRole}</EmptyState>
          ),
      });
    },
  );

  routes.get(PAGE, guard, async function showDigests(request: Request, response: Response) {
    const lang = languageOf(request);
    if (selfOf(response) === undefined) {
      const { title, lead, link } = words[lang];
      sendPage(request, response, {
        title,
        lead,
        menu: '/reports',
        children: (
          <>
            <Sections here={PAGE} may={mayOpen(response)} />
            <EmptyState title={link.title}>{link.sentence}</EmptyState>
          </>
        ),
      });
      return;
    }
    const own = await subscriptionsOf(store, requireSelf(response));
    const changed = own.find(({ id }) => id === request.query.change);
    const filled: Filled = changed
      ? { direction: '', ...changed.value }
      : { lang, frequency: 'publication', sections: SECTIONS, direction: '' };
    await sendForm(options, request, response, own, { filled, errors: [], changing: changed?.id });
  });

  routes.post(PAGE, guard, async function subscribe(request: Request, response: Response) {
    const lang = languageOf(request);
    const person = requireSelf(response);
    const own = await subscriptionsOf(store, person);
    const filled = filledIn(request.body);
    const { id } = request.body;
    const changed = own.find((each) => each.id === id);
    if (id !== undefined && !changed) {
      // Stopped meanwhile: nothing is there to be changed, and nothing is begun that nobody asked for.
      response.redirect(303, linkFrom(request, PAGE));
      return;
    }
    /** Why it could not be done. */
    const done = async (chosen: Choice): Promise<FieldError[]> => {
      if (changed) await change(options, changed.id, chosen);
      else if ((await add(options, response, chosen)) === undefined) {
        return [{ field: 'frequency', message: words[lang].errors.tooMany(MOST) }];
      }
      return [];
    };
    const choice = readChoice(filled, await directionsFor(options, response), lang);
    const errors = Array.isArray(choice) ? choice : await done(choice);
    if (errors.length > 0) {
      await sendForm(options, request, response, own, { filled, errors, changing: changed?.id });
      return;
    }
    tell(changed ? 'a subscription to digests was changed' : 'somebody has subscribed to digests', { person });
    response.redirect(303, linkFrom(request, PAGE));
  });

  routes.post(`${PAGE}/stop`, access.guard(STOP), async function stopOwn(request: Request, response: Response) {
    const person = requireSelf(response);
    const own = await subscriptionsOf(store, person);
    const found = own.find(({ id }) => id === request.body.id);
    if (found) {
      await endSubscription(store, found.id);
      tell('a subscription to digests was stopped', { subscription: found.id, person });
    }
    response.redirect(303, linkFrom(request, PAGE));
  });
}

type Row = Versioned<Subscription>;

async function directionsFor({ ground }: DigestRoutes, response: Response): Promise<readonly string[]> {
  return sourcesOf(ground, (asked) => ground.reports.read(asked), seenBy(response)).directions();
}

interface FormState {
  filled: Filled;
  errors: readonly FieldError[];
  changing: string | undefined;
}

async function sendForm(
  options: DigestRoutes,
  request: Request,
  response: Response,
  subscriptions: readonly Row[],
  form: FormState,
): Promise<void> {
  const lang = languageOf(request);
  const { title, lead } = words[lang];
  const visitor = visitorOf(response);
  const newest = await new NewestPeriods(options.ground.reports).of(SECTIONS);
  const children = (
    <DigestsPage
      {...{ lang, subscriptions, ...form, contact: options.contact, mails: options.mails }}
      email={visitor?.person?.email}
      published={newest !== undefined}
      directions={await directionsFor(options, response)}
      byLogin={visitor?.person !== undefined && readsByLogin(visitor.person, options.now())}
    />
  );
  sendPage(request, response, {
    status: form.errors.length > 0 ? 422 : 200,
    ...{ title, lead, menu: '/reports' },
    children: (
      <>
        <Sections here={PAGE} may={mayOpen(response)} />
        {children}
      </>
    ),
  });
}

/** Gives its id; undefined where there are as many as there may be. */
const add = ({ store, now }: DigestRoutes, response: Response, choice: Choice): Promise<string | undefined> =>
  addSubscription(store, { ...choice, person: requireSelf(response), created: now() });

/** What it is due for anew is what comes next, and not at once what was due before. */
async function change({ store, ground, timeZone, now }: DigestRoutes, id: string, choice: Choice): Promise<void> {
  const newest = await new NewestPeriods(ground.reports).of(choice.sections);
  // A period that is settling has not been sent to anybody: its mail is what comes next.
  const done = dueAt(choice.frequency, newest, now(), timeZone) ?? '';
  await changeSubscription(store, id, ({ direction: _direction, ...before }) => {
    if (before.frequency === choice.frequency) return { ...before, ...choice };
    const { attempt: _attempt, ...rest } = before;
    return { ...rest, ...choice, done: before.done === '' ? '' : done };
  });
}
