import { expect } from 'chai';
import { agentKey } from '../../../lrs/index.ts';
import { changeSubscription, SUBSCRIPTIONS } from '../../../reporting/digests/subscription.ts';
import { type MailServer, startMailServer } from '../../adapters/mail/mail-server.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type HouseSite, type LoggedIn, openHouseSite } from '../../house/open-house.ts';

const PAGE = '/reports/digests';
const FORM = { section: ['completion', 'claims'], frequency: 'weekly', direction: '', language: 'fr' };

describe('the pages of digests', function () {
  this.timeout(60_000);
  let site: HouseSite;
  let server: MailServer;
  let analyst: LoggedIn;

  before(async () => {
    server = await startMailServer();
    const env = {
      LIVRET_SMTP_URL: server.url,
      LIVRET_MAIL_FROM: 'livret@livret.test',
      LIVRET_CONTACT: 'help@livret.test',
    };
    site = await openHouseSite(sqlite, env);
    analyst = await site.logIn('analyst', 'DRH', ['analyst']);
    await site.logIn('neighbour', 'DSIC');
  });
  after(async () => {
    await site.close();
    await server.close();
  });
  afterEach(async () => {
    for (const { id } of await own()) await site.post(`${PAGE}/stop`, analyst, { id });
  });

  const own = () => site.house.store.collection(SUBSCRIPTIONS).find();
  const withAddress = async (email: string): Promise<void> => {
    const { directory } = site.house.lrs;
    const [identifier = ''] = (await directory.person(analyst.id))?.identifiers ?? [];
    await directory.upsert({ identifiers: [identifier], email });
  };

  it('say whom to ask where the directory has no address, and to which one mail goes where it has', async () => {
    const before = await site.get(PAGE, analyst);
    expect([before.status, before.text].join(' ')).to.match(/^200 .*Livret ne connaît pas votre adresse/s);
    expect(before.text).to.include('href="mailto:help@livret.test"');
    await withAddress('analyst@agents.test');
    const { text } = await site.get(PAGE, analyst);
    expect(text).to.include('analyst@agents.test').and.not.include('ne connaît pas');
    expect(text).to.include('<option value="DRH"').and.not.include('<option value="DSIC"');
  });

  it('subscribe, change and stop', async () => {
    expect(await site.post(PAGE, analyst, FORM)).to.include({ status: 303, location: PAGE });
    const [first] = await own();
    expect(first?.value).to.deep.include({
      person: analyst.id,
      frequency: 'weekly',
      sections: ['completion', 'claims'],
      done: '',
    });
    expect(first?.value).to.not.have.any.keys('direction');
    const form = await site.get(`${PAGE}?change=${first?.id}`, analyst);
    expect(form.text)
      .to.include('Modifier l’abonnement')
      .and.match(/<option value="weekly" selected/);
    await site.post(PAGE, analyst, {
      ...FORM,
      id: first?.id ?? '',
      frequency: 'monthly',
      direction: 'DRH',
      language: 'en',
    });
    const [changed, ...others] = await own();
    expect(others).to.deep.equal([]);
    expect(changed?.value).to.deep.include({
      frequency: 'monthly',
      direction: 'DRH',
      lang: 'en',
      stop: first?.value.stop,
    });
    await site.post(`${PAGE}/stop`, analyst, { id: first?.id ?? '' });
    expect(await own()).to.deep.equal([]);
    // Changing what is stopped begins nothing.
    await site.post(PAGE, analyst, { ...FORM, id: first?.id ?? '' });
    expect(await own()).to.deep.equal([]);
  });

  it('refuse what makes no sense, and what the reader does not see', async () => {
    const refused: [Record<string, string | string[]>, RegExp][] = [
      [{ section: [] }, /au moins un contenu/],
      [{ frequency: 'hourly' }, /une fréquence de la liste/],
      [{ direction: 'DSIC' }, /une direction de la liste/],
      [{ language: 'de' }, /une langue de la liste/],
    ];
    for (const [wrong, says] of refused) {
      const { status, text } = await site.post(PAGE, analyst, { ...FORM, ...wrong });
      expect([status, text].join(' ')).to.match(/^422 /).and.match(says);
    }
    for (let n = 0; n < 5; n++) await site.post(PAGE, analyst, FORM);
    const { status, text } = await site.post(PAGE, analyst, FORM);
    expect([status, text].join(' ')).to.match(/^422 .*déjà 5 abonnements/s);
    expect(await own()).to.have.length(5);
  });

  it('are one’s own: nobody else’s subscription is shown, changed or stopped', async () => {
    const other = await site.logIn('other', 'DRH', ['analyst']);
    await site.post(PAGE, analyst, FORM);
    const [mine] = await own();
    const id = mine?.id ?? '';
    expect((await site.get(`${PAGE}?change=${id}`, other)).text).to.not.include('Modifier l’abonnement');
    await site.post(PAGE, other, { ...FORM, id, frequency: 'monthly' });
    await site.post(`${PAGE}/stop`, other, { id });
    expect((await own()).map(({ value }) => value)).to.deep.equal([mine?.value]);
    const agent = await site.logIn('agent', 'DRH');
    expect((await site.get(PAGE, agent)).text)
      .to.include('Aucun de vos rôles')
      .and.not.include('name="frequency"');
    expect((await site.post(PAGE, agent, FORM)).status).to.equal(403);
  });

  it('keep to their limit, however many are sent at once', async () => {
    const sent = await Promise.all(Array.from({ length: 20 }, () => site.post(PAGE, analyst, FORM)));
    expect(sent.filter(({ status }) => status === 303)).to.have.length(5);
    expect(sent.filter(({ status }) => status === 422)).to.have.length(15);
    expect(await own()).to.have.length(5);
  });

  it('say of a role that comes with a login how long it counts, and let who has lost it see and stop what there is', async () => {
    const { sessions } = site.house.lrs.access.people;
    const agent = await site.logIn('by-login', 'DRH');
    const [identifier = ''] = (await site.house.lrs.directory.person(agent.id))?.identifiers ?? [];
    const { token, session } = await sessions.begin({
      ...{ person: agent.id, identifier, belongs: 'DRH', origin: { provider: 'test' } },
      roles: [{ role: 'analyst', direction: 'DRH' }],
    });
    const who = { id: agent.id, cookie: `livret=${token}`, csrf: session.csrf };
    await site.post(PAGE, who, FORM);
    expect((await site.get(PAGE, who)).text).to.include('100 jours après');
    // Of who has the role without the login too there is nothing to say.
    const [known = ''] = (await site.house.lrs.directory.person(analyst.id))?.identifiers ?? [];
    const both = await sessions.begin({
      ...{ person: analyst.id, identifier: known, belongs: 'DRH', origin: { provider: 'test' } },
      roles: [{ role: 'analyst', direction: 'DRH' }],
    });
    const often = { id: analyst.id, cookie: `livret=${both.token}`, csrf: both.session.csrf };
    expect((await site.get(PAGE, often)).text)
      .to.include('name="frequency"')
      .and.not.include('100 jours après');
    const without = await site.loggedIn(agent.id, identifier);
    const { status, text } = await site.get(PAGE, without);
    expect([status, text].join(' ')).to.match(/^200 .*Aucun de vos rôles/s);
    expect(text).to.not.include('change=').and.not.include('name="frequency"');
    expect((await site.post(PAGE, without, FORM)).status).to.equal(403);
    const [subscription] = await own();
    expect((await site.post(`${PAGE}/stop`, without, { id: subscription?.id ?? '' })).status).to.equal(303);
    expect(await own()).to.deep.equal([]);
  });

  it('changed to each period just after one was published, still bring that one', async () => {
    const { store, lrs } = site.house;
    const account = (n: number) => ({
      objectType: 'Agent' as const,
      account: { homePage: 'https://a.test', name: `${n}` },
    });
    const actors = Array.from({ length: 20 }, (_, n) => account(n));
    await lrs.directory.upsertAll(
      actors.map((actor) => ({
        identifiers: [agentKey(actor) ?? ''] as [string],
        membership: { direction: 'DRH', roles: ['agent' as const] },
      })),
    );
    const pair = await lrs.access.keys.add({ label: 'writer', scopes: ['all'] });
    const course = {
      id: 'https://courses.test/word',
      definition: { type: 'http://adlnet.gov/expapi/activities/course' },
    };
    const statements = actors.map((actor) => ({
      ...{ actor, verb: { id: 'https://verbs.test/did' }, object: { id: 'https://units.test/one' } },
      ...{ context: { contextActivities: { parent: [course] } }, timestamp: '2021-11-02T09:00:00Z' },
    }));
    const stored = await fetch(`${site.origin}/xapi/statements`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${pair.key}:${pair.secret}`).toString('base64')}`,
        'X-Experience-API-Version': '1.0.3',
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(statements),
    });
    expect(stored.status).to.equal(200);
    const command = site.house.parts.flatMap((part) => part.commands).find(({ name }) => name === 'reports.publish');
    const input = (async function* () {})();
    await command?.run({ args: { periods: ['2021-Q4'] }, input, emit: async () => {} });
    await site.post(PAGE, analyst, FORM);
    const [{ id } = expect.fail()] = await own();
    await changeSubscription(store, id, (now) => ({ ...now, done: '2021-11-22' }));
    await site.post(PAGE, analyst, { ...FORM, id, frequency: 'publication' });
    expect((await own())[0]?.value).to.include({ frequency: 'publication', done: '' });
  });

  describe('the link in a mail', () => {
    const link = async (): Promise<string> => {
      await site.post(PAGE, analyst, FORM);
      return `/digests/stop?token=${(await own())[0]?.value.stop}`;
    };

    it('asks first, without a login and without saying whose it is, and stops at a press', async () => {
      const path = await link();
      const asked = await site.get(path);
      expect([asked.status, asked.text].join(' ')).to.match(/^200 .*Arrêter l’abonnement/s);
      expect(asked.text).to.not.include('analyst').and.not.include(analyst.id);
      expect(await own()).to.have.length(1);
      const pressed = await fetch(site.origin + path, { method: 'POST', headers: { Accept: 'text/html' } });
      expect([pressed.status, await pressed.text()].join(' ')).to.match(/^200 .*C’est fait/s);
      expect(await own()).to.deep.equal([]);
      expect((await site.get(path)).text).to.include('a déjà pris fin');
      expect(JSON.stringify(site.told)).to.not.include(path.slice(-20));
    });

    it('stops at one press in a program that reads mail (RFC 8058)', async () => {
      const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
      const stopped = await fetch(site.origin + (await link()), { method: 'POST', body, redirect: 'error' });
      expect(stopped.status).to.equal(200);
      expect(await own()).to.deep.equal([]);
    });

    it('stops nothing without its token', async () => {
      await link();
      for (const token of ['', 'x', '%00'])
        await fetch(`${site.origin}/digests/stop?token=${token}`, { method: 'POST' });
      await fetch(`${site.origin}/digests/stop?token=a&token=b`, { method: 'POST' });
      expect(await own()).to.have.length(1);
    });
  });
});
