import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { onEachEngine } from '../../engines/index.ts';
import { query, type StatementParts, statement, TestServer, VERSIONS, voiding } from './server.ts';

type Stored = ReturnType<typeof JSON.parse>;

onEachEngine('the statements resource', (engine) => {
  let server: TestServer;
  before(async () => {
    server = await TestServer.start(engine);
  });
  after(() => server.stop());

  const post = (body: object, call = {}) => server.call('/statements', { method: 'POST', body, ...call });
  const put = (id: string, body: object, call = {}) =>
    server.call(`/statements?statementId=${id}`, { method: 'PUT', body, ...call });
  const get = (id: string, call = {}) => server.call(`/statements?statementId=${id}`, call);
  const idsOf = (result: Stored): string[] => result.statements.map(({ id }: Stored) => id);
  /** Every id of a query, page by page. */
  const all = async (path: string, call = {}): Promise<string[]> => {
    const found: string[] = [];
    for (let next = path; next !== ''; ) {
      const result = await server.json(next, call);
      found.push(...idsOf(result));
      next = result.more.replace(/^\/xapi/, '');
    }
    return found;
  };

  for (const version of VERSIONS) {
    describe(`in ${version}`, () => {
      it('stores one or many, in the order they came, and completes them', async () => {
        const [one, two] = [statement(), statement()];
        const { id: _, ...withoutId } = statement();
        const response = await post([one, two, withoutId], { version });
        expect(response.status).to.equal(200);
        const ids = await response.json();
        expect(ids.slice(0, 2)).to.deep.equal([one.id, two.id]);
        expect(ids[2]).to.match(/^[0-9a-f-]{36}$/);
        const stored = await (await get(ids[2], { version })).json();
        expect(stored.version).to.equal(version === '1.0.3' ? '1.0.0' : '2.0.0');
        expect(stored.timestamp).to.equal(stored.stored);
        expect(stored.authority).to.include({ objectType: 'Agent' });
        expect((await (await post(statement(), { version })).json()).length).to.equal(1);
        expect(await (await post([], { version })).json()).to.deep.equal([]);
      });

      it('takes the same statement again, and refuses another with its id, changing nothing', async () => {
        const sent = statement({ timestamp: '2020-01-01T12:00:00.000Z' });
        expect((await put(sent.id, sent, { version })).status).to.equal(204);
        const first = await (await get(sent.id)).text();
        const same = { ...sent, timestamp: '2020-01-01T13:00:00+01:00', id: sent.id.toUpperCase() };
        expect((await put(sent.id, same, { version })).status).to.equal(204);
        expect((await post(same, { version })).status).to.equal(200);
        const other = { ...sent, verb: { id: 'http://example.org/other' } };
        expect((await put(sent.id, other, { version })).status).to.equal(409);
        const conflict = await post(other, { version });
        expect([conflict.status, (await conflict.json()).error.code]).to.deep.equal([409, 'statement.conflict']);
        expect(await (await get(sent.id)).text()).to.equal(first);
      });

      it('stores all of a batch or nothing', async () => {
        const [good, there] = [statement(), statement()];
        await post(there, { version });
        const bad = statement({ verb: { id: 'no IRI' } });
        const conflicting = { ...there, object: { id: 'http://example.org/other' } };
        for (const [batch, status] of [
          [[good, bad], 400],
          [[good, conflicting], 409],
          [[good, good], 400],
          [[good, { ...statement(), id: good.id.toUpperCase() }], 400],
        ] as const) {
          expect((await post(batch, { version })).status).to.equal(status);
          expect((await get(good.id, { version })).status).to.equal(404);
        }
      });

      it('puts one statement under the id of the request', async () => {
        const sent = statement();
        const { id, ...withoutId } = sent;
        expect((await put(randomUUID(), sent, { version })).status).to.equal(400);
        expect((await put(id, [withoutId], { version })).status).to.equal(400);
        expect((await put('x', withoutId, { version })).status).to.equal(400);
        expect((await server.call('/statements', { method: 'PUT', body: sent, version })).status).to.equal(400);
        expect((await put(id, withoutId, { version })).status).to.equal(204);
        expect((await (await get(id, { version })).json()).id).to.equal(id);
      });

      it('voids: 404 by statementId, 200 by voidedStatementId, out of lists; a voiding statement cannot be voided', async () => {
        const activity = `http://example.org/${randomUUID()}`;
        const victim = statement({ object: { id: activity } });
        const void1 = voiding(victim.id);
        const void2 = voiding(void1.id);
        await post(victim, { version });
        expect((await server.call(`/statements?voidedStatementId=${victim.id}`, { version })).status).to.equal(404);
        expect((await post(void1, { version })).status).to.equal(200);
        expect((await get(victim.id, { version })).status).to.equal(404);
        const voided = await server.call(`/statements?voidedStatementId=${victim.id}`, { version });
        expect([voided.status, (await voided.json()).id]).to.deep.equal([200, victim.id]);
        expect(await all(`/statements${query({ activity })}`, { version })).to.deep.equal([void1.id]);
        await post(void2, { version });
        expect((await get(void1.id, { version })).status).to.equal(200);
        expect((await get(victim.id, { version })).status).to.equal(404);
      });

      it('voids what arrives later', async () => {
        const victim = statement();
        expect((await post(voiding(victim.id), { version })).status).to.equal(200);
        expect((await post(victim, { version })).status).to.equal(200);
        expect((await get(victim.id, { version })).status).to.equal(404);
        expect((await server.call(`/statements?voidedStatementId=${victim.id}`, { version })).status).to.equal(200);
      });

      it('refuses an id together with anything but attachments and format', async () => {
        const sent = statement();
        await post(sent, { version });
        for (const extra of [
          'agent={"mbox":"mailto:marie@example.org"}',
          'verb=http://example.org/v',
          'activity=http://example.org/a',
          `registration=${randomUUID()}`,
          'related_agents=true',
          'related_activities=false',
          'since=2020-01-01T00:00:00Z',
          'until=2020-01-01T00:00:00Z',
          'limit=1',
          'ascending=true',
          `voidedStatementId=${sent.id}`,
          'cursor=x',
        ]) {
          expect((await get(`${sent.id}&${extra}`, { version })).status, extra).to.equal(400);
        }
        expect((await get(`${sent.id}&format=ids&attachments=false`, { version })).status).to.equal(200);
      });

      it('answers a list by every filter, and an empty one with 200', async () => {
        const registration = randomUUID();
        const verb = `http://example.org/${randomUUID()}`;
        const mbox = `mailto:${randomUUID()}@example.org`;
        const related = `http://example.org/${randomUUID()}`;
        const sent = statement({
          actor: { objectType: 'Group', member: [{ mbox }] },
          verb: { id: verb },
          context: { registration, contextActivities: { other: { id: related } } },
        });
        const about = statement({ object: { objectType: 'StatementRef', id: sent.id } });
        await post([sent, about], { version });
        const both = [about.id, sent.id];
        const find = (parameters: Record<string, string | object>) =>
          all(`/statements${query(parameters)}`, { version });
        expect(await find({ registration: registration.toUpperCase() })).to.deep.equal(both);
        expect(await find({ verb })).to.deep.equal(both);
        expect(await find({ agent: { mbox } })).to.deep.equal(both);
        expect(await find({ verb, ascending: 'true' })).to.deep.equal(both.toReversed());
        expect(await find({ activity: related })).to.deep.equal([]);
        expect(await find({ activity: related, related_activities: 'true' })).to.deep.equal(both);
        const { stored } = await (await get(sent.id)).json();
        expect(await find({ verb, since: stored })).to.deep.equal([]);
        expect(await find({ verb, until: stored })).to.deep.equal(both);
      });
    });
  }

  it('keeps what 2.0 knows from 1.0.3, and takes it in 2.0', async () => {
    const agent = { objectType: 'Agent', mbox: `mailto:${randomUUID()}@example.org` };
    const sent = statement({ context: { contextAgents: [{ objectType: 'contextAgent', agent }] } });
    expect((await post(sent)).status).to.equal(400);
    expect((await post(sent, { version: '2.0.0' })).status).to.equal(200);
    const found = await all(`/statements${query({ agent, related_agents: 'true' })}`, { version: '2.0.0' });
    expect(found).to.deep.equal([sent.id]);
  });

  it('takes charset parameters and refuses other content types', async () => {
    const headers = (type: string) => ({ 'Content-Type': type });
    for (const type of ['application/json; charset=utf-8', 'application/json;charset="UTF-8"']) {
      const body = JSON.stringify(statement());
      expect((await server.call('/statements', { method: 'POST', body, headers: headers(type) })).status).to.equal(200);
    }
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'nonsense',
    ]) {
      const body = JSON.stringify(statement());
      expect(
        (await server.call('/statements', { method: 'POST', body, headers: headers(type) })).status,
        type,
      ).to.equal(400);
    }
  });

  it('refuses JSON that is none, has a key twice, or is not UTF-8', async () => {
    const text = JSON.stringify(statement());
    for (const body of [
      '',
      '{',
      'null',
      '1',
      `${text}x`,
      text.replace('{', '{"version":"1.0.0","version":"1.0.0",'),
      Buffer.from(`{"é":1}`, 'latin1'),
    ]) {
      const response = await server.call('/statements', {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json' },
      });
      expect(response.status, String(body)).to.equal(400);
    }
  });

  it('gives exactly what it was given, spelling of numbers included, but for what the LRS sets', async () => {
    const id = randomUUID();
    const text = `{ "id":"${id}",\n "actor":{"name":"Zoé","mbox":"mailto:z@example.org"}, "verb":{"id":"http://example.org/v"},
      "object":{"id":"http://example.org/o"}, "result":{"score":{"scaled":1.0e-1},"extensions":{"http://x.y/z":12345678901234567890.10}} }`;
    const headers = { 'Content-Type': 'application/json' };
    expect((await server.call('/statements', { method: 'POST', body: text, headers })).status).to.equal(200);
    const back = await (await get(id)).text();
    expect(back.startsWith(text.slice(0, text.lastIndexOf('}')).trimEnd())).to.equal(true);
    expect(await (await server.call('/statements?limit=1')).text()).to.include('12345678901234567890.10');
    expect(await (await get(`${id}&format=ids`)).text()).to.include('12345678901234567890.10');
  });

  describe('pages', () => {
    const verb = `http://example.org/${randomUUID()}`;
    const ids: string[] = [];
    before(async () => {
      for (let n = 0; n < 25; n++) {
        const sent = statement({ verb: { id: verb } });
        ids.push(sent.id);
        await post(sent);
      }
    });

    it('have the usual size, the one asked for, or the largest for 0', async () => {
      const size = async (limit: string) =>
        (await server.json(`/statements${query({ verb })}${limit}`)).statements.length;
      expect([await size(''), await size('&limit=3'), await size('&limit=0'), await size('&limit=9999')]).to.deep.equal(
        [10, 3, 20, 20],
      );
    });

    it('follow one another without gap or repetition, either way, by a relative address with the full path', async () => {
      const first = await server.json(`/statements${query({ verb, limit: '7' })}`);
      expect(first.more).to.match(/^\/xapi\/statements\?cursor=[\w-]+$/);
      expect(await all(`/statements${query({ verb, limit: '7' })}`)).to.deep.equal(ids.toReversed());
      expect(await all(`/statements${query({ verb, limit: '4', ascending: 'true' })}`)).to.deep.equal(ids);
    });

    it('keep filter, format and order, and are good after a restart', async () => {
      const first = await server.json(`/statements${query({ verb, limit: '20', ascending: 'true', format: 'ids' })}`);
      await server.restart();
      const second = await server.json(`/${first.more}`);
      expect([...idsOf(first), ...idsOf(second)]).to.deep.equal(ids);
      expect(second.more).to.equal('');
      expect(second.statements[0].authority).not.to.have.property('name');
    });

    it('are refused when the cursor is none, and give no rights to who changes it', async () => {
      for (const cursor of [
        '',
        'x',
        '%00',
        Buffer.from('after=x').toString('base64url'),
        Buffer.from('limit=1').toString('base64url'),
      ]) {
        expect((await server.call(`/statements?cursor=${cursor}`)).status, cursor).to.equal(400);
      }
      expect((await server.call('/statements?cursor=YWZ0ZXI9MQ&limit=1')).status).to.equal(400);
      const { more } = await server.json(`/statements${query({ verb, limit: '1' })}`);
      const stranger = await server.key('statements/read/mine');
      expect((await server.json(`/${more}`, { authorization: stranger })).statements).to.deep.equal([]);
      expect((await server.call(`/${more}`, { authorization: await server.key('statements/write') })).status).to.equal(
        403,
      );
      expect((await server.call(`/${more}`, { authorization: '' })).status).to.equal(401);
    });
  });

  describe('who may see and define what', () => {
    it('read/mine sees only what its own key wrote, by list, by id, voided or not', async () => {
      const mine = await server.key('statements/write', 'statements/read/mine');
      const [own, foreign, gone] = [statement(), statement(), statement()];
      await post([own, gone, voiding(gone.id)], { authorization: mine });
      await post([foreign, statement({ object: { objectType: 'StatementRef', id: own.id } })]);
      const found = await all('/statements', { authorization: mine });
      expect(found).to.include(own.id).and.not.include(foreign.id);
      expect(found.length).to.equal(2);
      expect((await get(own.id, { authorization: mine })).status).to.equal(200);
      expect((await get(foreign.id, { authorization: mine })).status).to.equal(404);
      expect((await server.call(`/statements?voidedStatementId=${gone.id}`, { authorization: mine })).status).to.equal(
        200,
      );
      const other = await server.key('statements/read/mine');
      expect((await server.call(`/statements?voidedStatementId=${gone.id}`, { authorization: other })).status).to.equal(
        404,
      );
    });

    it('sets the authority itself, whatever the statement says', async () => {
      const key = await server.key('statements/write', 'statements/read/mine');
      const sent = statement({ authority: { mbox: 'mailto:impostor@example.org' }, stored: '2000-01-01T00:00:00Z' });
      await post(sent, { authorization: key });
      const stored = await (await get(sent.id, { authorization: key })).json();
      expect(stored.authority.account.homePage).to.equal('https://livret.example');
      expect(stored.stored > '2020').to.equal(true);
    });

    it('only a key with define changes the definition of an activity', async () => {
      const id = `http://example.org/${randomUUID()}`;
      const defined = (name: string) => statement({ object: { id, definition: { name: { fr: name } } } });
      const writer = await server.key('statements/write');
      const definer = await server.key('statements/write', 'define');
      const definition = async () => (await server.json(`/activities${query({ activityId: id })}`)).definition;
      await post(defined('Cours'), { authorization: writer });
      expect(await definition()).to.equal(undefined);
      await post(defined('Formation'), { authorization: definer });
      expect(await definition()).to.deep.equal({ name: { fr: 'Formation' } });
      await post(defined('Cours'), { authorization: writer });
      expect(await definition()).to.deep.equal({ name: { fr: 'Formation' } });
    });
  });

  describe('formats', () => {
    const id = `http://example.org/${randomUUID()}`;
    const sent: StatementParts & { id: string } = statement({
      actor: { objectType: 'Agent', name: 'Marie', mbox: 'mailto:marie@example.org' },
      verb: { id: 'http://example.org/v', display: { fr: 'vit', en: 'saw' } },
      object: {
        objectType: 'Activity',
        id,
        definition: { name: { fr: 'Nom', en: 'Name' }, type: 'http://example.org/t' },
      },
    });
    before(async () => {
      await post(sent);
      await post(
        statement({ object: { id, definition: { name: { de: 'Namen' }, moreInfo: 'http://example.org/more' } } }),
      );
    });

    it('ids leaves what identifies', async () => {
      const { actor, verb, object } = await (await get(`${sent.id}&format=ids`)).json();
      expect({ actor, verb, object }).to.deep.equal({
        actor: { objectType: 'Agent', mbox: 'mailto:marie@example.org' },
        verb: { id: 'http://example.org/v' },
        object: { id },
      });
    });

    it('canonical gives one language, chosen for each map, and what all statements say of the activity', async () => {
      for (const [wanted, name, display] of [
        ['de, fr;q=0.5', { de: 'Namen' }, { fr: 'vit' }],
        ['en-GB', { en: 'Name' }, { en: 'saw' }],
      ] as const) {
        const headers = { 'Accept-Language': wanted };
        const one = await (await get(`${sent.id}&format=canonical`, { headers })).json();
        expect(one.object.definition).to.deep.equal({
          name,
          type: 'http://example.org/t',
          moreInfo: 'http://example.org/more',
        });
        expect(one.verb.display).to.deep.equal(display);
        expect(one.actor.name).to.equal('Marie');
        const list = await server.json(`/statements${query({ activity: id, format: 'canonical' })}`, { headers });
        expect(list.statements.at(-1).object.definition.name).to.deep.equal(name);
      }
    });

    it('exact does not, whatever the language', async () => {
      const exact = await (await get(`${sent.id}&format=exact`, { headers: { 'Accept-Language': 'de' } })).json();
      expect(exact.object).to.deep.equal(sent.object);
    });
  });

  describe('headers', () => {
    it('say how far reading is consistent, before the query, on every answer', async () => {
      const { stored } = await (await get((await (await post(statement())).json())[0])).json();
      for (const [path, call] of [
        ['/statements', {}],
        ['/statements?foo=bar', {}],
        ['/statements', { version: '' }],
        ['/statements', { authorization: '' }],
        ['/statements', { method: 'DELETE' }],
        ['/statements', { method: 'HEAD' }],
        ['/statements', { method: 'POST', body: statement() }],
        ['/statements?method=GET', { method: 'POST', body: new URLSearchParams({ limit: '1' }).toString() }],
      ] as const) {
        const response = await server.call(path, call);
        const through = response.headers.get('x-experience-api-consistent-through') ?? '';
        expect(through, path).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(through >= stored).to.equal(true);
        expect(new Date(through).getTime()).to.be.at.most(Date.now());
      }
    });

    it('never vouch for a statement that a list read afterwards does not show', async () => {
      const verb = `http://example.org/${randomUUID()}`;
      let writing = true;
      const writers = Array.from({ length: 4 }, async () => {
        while (writing) await post(statement({ verb: { id: verb } }));
      });
      const seen: { through: string; ids: Set<string> }[] = [];
      for (let n = 0; n < 15; n++) {
        const response = await server.call(`/statements${query({ verb, limit: '0' })}`);
        const through = response.headers.get('x-experience-api-consistent-through') ?? '';
        seen.push({ through, ids: new Set(idsOf(await response.json())) });
      }
      writing = false;
      await Promise.all(writers);
      const stored = new Map<string, string>();
      for (let next = `/statements${query({ verb, limit: '0' })}`; next !== ''; ) {
        const page = await server.json(next);
        for (const { id, stored: at } of page.statements) stored.set(id, at);
        next = page.more.replace(/^\/xapi/, '');
      }
      for (const { through, ids } of seen) {
        const vouched = [...stored].filter(([, at]) => at <= through).map(([id]) => id);
        const latest = vouched.sort((a, b) => ((stored.get(a) ?? '') < (stored.get(b) ?? '') ? 1 : -1)).slice(0, 5);
        for (const id of latest)
          expect(ids.has(id), `${id} stored ${stored.get(id)}, vouched ${through}`).to.equal(true);
      }
    });

    it('date an answer by the latest statement in it', async () => {
      const verb = `http://example.org/${randomUUID()}`;
      const [older, newer] = [statement({ verb: { id: verb } }), statement({ verb: { id: verb } })];
      await post(older);
      await post(newer);
      const { stored } = await (await get(newer.id)).json();
      for (const path of [`?statementId=${newer.id}`, query({ verb }), query({ verb, ascending: 'true' })]) {
        const modified = (await server.call(`/statements${path}`)).headers.get('last-modified');
        expect(modified, path).to.equal(new Date(stored).toUTCString());
      }
    });
  });
});
