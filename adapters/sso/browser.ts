/** The browser that began a login is known again by a cookie, which comes along with our own pages only. */
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { cookiesOf, setCookie } from '../../lrs/index.ts';

/** Seconds */
const KEPT = 15 * 60;

export class LoginCookie {
  readonly #name: string;
  readonly #secure: boolean;

  constructor(siteUrl: string) {
    this.#secure = siteUrl.startsWith('https:');
    this.#name = this.#secure ? '__Host-livret-login' : 'livret-login';
  }

  get(request: Request): string | undefined {
    return cookiesOf(request)[this.#name];
  }

  /** The value of this browser's cookie, made where there is none: of logins begun in two windows each can be finished. */
  begin(request: Request, response: Response): string {
    const value = this.get(request) || randomBytes(24).toString('base64url');
    setCookie(response, { name: this.#name, value, secure: this.#secure, maxAge: KEPT });
    return value;
  }
}
