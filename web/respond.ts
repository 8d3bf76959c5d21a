/** Pages over Express: what the request says about language and place, and how a page goes out. */
import { type Request, type Response, Router } from 'express';
import { assets } from './assets.ts';
import { type ErrorPageProps, renderErrorPage } from './components/error-page.tsx';
import { chosenLanguage, type Language, pickLanguage } from './language.ts';
import { type PageProps, renderPage } from './page.tsx';
import { securityHeaders } from './security.ts';

/** What the shell shows around every page, as it is for whoever asks. */
export type Frame = Pick<PageProps, 'navigation' | 'visitor'>;

/** What is in front of every part that serves pages: security headers, the assets, and the frame that main composes of all parts. */
export function createShell({ frame }: { frame(response: Response): Frame }): Router {
  const router = Router();
  router.use(securityHeaders);
  router.use(assets());
  router.use(function rememberFrame(_request, response, next) {
    // Asked when a page goes out: who is logged in is found out further on.
    response.locals.frame = () => frame(response);
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
  page: Omit<PageProps, 'lang' | 'navigation' | 'visitor' | 'path'>,
): void {
  send(response.status(200), renderPage({ ...frameOf(request, response), ...page }));
}

/** Answers with the error page and its status. */
export function sendErrorPage(
  request: Request,
  response: Response,
  error: Omit<ErrorPageProps, 'lang' | 'navigation' | 'visitor' | 'path'>,
): void {
  send(response.status(error.status), renderErrorPage({ ...frameOf(request, response), ...error }));
}

const NO_FRAME: Frame = { navigation: [] };

function frameOf(request: Request, response: Response): Frame & Pick<PageProps, 'lang' | 'path'> {
  response.vary('Accept-Language');
  const frame: Frame = response.locals.frame?.() ?? NO_FRAME;
  return { lang: languageOf(request), ...frame, path: request.originalUrl };
}

function send(response: Response, html: string): void {
  response.set('Cache-Control', 'private, no-cache').type('html').send(html);
}
