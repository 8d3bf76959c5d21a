/** Pages over Express: what the request says about language and place, and how a page goes out. */
import compression from 'compression';
import { type Request, type Response, Router } from 'express';
import { assets } from './assets.ts';
import { type ErrorPageProps, renderErrorPage } from './components/error-page.tsx';
import { rememberedLanguage, rememberedTheme, rememberLanguage } from './cookies.ts';
import { chosenLanguage, type Language, pickLanguage } from './language.ts';
import { type PageProps, renderPage } from './page.tsx';
import { securityHeaders } from './security.ts';
import type { Site } from './site.ts';

/** What the shell shows around every page, as it is for whoever asks. */
export type Frame = Pick<PageProps, 'navigation' | 'visitor'>;

/** What the shell says around a page; the rest is the page's own. */
type Framed = Pick<PageProps, 'lang' | 'navigation' | 'visitor' | 'path' | 'site' | 'theme'>;

export interface ShellOptions {
  frame(response: Response): Frame;
  site?: Site;
}

/** What is in front of every part that serves pages: security headers, the assets, and the frame that main composes of all parts. */
export function createShell({ frame, site }: ShellOptions): Router {
  const router = Router();
  router.use(securityHeaders);
  router.use(compress);
  router.use(assets(site?.stateMarks));
  router.use(function rememberFrame(request, response, next) {
    rememberLanguage(request, response);
    // Asked when a page goes out: who is logged in is found out further on.
    response.locals.frame = () => ({ ...frame(response), ...(site && { site }) });
    next();
  });
  return router;
}

/**
 * Pages and assets; not what programs read, which may be endless. And nothing that a page elsewhere asked for: from the
 * size of a compressed answer it could guess, try by try, what stands in it beside what it asked for (BREACH).
 */
const compress = compression({
  filter: (request, response) =>
    /^(text\/(html|css|javascript)|image\/svg)/.test(String(response.getHeader('Content-Type'))) &&
    request.headers['sec-fetch-site'] !== 'cross-site',
});

/** The language of the page that this request asks for. */
export function languageOf(request: Request): Language {
  return pickLanguage(request.get('accept-language'), request.query.lang, rememberedLanguage(request));
}

/** A link inside the site that keeps the language which this request's address names, if it names one. */
export function linkFrom(request: Request, path: string): string {
  const chosen = chosenLanguage(request.query.lang);
  return chosen ? `${path}?lang=${chosen}` : path;
}

/**
 * Answers with a page; the frame (language, menu, place) comes from the request. `status` 422 for a form that is refused,
 * 503 where it could not be answered now.
 */
export function sendPage(
  request: Request,
  response: Response,
  { status = 200, ...page }: Omit<PageProps, keyof Framed | 'origin'> & { status?: 200 | 422 | 503 },
): void {
  const refused = status === 422;
  const origin = `${request.protocol}://${request.get('host')}`;
  send(response.status(status), renderPage({ ...framed(request, response), origin, refused, ...page }));
}

/** Answers with the error page and its status. */
export function sendErrorPage(request: Request, response: Response, error: Omit<ErrorPageProps, keyof Framed>): void {
  send(response.status(error.status), renderErrorPage({ ...framed(request, response), ...error }));
}

const NO_FRAME: Frame = { navigation: [] };

const framedFor = (response: Response): Frame & Pick<PageProps, 'site'> => response.locals.frame?.() ?? NO_FRAME;

function framed(request: Request, response: Response): Framed {
  response.vary('Accept-Language, Cookie');
  const frame = framedFor(response);
  return { lang: languageOf(request), theme: rememberedTheme(request), ...frame, path: request.originalUrl };
}

function send(response: Response, html: string): void {
  // Whoever comes to this machine after somebody logged out, and presses Back, is to see nothing of theirs.
  const seen = framedFor(response).visitor === undefined ? 'private, no-cache' : 'no-store';
  response.set('Cache-Control', seen).type('html').send(html);
}
