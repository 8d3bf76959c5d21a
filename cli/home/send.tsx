/** GET /: the home page. */
import type { Request, Response } from 'express';
import type { Directory } from '../../lrs/directory/index.ts';
import { reachOf, type Visitor, visitorOf } from '../../lrs/index.ts';
import { languageOf, type NavigationItem, sendPage } from '../../web/index.ts';
import { furthestRole, Home, type WaitingCount, Welcome } from './page.tsx';
import { words } from './words.ts';

/** Up to here those who wait are counted. */
const COUNTED = 99;

/** As pages greet somebody: who came by the link of the command line is nobody of the directory. */
export const nameOf = (request: Request, { person, name }: Pick<Visitor, 'person' | 'name'>): string =>
  person === undefined ? words[languageOf(request)].administrator : name;

/** `items` are the pages that whoever asks may open. */
export async function sendHome(
  request: Request,
  response: Response,
  { siteUrl, items, directory }: { siteUrl: string; items: readonly NavigationItem[]; directory: Directory },
): Promise<void> {
  const lang = languageOf(request);
  const visitor = visitorOf(response);
  const { title, lead, hello, leads } = words[lang];
  if (visitor === undefined) {
    sendPage(request, response, { title, lead, children: <Welcome lang={lang} siteUrl={siteUrl} /> });
    return;
  }
  const waiting = reachOf(visitor.roles, 'person.manage') && (await waitingIn(directory));
  sendPage(request, response, {
    title: hello(nameOf(request, visitor)),
    lead: leads[furthestRole(visitor)],
    children: <Home {...{ lang, visitor, items, siteUrl, now: Date.now() }} {...(waiting && { waiting })} />,
  });
}

async function waitingIn(directory: Directory): Promise<WaitingCount> {
  const { length } = await directory.toPlace(COUNTED + 1);
  return { count: Math.min(length, COUNTED), more: length > COUNTED };
}
