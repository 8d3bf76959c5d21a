import { expect } from 'chai';
import { SESSIONS, Sessions } from '../../../../lrs/access/people/sessions.ts';
import { onEachEngine, withStore } from '../../../engines/index.ts';
import { Browser, openPages } from './site.ts';

const MINUTE = 60_000;
const origin = { provider: 'idp', subject: 'ada', index: '1' };

onEachEngine('sessions', (engine) => {
  const store = withStore(engine);
  let now = Date.now();
  const open = (): Sessions => new Sessions(store, { idle: 30 * MINUTE, length: 600 * MINUTE }, () => now);

  it('end after the time without a request, and not before', async () => {
    const sessions = open();
    const { token } = await sessions.begin({ person: 'a', roles: [], origin });
    now += 29 * MINUTE;
    expect(await sessions.find(token, false)).to.be.an('object');
    now += 29 * MINUTE;
    expect(await sessions.find(token, false)).to.be.an('object');
    now += 31 * MINUTE;
    expect(await sessions.find(token, false)).to.equal(undefined);
    // gone from the store as well
    now -= 31 * MINUTE;
    expect(await sessions.find(token, false)).to.equal(undefined);
  });

  it('end after their whole time, however busy, and earlier where the provider says so', async () => {
    const sessions = open();
    const { token } = await sessions.begin({ person: 'a', roles: [], origin });
    const short = await sessions.begin({ person: 'a', roles: [], origin, ends: now + 50 * MINUTE });
    for (let minutes = 0; minutes < 600; minutes += 20) {
      expect(await sessions.find(token, false), `${minutes} min`).to.be.an('object');
      expect((await sessions.find(short.token, false)) !== undefined, `${minutes} min`).to.equal(minutes < 50);
      now += 20 * MINUTE;
    }
    expect(await sessions.find(token, false)).to.equal(undefined);
  });

  it('tell what a provider granted at the last login, until another one grants otherwise, or long after', async () => {
    const sessions = open();
    const roles = [{ role: 'analyst', direction: 'DRH' } as const];
    const granting = { person: 'granted', roles, belongs: 'DRH', origin };
    await sessions.begin(granting);
    const known = { roles, direction: 'DRH', at: now };
    expect(await sessions.granted('granted')).to.deep.equal(known);
    await sessions.endOfPerson('granted');
    await sessions.sweep();
    expect(await sessions.granted('granted')).to.deep.equal(known);
    await sessions.begin({ person: 'granted', roles: [], origin });
    expect(await sessions.granted('granted')).to.equal(undefined);
    await sessions.begin(granting);
    now += 101 * 24 * 60 * MINUTE;
    await sessions.sweep();
    expect(await sessions.granted('granted')).to.equal(undefined);
  });

  it('get another cookie every quarter of an hour; the one before is taken for half a minute', async () => {
    const sessions = open();
    const { token, session } = await sessions.begin({ person: 'a', roles: [], origin });
    now += 16 * MINUTE;
    const renewed = await sessions.find(token, true);
    expect(renewed?.token).to.be.a('string').and.not.equal(token);
    expect(renewed?.session.id).to.equal(session.id);
    now += 20_000;
    expect((await sessions.find(token, true))?.session.id).to.equal(session.id);
    expect((await sessions.find(renewed?.token ?? '', true))?.token).to.equal(undefined);
    now += 20_000;
    expect(await sessions.find(token, true)).to.equal(undefined);
    expect((await sessions.find(renewed?.token ?? '', true))?.session.id).to.equal(session.id);
  });

  it('go on with the cookie before where the answer with the new one was lost, until a new one has come back', async () => {
    const sessions = open();
    const { token, session } = await sessions.begin({ person: 'a', roles: [], origin });
    now += 16 * MINUTE;
    const lost = await sessions.find(token, true);
    now += 20_000;
    expect((await sessions.find(token, true))?.session.id).to.equal(session.id);
    now += 5 * MINUTE;
    expect((await sessions.find(token, false))?.session.id, 'no page').to.equal(session.id);
    const again = await sessions.find(token, true);
    expect([again?.session.id, typeof again?.token]).to.deep.equal([session.id, 'string']);
    expect(await sessions.find(lost?.token ?? '', true), 'what was lost').to.equal(undefined);
    now += 1000;
    expect((await sessions.find(again?.token ?? '', true))?.session.id).to.equal(session.id);
    now += 30_000;
    expect(await sessions.find(token, true), 'the new one has come back').to.equal(undefined);
    expect((await sessions.find(again?.token ?? '', true))?.session.id).to.equal(session.id);
  });

  it('are kept without what would let somebody take them over', async () => {
    const { token, session } = await open().begin({ person: 'a', roles: [], origin });
    expect(JSON.stringify(session)).not.to.contain(token);
    const texts: string[] = [];
    for await (const entry of store.dump()) texts.push(JSON.stringify(entry));
    expect(texts.join('\n')).to.contain(session.id).and.not.to.contain(token);
  });

  it('end when their provider says so: by the person, or by the one session', async () => {
    const sessions = open();
    const one = await sessions.begin({ roles: [], origin });
    const two = await sessions.begin({ roles: [], origin: { ...origin, index: '2' } });
    const elsewhere = await sessions.begin({ roles: [], origin: { ...origin, provider: 'other' } });
    expect(await sessions.endOf({ provider: 'idp', subject: 'ada', index: '2' })).to.equal(1);
    expect(await sessions.find(two.token, false)).to.equal(undefined);
    expect(await sessions.find(one.token, false)).to.be.an('object');
    expect(await sessions.endOf({ provider: 'idp', index: '1' })).to.equal(1);
    expect(await sessions.find(one.token, false)).to.equal(undefined);
    expect(await sessions.endOf({ provider: 'idp', subject: 'ada' })).to.equal(0);
    expect(await sessions.find(elsewhere.token, false)).to.be.an('object');
    const without = await sessions.begin({ roles: [], origin: { provider: 'idp', subject: 'ada' } });
    expect(await sessions.endOf({ provider: 'idp', subject: 'ada', index: 'whatever' })).to.equal(1);
    expect(await sessions.find(without.token, false)).to.equal(undefined);
  });

  it('end all at once for one person', async () => {
    const sessions = open();
    const mine = [
      await sessions.begin({ person: 'ada', roles: [], origin }),
      await sessions.begin({ person: 'ada', roles: [], origin }),
    ];
    const other = await sessions.begin({ person: 'bob', roles: [], origin });
    const link = await sessions.begin({ roles: [], origin: { provider: 'link' } });
    expect(await sessions.endOfPerson('ada')).to.equal(2);
    for (const { token } of mine) expect(await sessions.find(token, false)).to.equal(undefined);
    for (const { token } of [other, link]) expect(await sessions.find(token, false)).to.be.an('object');
  });

  it('that nobody ended are swept', async () => {
    const sessions = open();
    await sessions.begin({ roles: [], origin });
    now += 31 * MINUTE;
    const fresh = await sessions.begin({ roles: [], origin });
    await sessions.sweep();
    expect(await sessions.find(fresh.token, false)).to.be.an('object');
    expect(await store.collection(SESSIONS).count()).to.equal(1);
  });
});

