/** Pages over Express: what the request says about language and place, and how a page goes out. */
import { type Request, type Response, Router } from 'express';
import { assets } from './assets.ts';
import { type ErrorPageProps, renderErrorPage } from './components/error-page.tsx';
import { chosenLanguage, type Language, pickLanguage } from './language.ts';
import { type PageProps, renderPage } from './page.tsx';
import type { NavigationItem } from './part.ts';
import { securityHeaders } from './security.ts';

/** What is in front of every part that serves pages: security headers, the assets, and the menu that main composed of all parts. */
export function createShell({ navigation }: { navigation: readonly NavigationItem[] }): Router {
  const router = Router();
  router.use(securityHeaders);
  router.use(assets());
  router.use(function rememberNavigation(_request, response, next) {
    response.locals.navigation = navigation;
    next();
  });
  return router;
}

/** The language of the page that this request asks for. */
export function languageOf(request: Request): Language {
  return pickLanguage(request.get('accept-language'), request.query.lang);
}

/** A link inside the site that keeps the language which this request's address names, if it names one. */
export function linkFrom(request: Request, path: string): string {
  const chosen = chosenLanguage(request.query.lang);
  return chosen ? `${path}?lang=${chosen}` : path;
}

/** Answers with a page; the frame (language, menu, place) comes from the request. */
export function sendPage(
  request: Request,
  response: Response,
  page: Omit<PageProps, 'lang' | 'navigation' | 'path'>,
): void {
  send(response.status(200), renderPage({ ...frame(request, response), ...page }));
}

/** Answers with the error page and its status. */
export function sendErrorPage(
  request: Request,
  response: Response,
  error: Omit<ErrorPageProps, 'lang' | 'navigation' | 'path'>,
): void {
  send(response.status(error.status), renderErrorPage({ ...frame(request, response), ...error }));
}

function frame(request: Request, response: Response): Pick<PageProps, 'lang' | 'navigation' | 'path'> {
  response.vary('Accept-Language');
  return { lang: languageOf(request), navigation: response.locals.navigation ?? [], path: request.originalUrl };
}

function send(response: Response, html: string): void {
  response.set('Cache-Control', 'private, no-cache').type('html').send(html);
}
