import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Granted, grantChange } from '../../../lrs/access/people/granted.ts';
import { LivretError } from '../../../lrs/index.ts';
import { changeSubscription, endSubscription, SUBSCRIPTIONS } from '../../../reporting/digests/subscription.ts';
import { onEachEngine } from '../../engines/index.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { keyOf } from '../site.ts';
import { DAY, type DigestGround, HOUR, openGround, PERIOD } from './ground.ts';

describe('digests by mail', function () {
  this.timeout(60_000);
  let ground: DigestGround;
  /** What the server says to an address that is not good. */
  const answers = new Map<string, { code: number; text: string }>();

  before(async () => {
    ground = await openGround(sqlite, (address) => answers.get(address));
    await ground.people('DRH', 20);
    await ground.people('DSIC', 15);
    await ground.publish();
    await ground.reader('analyst', 'DRH');
  });
  afterEach(async () => {
    expect(ground.site.errors).to.deep.equal([]);
    answers.clear();
    await ground.beginAnew();
  });
  after(() => ground.close());

  const subjects = () => ground.server.received.map(({ to, mail }) => `${to} ${mail.subject}`);

  it('say what is published, of whom its reader sees, and name nobody', async () => {
    const analyst = await ground.reader('analyst', 'DRH');
    await ground.subscribe(analyst);
    await ground.run();
    const [received] = ground.server.received;
    const { mail } = received ?? expect.fail();
    expect(received?.to).to.deep.equal(['analyst@agents.test']);
    expect(mail.subject).to.equal('Formation, 3e trimestre 2026 – Ministère de l’Intérieur');
    for (const part of [mail.text ?? '', mail.html ?? '']) {
      expect(part)
        .to.match(/Données au \d+(er)? \S+ 20\d\d à/)
        .and.include('au moins 5 personnes')
        .and.include('au moins 11');
      expect(part).to.include('DRH').and.include('Ministère').and.include('(θ)');
      expect(part).to.include('Inscriptions').and.include('20 (100');
      expect(part).to.include('Temps hors horaires').and.include('affirmations de 2006').and.include('pas de chiffres');
      // Of another direction there is what everybody may know: the ministry's figures.
      expect(part).to.not.include('DSIC');
      for await (const { id, familyName, givenName, email, identifiers } of ground.site.directory.all()) {
        for (const name of [id, familyName, givenName, email, ...identifiers]) {
          if (name !== undefined) expect(part).to.not.include(name);
        }
      }
    }
    expect(mail.html).to.not.match(/<img|<script|<link|undefined|null|NaN/);
    expect(mail.text).to.not.match(/undefined|null|NaN|</);
  });

  it('are of a list that programs know, with a way out in the head and in both parts', async () => {
    await ground.subscribe(await ground.reader('analyst', 'DRH'));
    await ground.run();
    const { mail } = ground.server.received[0] ?? expect.fail();
    const head = new Map(mail.headers.map(({ key, value }) => [key, value]));
    expect(head.get('list-id')).to.equal('<digests.livret.test>');
    expect(head.get('auto-submitted')).to.equal('auto-generated');
    expect(head.get('list-unsubscribe-post')).to.equal('List-Unsubscribe=One-Click');
    const [, link = ''] =
      /^<(https:\/\/livret\.test\/digests\/stop\?token=[\w-]{32}&lang=fr)>$/.exec(head.get('list-unsubscribe') ?? '') ??
      [];
    expect(link).to.not.equal('');
    expect(mail.text).to.include(link);
    expect(mail.html).to.include(link.replace('&', '&amp;'));
  });

  it('speak English where that was asked for, of one direction and of one thing', async () => {
    const administrator = await ground.reader('admin', 'CAB', ['administrator']);
    await ground.subscribe(administrator, { lang: 'en', sections: ['completion'], direction: 'DSIC' });
    await ground.run();
    const { mail } = ground.server.received[0] ?? expect.fail();
    expect(mail.subject).to.equal('Training, Q3 2026 – Ministère de l’Intérieur');
    expect(mail.text)
      .to.include('DSIC')
      .and.include('15 (100%)')
      .and.not.include('DRH')
      .and.not.include('Managing time');
    const links = new URLSearchParams({ period: PERIOD, lang: 'en', direction: 'DSIC' });
    expect(mail.text).to.include(`https://livret.test/reports/directions?${links}\n`);
  });

  it('go out once a period, and again with the next month where that was asked for', async () => {
    const analyst = await ground.reader('analyst', 'DRH');
    await ground.subscribe(analyst);
    const monthly = await ground.subscribe(analyst, { frequency: 'monthly', sections: ['completion'] });
    for (let times = 0; times < 3; times++) await ground.run();
    expect(subjects()).to.have.length(2);
    ground.site.clock.now = Date.parse('2026-12-01T07:00:00+01:00');
    for (let times = 0; times < 3; times++) await ground.run();
    expect(subjects()).to.have.length(3);
    expect(ground.server.received.at(-1)?.mail.text).to.include('ce sont les mêmes chiffres');
    expect(await ground.subscription(monthly)).to.deep.include({ done: '2026-12' });
    expect(new Set(ground.server.received.map(({ mail }) => mail.messageId)).size).to.equal(3);
  });

  it('end for who has lost the role, has left, was erased, or is gone', async () => {
    const { directory, store, clock } = ground.site;
    const readers: Record<string, string> = {};
    for (const name of ['moved', 'left', 'erased', 'stays']) readers[name] = await ground.reader(name, 'DRH');
    await store.erase({ id: randomUUID(), agents: [keyOf('erased')], mode: 'erase' });
    // In the same millisecond, which is not before it.
    const created = Date.parse((await store.ledger.lines()).at(-1)?.when ?? '');
    const ids = [];
    for (const person of [...Object.values(readers), 'nobody']) ids.push(await ground.subscribe(person, { created }));
    await directory.place(readers.moved ?? '', { direction: 'DSIC' }, { by: 'test', at: clock.now });
    await directory.close([readers.left ?? ''], { by: 'test', at: clock.now });
    clock.now += HOUR;
    await ground.run();
    expect(ground.server.received.map(({ to }) => to)).to.deep.equal([['stays@agents.test']]);
    const kept = await Promise.all(ids.map(ground.subscription));
    expect(kept.map((each) => each !== undefined)).to.deep.equal([false, false, false, true, false]);
    const ended = ground.told.filter(({ what }) => what === 'a subscription to digests has ended');
    expect(ended.map(({ details }) => details.reason).sort()).to.deep.equal(['erased', 'left', 'role', 'unknown']);
  });

  it('go on for a role that came with the last login, where the person still is, for a hundred days', async () => {
    const { clock, store, directory } = ground.site;
    const at = clock.now;
    const roles = [{ role: 'analyst' as const, direction: 'DRH' }];
    const readerBy = async (name: string, granted: Granted): Promise<string> => {
      const person = await ground.reader(name, 'DRH', ['agent']);
      await store.commit({ changes: [grantChange(person, granted)] });
      return person;
    };
    const person = await readerBy('stays', { roles, direction: 'DRH', at });
    const here = await ground.subscribe(person, { frequency: 'weekly' });
    const lost = await readerBy('lost', { roles, direction: 'DRH', at });
    await readerBy('lost', { roles: [], direction: 'DRH', at });
    // Of the whole ministry.
    const moved = await readerBy('moved', { roles: [{ role: 'administrator' }], direction: 'DRH', at });
    await directory.place(moved, { direction: 'DSIC' }, { by: 'test', at });
    const ended = [await ground.subscribe(lost), await ground.subscribe(moved)];
    clock.now += HOUR;
    await ground.run();
    expect(subjects()).to.have.length(1);
    expect(ground.server.received[0]?.mail.text).to.include('jusqu’au 3 mars 2027');
    for (const id of ended) expect(await ground.subscription(id)).to.equal(undefined);
    clock.now = at + 101 * DAY;
    await ground.run();
    expect(subjects()).to.have.length(1);
    expect(await ground.subscription(here)).to.equal(undefined);
  });

  it('wait for an address that the directory does not have, and follow it where it changes', async () => {
    const person = await ground.reader('silent', 'DRH', ['analyst'], null);
    const id = await ground.subscribe(person);
    await ground.run();
    expect(subjects()).to.deep.equal([]);
    expect((await ground.subscription(id))?.attempt).to.equal(undefined);
    await ground.site.directory.upsert({ identifiers: [keyOf('silent')], email: 'new@agents.test' });
    await ground.run();
    expect(ground.server.received.map(({ to }) => to)).to.deep.equal([['new@agents.test']]);
  });

  it('do not wait for one another: a refused address is given up, one that is put off is tried again', async () => {
    const ids: Record<string, string> = {};
    for (const name of ['refused', 'later', 'good'])
      ids[name] = await ground.subscribe(await ground.reader(name, 'DRH'));
    answers.set('refused@agents.test', { code: 550, text: '5.1.1 no such user' });
    answers.set('later@agents.test', { code: 451, text: '4.7.1 later' });
    await ground.run();
    expect(ground.server.received.map(({ to }) => to)).to.deep.equal([['good@agents.test']]);
    const [refused, later] = [await ground.subscription(ids.refused ?? ''), await ground.subscription(ids.later ?? '')];
    expect(refused).to.deep.include({ done: '2026-Q3', gaveUp: { at: ground.site.clock.now, error: 'mail.refused' } });
    expect(later?.attempt).to.deep.include({
      tries: 1,
      error: 'mail.deferred',
      next: ground.site.clock.now + HOUR / 6,
    });
    // Ids and codes alone.
    expect(JSON.stringify(ground.told))
      .to.include('RCPT TO 550 5.1.1')
      .and.not.match(/@agents|Zwq|no such/);

    answers.clear();
    ground.site.clock.now += HOUR / 6 - 1;
    await ground.run();
    ground.site.clock.now += 1;
    await ground.run();
    await ground.run();
    expect(ground.server.received.map(({ to }) => to)).to.deep.equal([['good@agents.test'], ['later@agents.test']]);
    expect(await ground.subscription(ids.later ?? '')).to.not.have.any.keys('attempt', 'gaveUp');
  });

  it('are given up after three days, and the next one goes out all the same', async () => {
    const id = await ground.subscribe(await ground.reader('later', 'DRH'), { frequency: 'monthly' });
    answers.set('later@agents.test', { code: 451, text: '4.7.1 later' });
    const began = ground.site.clock.now;
    for (; ground.site.clock.now < began + 4 * DAY; ground.site.clock.now += 2 * HOUR) await ground.run();
    const subscription = await ground.subscription(id);
    expect(subscription?.gaveUp?.error).to.equal('mail.deferred');
    expect(((subscription?.gaveUp?.at ?? 0) - began) / DAY).to.be.within(1, 3);
    const tries = ground.told.filter(({ what }) => what === 'a digest could not be sent');
    expect(tries.length).to.be.within(6, 10);
    expect(ground.told.filter(({ what }) => what === 'a digest was given up')).to.have.length(1);
    answers.clear();
    ground.site.clock.now = Date.parse('2026-12-01T07:00:00+01:00');
    await ground.run();
    expect(subjects()).to.have.length(1);
    expect(await ground.subscription(id)).to.not.have.any.keys('attempt', 'gaveUp');
  });

  it('leave a server alone that answers nobody, and come back to it', async () => {
    for (let n = 0; n < 5; n++) await ground.subscribe(await ground.reader(`reader${n}`, 'DRH'));
    const { way, real } = ground;
    way.send = () => Promise.reject(new LivretError('mail.failed'));
    await ground.run();
    expect(ground.told.filter(({ what }) => what === 'a digest could not be sent')).to.have.length(3);
    way.send = real.send;
    ground.site.clock.now += HOUR;
    await ground.run();
    expect(subjects()).to.have.length(5);
  });

  it('go out once more, and no more than that, where a run broke off before it could note that it had sent', async () => {
    const id = await ground.subscribe(await ground.reader('analyst', 'DRH'));
    const { way, real, site } = ground;
    /** A process that dies once the mail is out: whatever it was going to do, it does not. */
    const breaksOff = async (): Promise<void> => {
      const sent = new Promise<void>((resolve) => {
        way.send = async (mail) => {
          await real.send(mail);
          resolve();
          await new Promise(() => {});
        };
      });
      void ground.run();
      await sent;
      way.send = real.send;
    };
    await breaksOff();
    await ground.run();
    expect(subjects()).to.have.length(1);
    site.clock.now += HOUR;
    await breaksOff();
    expect(subjects()).to.have.length(2);
    site.clock.now += HOUR;
    await ground.run();
    await ground.run();
    expect(subjects()).to.have.length(2);
    const [first, second] = ground.server.received.map(({ mail }) => mail.messageId);
    expect(second).to.equal(first);
    expect((await ground.subscription(id))?.gaveUp?.error).to.equal('broken');
  });

  it('go out once more, and no more than that, where a server takes one without a word', async () => {
    const id = await ground.subscribe(await ground.reader('analyst', 'DRH'));
    const { way, real, site } = ground;
    way.send = async (mail) => {
      await real.send(mail);
      throw new LivretError('mail.unclear');
    };
    await ground.run();
    expect((await ground.subscription(id))?.attempt).to.deep.include({ error: 'mail.unclear', broken: 1 });
    for (let times = 0; times < 3; times++) {
      site.clock.now += HOUR;
      await ground.run();
    }
    const ids = ground.server.received.map(({ mail }) => mail.messageId);
    expect([ids.length, new Set(ids).size]).to.deep.equal([2, 1]);
    expect((await ground.subscription(id))?.gaveUp?.error).to.equal('broken');
  });

  it('go on for who has chosen otherwise while others were sent theirs', async () => {
    const one = await ground.reader('one', 'DRH');
    const other = await ground.reader('other', 'DRH');
    let first = await ground.subscribe(one, { sections: ['completion'] });
    const second = await ground.subscribe(other, { sections: ['completion'], direction: 'DSIC' });
    // They go out in the order of ids.
    while (first > second) {
      await endSubscription(ground.site.store, first);
      first = await ground.subscribe(one, { sections: ['completion'] });
    }
    ground.way.send = async (mail) => {
      ground.way.send = ground.real.send;
      await changeSubscription(ground.site.store, second, (now) => ({ ...now, direction: 'DRH' }));
      return ground.real.send(mail);
    };
    await ground.run();
    expect(await ground.subscription(second)).to.include({ direction: 'DRH' });
    await ground.run();
    expect(ground.server.received.map(({ to }) => to[0])).to.deep.equal(['one@agents.test', 'other@agents.test']);
  });

  it('wait until all that they tell of was looked at: one report may be published days before the others', async () => {
    const early = await openGround(sqlite);
    try {
      await early.people('DRH', 20);
      await early.publish(['completion']);
      await early.subscribe(await early.reader('claims', 'DRH'), { sections: ['claims'] });
      await early.subscribe(await early.reader('completion', 'DRH'), { sections: ['completion'] });
      await early.run();
      const sentTo = () => early.server.received.map(({ to }) => to[0]);
      expect(sentTo()).to.deep.equal(['completion@agents.test']);
      await early.publish();
      await early.run();
      expect(sentTo()).to.deep.equal(['completion@agents.test', 'claims@agents.test']);
    } finally {
      await early.close();
    }
  });

  it('stop at once where their reader stops them while they wait', async () => {
    const analyst = await ground.reader('analyst', 'DRH');
    await ground.subscribe(analyst);
    const second = await ground.subscribe(analyst);
    const { way, real, site } = ground;
    way.send = async (mail) => {
      await real.send(mail);
      for (const { id } of await site.store.collection(SUBSCRIPTIONS).find()) await endSubscription(site.store, id);
    };
    await ground.run();
    expect(subjects()).to.have.length(1);
    expect(await ground.subscription(second)).to.equal(undefined);
  });
});

onEachEngine('two processes that send digests', function (engine) {
  this.timeout(60_000);

  it('send each one once', async () => {
    const ground = await openGround(engine);
    const folder = await mkdtemp(join(tmpdir(), 'livret-second-'));
    try {
      await ground.people('DRH', 20);
      await ground.publish(['completion']);
      const another = await ground.anotherProcess(folder);
      for (let n = 0; n < 4; n++)
        await ground.subscribe(await ground.reader(`reader${n}`, 'DRH'), { sections: ['completion'] });
      // Without the lease, which is main's: the worst that a lease lost can do.
      await Promise.all([ground.run(), another(), ground.run()]);
      expect(ground.site.errors).to.deep.equal([]);
      expect(ground.server.received.map(({ to }) => to[0]).sort()).to.deep.equal(
        [0, 1, 2, 3].map((n) => `reader${n}@agents.test`),
      );
    } finally {
      await ground.close();
      await rm(folder, { recursive: true });
    }
  });
});
