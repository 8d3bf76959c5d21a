/** The way out that every digest carries: it needs no login, and ends one subscription. */
import type { Request, Response, Router } from 'express';
import type { Store } from '../../lrs/index.ts';
import { languageOf, type Permission, sendPage, type Tell } from '../../web/index.ts';
import { STOP_PAGE } from './compose.ts';
import { endSubscription, subscriptionOfLink } from './subscription.ts';
import { words } from './words.ts';

export const stopPermissions: Permission[] = [
  { method: 'GET', path: STOP_PAGE, anyOf: 'public' },
  { method: 'POST', path: STOP_PAGE, anyOf: 'public' },
];

const tokenOf = ({ query }: Request): string => (typeof query.token === 'string' ? query.token : '');

/**
 * GET asks, since programs follow links; POST ends, and answers 200 at once, with no body needed: a press in a program that
 * reads mail (RFC 8058) comes without cookie and from no page of ours, and so does this form. The token is what lets it.
 */
export function addStopRoutes(routes: Router, { store, tell }: { store: Store; tell: Tell }): void {
  routes.get(STOP_PAGE, async function askToStop(request: Request, response: Response) {
    const say = words[languageOf(request)].stopPage;
    const found = await subscriptionOfLink(store, tokenOf(request));
    if (!found) sendPage(request, response, { title: say.gone, lead: say.goneLead });
    else {
      sendPage(request, response, {
        title: say.title,
        lead: say.lead,
        children: (
          <form method="post" action={request.originalUrl}>
            <button class="fr-btn" type="submit">
              {say.confirm}
            </button>
          </form>
        ),
      });
    }
  });

  routes.post(STOP_PAGE, async function stop(request: Request, response: Response) {
    const say = words[languageOf(request)].stopPage;
    const found = await subscriptionOfLink(store, tokenOf(request));
    if (found) {
      await endSubscription(store, found.id);
      tell('a subscription to digests was stopped by its link', { subscription: found.id });
    }
    const [title, lead] = found ? [say.done, say.doneLead] : [say.gone, say.goneLead];
    sendPage(request, response, { title, lead });
  });
}