onEachEngine('a session in a browser', (engine) => {
  const store = withStore(engine);
  let site: Awaited<ReturnType<typeof openPages>>;
  let browser: Browser;
  let ada: string;
  beforeEach(async () => {
    site = await openPages(store);
    browser = new Browser();
    ada = await site.person('Ada', 'DRH', ['correspondent']);
    await browser.ask(`${site.url}/login/${ada}`);
  });
  afterEach(() => site.close());

  it('shows who it is and how far that reaches', async () => {
    const { body } = await browser.ask(`${site.url}/people`);
    expect(body).to.deep.include({ reach: 'direction', directions: ['DRH'], name: 'Ada' });
    expect((await browser.ask(`${site.url}/keys`)).body.error.code).to.equal('access.role');
    expect((await new Browser().ask(`${site.url}/people`)).body.error.code).to.equal('access.login');
  });

  it('has a cookie that scripts do not see and other sites do not send; over https from this host only', async () => {
    expect(browser.sent[0]).to.match(/^livret=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/i);
    const secure = await openPages(store, { siteUrl: 'https://livret.test' });
    const other = new Browser();
    await other.ask(`${secure.url}/login/${ada}`);
    expect(other.sent[0]).to.match(/^__Host-livret=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/i);
    await secure.close();
  });

  it('has a cookie of its own on each port: over http two sites on one machine do not log each other out', async () => {
    const [one, two] = [
      await openPages(store, { siteUrl: 'http://localhost:8080' }),
      await openPages(store, { siteUrl: 'http://localhost:8081' }),
    ];
    const names: string[] = [];
    for (const { url, close } of [one, two]) {
      const visitor = new Browser();
      await visitor.ask(`${url}/login/${ada}`);
      names.push(visitor.sent[0]?.split('=')[0] ?? '');
      expect((await visitor.ask(`${url}/people`)).body.name).to.equal('Ada');
      await close();
    }
    expect(names).to.deep.equal(['livret-8080', 'livret-8081']);
  });

  it('session fixation: a cookie planted before the login is worth nothing after it', async () => {
    const planted = browser.cookie;
    const victim = new Browser();
    victim.cookie = planted;
    const grace = await site.person('Grace', 'DSIC', ['correspondent']);
    await victim.ask(`${site.url}/login/${grace}`);
    expect(victim.cookie).not.to.equal(planted);
    expect((await victim.ask(`${site.url}/people`)).body.name).to.equal('Grace');
    expect((await browser.ask(`${site.url}/people`)).body.error.code).to.equal('access.login');
    const invented = new Browser();
    invented.cookie = 'livret=chosen-by-the-attacker';
    await invented.ask(`${site.url}/login/${grace}`);
    expect(invented.cookie).not.to.contain('chosen');
  });

  it('ends everywhere at once: another process knows it and another process forgets it', async () => {
    const other = await openPages(store);
    expect((await browser.ask(`${other.url}/people`)).status).to.equal(200);
    const { csrf } = (await browser.ask(`${site.url}/home`)).body;
    const before = browser.cookie;
    const origin = { Origin: site.url };
    expect(
      (await browser.ask(`${site.url}/leave`, { method: 'POST', headers: origin, form: { _csrf: csrf } })).status,
    ).to.equal(200);
    expect(browser.cookie).to.equal(undefined);
    browser.cookie = before;
    expect((await browser.ask(`${other.url}/people`)).body.error.code).to.equal('access.login');
    await other.close();
  });

  it('has the roles of its provider where the person belonged at the login, and nowhere else', async () => {
    const grace = await site.person('Grace', 'DSIC');
    const wanted = {
      person: grace,
      roles: [{ role: 'tutor' as const, direction: 'DSIC' }],
      origin: { provider: 'idp' },
    };
    const { token } = await site.access.people.sessions.begin(wanted);
    const other = new Browser();
    other.cookie = `livret=${token}`;
    expect((await other.ask(`${site.url}/people`)).body.directions).to.deep.equal(['DSIC']);
    await site.directory.upsert({
      identifiers: ['account:https://sso.test|Grace'],
      membership: { direction: 'DRH', roles: ['agent'] },
    });
    expect((await other.ask(`${site.url}/people`)).body.directions).to.deep.equal(['DSIC']);
  });

  it('loses a role as soon as the directory does', async () => {
    await site.directory.upsert({
      identifiers: ['account:https://sso.test|Ada'],
      membership: { direction: 'DRH', roles: ['agent'] },
    });
    expect((await browser.ask(`${site.url}/people`)).body.error.code).to.equal('access.role');
  });

  describe('changes nothing', () => {
    const change = async (headers: Record<string, string>, form: object = {}): Promise<string | number> => {
      const { status, body } = await browser.ask(`${site.url}/people`, { method: 'POST', headers, form });
      return body?.error?.code ?? status;
    };
    let csrf: string;
    beforeEach(async () => {
      csrf = (await browser.ask(`${site.url}/people`)).body.csrf;
    });

    it('unless a page of ours asks, with its token', async () => {
      expect(await change({ Origin: site.url }, { _csrf: csrf })).to.equal(200);
      expect(await change({ Origin: site.url, 'Sec-Fetch-Site': 'same-origin' }, { _csrf: csrf })).to.equal(200);
      expect(await change({ Origin: site.url, 'X-CSRF-Token': csrf })).to.equal(200);
    });
    it('for another site, be it of the same domain', async () => {
      for (const kind of ['cross-site', 'same-site', 'none']) {
        expect(await change({ 'Sec-Fetch-Site': kind }, { _csrf: csrf }), kind).to.equal('access.crossSite');
      }
      for (const foreign of ['https://evil.test', 'null', `${site.url}0`, 'http://localhost:1']) {
        expect(await change({ Origin: foreign }, { _csrf: csrf }), foreign).to.equal('access.crossSite');
      }
    });
    it('where nothing says which site asks', async () => {
      expect(await change({}, { _csrf: csrf })).to.equal('access.crossSite');
    });
    it('without the token, with another, or with that of another session', async () => {
      const other = new Browser();
      await other.ask(`${site.url}/login/${ada}`);
      const theirs = (await other.ask(`${site.url}/people`)).body.csrf;
      for (const form of [{}, { _csrf: '' }, { _csrf: 'x' }, { _csrf: theirs }, { '_csrf[]': csrf }]) {
        expect(await change({ Origin: site.url }, form), JSON.stringify(form)).to.equal('access.form');
      }
    });
  });

  it('is begun by the link of the command line, once, also when two use it at once', async () => {
    const [command] = site.access.people.commands;
    const nothing = { args: {}, input: (async function* () {})(), emit: async () => {} };
    if (command?.name !== 'key.link') throw new Error('no command key.link');
    const { url } = (await command.run(nothing)) as { url: string };
    expect(url).to.match(/^http:\/\/livret\.test\/link\?secret=[\w-]{43}$/);
    const browsers = [new Browser(), new Browser(), new Browser()];
    const answers = await Promise.all(browsers.map((each) => each.ask(`${site.url}/link${new URL(url).search}`)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 403, 403]);
    const admitted = browsers[answers.findIndex(({ status }) => status === 200)];
    expect((await admitted?.ask(`${site.url}/keys`))?.status).to.equal(200);
    const again = await new Browser().ask(`${site.url}/link${new URL(url).search}`);
    expect(again.body.error.code).to.equal('access.link');
    expect((await new Browser().ask(`${site.url}/link?secret=guessed`)).body.error.code).to.equal('access.link');
  });
});
