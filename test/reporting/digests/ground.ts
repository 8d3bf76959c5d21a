/** A site with published figures, people with names and addresses, and a mail server. */
import { createMailer, type Mail, type Mailer } from '../../../adapters/index.ts';
import type { Role } from '../../../lrs/directory/index.ts';
import {
  addSubscription,
  endSubscription,
  SUBSCRIPTIONS,
  type Subscription,
} from '../../../reporting/digests/subscription.ts';
import { createReporting, type Reporting } from '../../../reporting/index.ts';
import { METRICS } from '../../../reporting/metrics/index.ts';
import { type Judge, startMailServer } from '../../adapters/mail/mail-server.ts';
import type { Engine } from '../../engines/index.ts';
import { did, keyOf, names, openSite, SETTINGS } from '../site.ts';

export const PERIOD = '2026-Q3';
const FROM = 'Livret <livret@livret.test>';
const SITE = { url: 'https://livret.test', name: 'Ministère de l’Intérieur' };

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Nobody's name is a word of any page. */
const nameOf = (name: string) => ({ familyName: `Zwq${name}`, givenName: `Xyv${name}`, email: `${name}@agents.test` });

export async function openGround(engine: Engine, judge: Judge = () => undefined) {
  const server = await startMailServer({ judge });
  const told: { what: string; details: Readonly<Record<string, unknown>> }[] = [];
  const tell = (what: string, details: Readonly<Record<string, unknown>>) => void told.push({ what, details });
  const real = createMailer({ server: server.url, from: FROM });
  /** What happens on the way; a test may put something else here. */
  const way = { send: (mail: Mail) => real.send(mail) };
  const mailer: Mailer = { from: FROM, send: (mail) => way.send(mail) };
  const site = await openSite(engine, {}, { mailer, site: SITE, tell });
  const others: Reporting[] = [];
  const jobOf = (part: Reporting) => part.jobs.find(({ name }) => name === 'reports.digests');

  let published = site.clock.now;

  const ground = {
    ...{ server, site, told, way, real },
    /** People of a direction who did something in two weeks of the period, and their names. */
    async people(direction: string, count: number) {
      const all = names(direction.toLowerCase(), count);
      const records = all.map((name) => ({
        ...{ identifiers: [keyOf(name)] as [string], ...nameOf(name) },
        membership: { direction, roles: ['agent' as const], from: Date.parse('2026-01-01T00:00:00Z') },
      }));
      await site.directory.upsertAll(records);
      const times = ['2026-09-01T09:00:00Z', '2026-09-01T09:10:00Z', '2026-09-08T09:00:00Z', '2026-09-08T19:30:00Z'];
      await site.commit(all.flatMap((name) => times.map((time) => did(name, time))));
    },
    /** Makes public what digests tell of, or these reports alone. */
    async publish(reports: readonly string[] = METRICS.map(({ name }) => name)) {
      await site.part.drain();
      for (const report of reports) await site.report(report, PERIOD);
      // It takes an hour to settle.
      site.clock.now += 2 * HOUR;
      published = site.clock.now;
    },
    /** Somebody who may read reports; gives their id. */
    async reader(
      name: string,
      direction: string,
      roles: Role[] = ['analyst'],
      email: string | null = `${name}@agents.test`,
    ) {
      const { email: _email, ...named } = nameOf(name);
      const membership = { direction, roles, from: Date.parse('2026-01-01T00:00:00Z') };
      await site.directory.upsert({
        ...{ identifiers: [keyOf(name)], ...named, membership },
        ...(email !== null && { email }),
      });
      return (await site.directory.personByAgentKey(keyOf(name)))?.id ?? '';
    },
    async subscribe(person: string, more: Partial<Subscription> = {}): Promise<string> {
      const id = await addSubscription(site.store, {
        ...{ person, lang: 'fr', frequency: 'publication', sections: ['completion', 'scheduling', 'claims'] },
        ...{ created: site.clock.now, ...more },
      });
      return id ?? '';
    },
    subscription: async (id: string) => (await site.store.collection(SUBSCRIPTIONS).get(id))?.value,
    /** As it was once figures were published: no subscription, nothing sent. People stay. */
    async beginAnew() {
      const found = await site.store.collection(SUBSCRIPTIONS).find();
      for (const { id } of found) await endSubscription(site.store, id);
      server.received.splice(0);
      told.splice(0);
      way.send = real.send;
      site.clock.now = published;
    },
    /** One run of the job. */
    run: async () => jobOf(site.part)?.run(),
    /** Another process on the same store: gives its run of the job. */
    async anotherProcess(folder: string) {
      const { store, directory, access, clock, errors } = site;
      const onError = (error: unknown) => void errors.push(error);
      const part = await createReporting({
        ...{ store, directory, access, dataFolder: folder, settings: SETTINGS, onError, now: () => clock.now },
        ...{ mailer, site: SITE, tell },
      });
      others.push(part);
      return async () => jobOf(part)?.run();
    },
    async close() {
      for (const part of others) await part.close();
      await site.close();
      await server.close();
    },
  };
  return ground;
}

export type DigestGround = Awaited<ReturnType<typeof openGround>>;
