/** Digests: published figures by mail, without names, subscribed and stopped by whoever reads them. */
import type { Router } from 'express';
import type { Mailer } from '../../adapters/index.ts';
import type { Directory } from '../../lrs/directory/index.ts';
import type { PeopleAccess, Store } from '../../lrs/index.ts';
import type { Job, Permission, Tell } from '../../web/index.ts';
import type { Ground } from '../all-collected.ts';
import { addPageRoutes, pagePermissions } from './routes.tsx';
import { sendDigests } from './send.ts';
import { addStopRoutes, stopPermissions } from './stop.tsx';

export interface DigestOptions {
  store: Store;
  directory: Directory;
  ground: Ground;
  access: Pick<PeopleAccess, 'guard' | 'sessions'>;
  timeZone: string;
  site: { url: string; name?: string | undefined; contact?: string | undefined } | undefined;
  mailer: Mailer | undefined;
  tell: Tell;
  onError(error: unknown): void;
  now(): number;
}

export interface Digests {
  addRoutes(routes: Router): void;
  permissions: readonly Permission[];
  jobs: readonly Job[];
}

/** Seconds between two looks for what is due. */
const EVERY = 300;

export function createDigests({ site, mailer, ...options }: DigestOptions): Digests {
  const { url, name, contact } = site ?? { url: 'http://localhost' };
  const place = { url, name: name ?? new URL(url).host };
  return {
    addRoutes(routes) {
      addPageRoutes(routes, { ...options, contact, mails: mailer !== undefined });
      addStopRoutes(routes, options);
    },
    permissions: [...pagePermissions, ...stopPermissions],
    jobs: [{ name: 'reports.digests', every: EVERY, run: (turn) => sendDigests({ ...options, place, mailer }, turn) }],
  };
}
