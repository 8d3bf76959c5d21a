/** The demo's identity provider over HTTP. */
import { randomBytes } from 'node:crypto';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { cookiesOf, setCookie } from '../../../lrs/index.ts';
import { LOGINS } from '../people.ts';
import { homePage, loginPage, messagePage, POST_SCRIPT, postPage, STYLE } from './pages.tsx';
import { type IdpSession, newSession, type Received, type SamlIdp } from './saml.ts';

const COOKIE = 'livret-demo-idp';

/** Logins and sessions that are kept; beyond, the oldest are forgotten. */
const MOST = 1000;

/** ms that Livret's metadata are waited for. */
const PATIENCE = 5_000;

interface Waiting {
  id: string;
  relayState: string | undefined;
}

/** A map that forgets what was put into it first. */
class Bounded<T> extends Map<string, T> {
  override set(key: string, value: T): this {
    const [oldest] = this.keys();
    if (this.size >= MOST && oldest !== undefined) this.delete(oldest);
    return super.set(key, value);
  }
}

const random = (): string => randomBytes(20).toString('hex');
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** `livret` is the address of the metadata of the one service provider that is served; it is asked each time, since keys change. */
export function createIdpApp(saml: SamlIdp, livret: string): Express {
  const waiting = new Bounded<Waiting>();
  const sessions = new Bounded<IdpSession & { leave: string }>();
  const app = express();
  app.disable('x-powered-by');

  async function partner() {
    const response = await fetch(livret, { signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) throw new Error(`Livret answered ${response.status} to the question for its metadata.`);
    return saml.partner(await response.text());
  }
  const sessionOf = (request: Request) => sessions.get(cookiesOf(request)[COOKIE] ?? '');
  const end = (request: Request): void => void sessions.delete(cookiesOf(request)[COOKIE] ?? '');

  app.use(function protect(_request: Request, response: Response, next: NextFunction): void {
    // The form that goes back may go to Livret alone.
    const policy = `default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' ${new URL(livret).origin}; frame-ancestors 'none'; base-uri 'none'`;
    response.set({
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });
  app.get('/style.css', (_request, response) => void response.type('css').send(STYLE));
  app.get('/post.js', (_request, response) => void response.type('js').send(POST_SCRIPT));
  app.get('/metadata', (_request, response) => void response.type('application/samlmetadata+xml').send(saml.metadata));
  app.get('/', (request, response) => {
    const session = sessionOf(request);
    response.send(homePage(session, session?.leave ?? ''));
  });

  async function answer(response: Response, { id, relayState }: Waiting, session: IdpSession): Promise<void> {
    response.send(postPage(await saml.answerLogin(await partner(), id, session, relayState)));
  }

  async function singleSignOn(request: Request, response: Response): Promise<void> {
    const received = receivedOf(request);
    const { id, forced } = await saml.readLoginRequest(await partner(), received);
    const wanted = { id, relayState: relayStateOf(received) };
    const session = sessionOf(request);
    if (session !== undefined && !forced) {
      await answer(response, wanted, session);
      return;
    }
    const name = random();
    waiting.set(name, wanted);
    response.send(loginPage(name, LOGINS));
  }

  async function login(request: Request, response: Response): Promise<void> {
    const { request: name, rio } = (request.body ?? {}) as Record<string, unknown>;
    const wanted = waiting.get(textOf(name) ?? '');
    const person = LOGINS.find((each) => each.rio === rio);
    if (wanted === undefined || person === undefined) {
      response
        .status(400)
        .send(messagePage('Cette connexion est terminée', 'This login is over: begin again in Livret.'));
      return;
    }
    waiting.delete(textOf(name) ?? '');
    const [cookie, session] = [random(), { ...newSession(person), leave: random() }];
    sessions.set(cookie, session);
    setCookie(response, { name: COOKIE, value: cookie, secure: false });
    await answer(response, wanted, session);
  }

  async function singleLogout(request: Request, response: Response): Promise<void> {
    const received = receivedOf(request);
    const sp = await partner();
    const source = received.binding === 'post' ? received.body : received.query;
    if (source.SAMLResponse !== undefined) {
      await saml.readLogoutResponse(sp, received);
      response.send(messagePage('Vous êtes déconnecté partout', 'You are logged out everywhere.'));
      return;
    }
    const asked = await saml.readLogoutRequest(sp, received);
    end(request);
    response.redirect(303, saml.answerLogout(sp, asked, relayStateOf(received)));
  }

  /** Begun here: Livret is told, and answers. */
  async function logout(request: Request, response: Response): Promise<void> {
    const session = sessionOf(request);
    if (session === undefined || request.body?.leave !== session.leave) {
      response.redirect(303, '/');
      return;
    }
    end(request);
    response.redirect(303, saml.askLogout(await partner(), session));
  }

  const readForm = express.urlencoded({ extended: false, limit: 200_000 });
  app.get('/sso', singleSignOn);
  app.post('/sso', readForm, singleSignOn);
  app.post('/login', readForm, login);
  app.get('/slo', singleLogout);
  app.post('/slo', readForm, singleLogout);
  app.post('/logout', readForm, logout);
  app.use(function refuse(error: unknown, _request: Request, response: Response, _next: NextFunction): void {
    process.stderr.write(
      `demo identity provider: refused: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    response.status(400).send(messagePage('Demande refusée', 'The request was refused: see the terminal.'));
  });
  return app;
}

function receivedOf(request: Request): Received {
  const rawQuery = request.originalUrl.split('?').slice(1).join('?');
  const body = (request.body ?? {}) as Record<string, unknown>;
  return { binding: request.method === 'POST' ? 'post' : 'redirect', query: { ...request.query }, body, rawQuery };
}

const relayStateOf = ({ binding, query, body }: Received): string | undefined =>
  textOf((binding === 'post' ? body : query).RelayState);
