/** Whoever is refused again and again is not listened to for a while: a message costs more to check than to send. */
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { LivretError, type Store } from '../../lrs/index.ts';

/** ms */
const WINDOW = 60_000;

/** Refusals a minute from one address. A whole ministry may sit behind one, but hardly any of its logins is refused. */
const MOST = 100;

/** Counts refusals by address, over all processes of the store. */
export class RefusalLimit {
  readonly #counters: Store['counters'];

  constructor(counters: Store['counters']) {
    this.#counters = counters;
  }

  /** Stands in front of what is handed in by POST; refuses with `request.rate`. */
  readonly check: RequestHandler = async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    if (request.method === 'POST') {
      const counted = await this.#counters.get(nameOf(request));
      if (counted && counted.hits >= MOST) {
        const retryAfter = Math.max(1, Math.ceil((counted.resets - Date.now()) / 1000));
        throw new LivretError('request.rate', { detail: 'Too many logins were refused.', retryAfter });
      }
    }
    next();
  };

  async count(request: Request): Promise<void> {
    if (request.method === 'POST') await this.#counters.add(nameOf(request), WINDOW);
  }
}

const nameOf = ({ ip }: Request): string => `sso refused ${ip === undefined ? 'unknown' : ipKeyGenerator(ip)}`;
