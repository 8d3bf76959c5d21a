/** The cookie of a session. */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

/** The values of the cookies that a browser sent. */
export const cookiesOf = (request: Request): Record<string, string | undefined> =>
  parseCookie(request.get('cookie') ?? '');

/** Sets one cookie, which no script sees and which no other site's form sends along. */
export function setCookie(
  response: Response,
  { name, value, secure, maxAge }: { name: string; value: string; secure: boolean; maxAge?: number },
): void {
  const common = { name, value, path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  response.append('Set-Cookie', stringifySetCookie(maxAge === undefined ? common : { ...common, maxAge }));
}

export class SessionCookie {
  readonly #name: string;
  readonly #secure: boolean;

  /**
   * `siteUrl` says whether the site is reached by https: then the browser takes the cookie from this very host only. Over http
   * it has the port in its name: to browsers all ports of a host are one, and two sites there would log each other out.
   */
  constructor(siteUrl: string) {
    const { protocol, port } = new URL(siteUrl);
    this.#secure = protocol === 'https:';
    this.#name = this.#secure ? '__Host-livret' : `livret${port === '' ? '' : `-${port}`}`;
  }

  get(request: Request): string | undefined {
    return cookiesOf(request)[this.#name];
  }

  /** It ends with the browser; the session by itself. */
  set(response: Response, value: string): void {
    setCookie(response, { name: this.#name, value, secure: this.#secure });
  }

  clear(response: Response): void {
    setCookie(response, { name: this.#name, value: '', secure: this.#secure, maxAge: 0 });
  }
}
