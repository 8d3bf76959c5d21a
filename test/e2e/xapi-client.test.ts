import { createHash } from 'node:crypto';
import xapiPackage, { type StatementsResponse } from '@xapi/xapi';
import { expect } from 'chai';
import { onEachEngine } from '../engines/index.ts';
import { KEY, type RunningServer, SECRET, startServer } from './server.ts';

// a CommonJS package: its class is the default export of what is imported as default
const XAPI = xapiPackage.default;

const agent = { objectType: 'Agent' as const, account: { homePage: 'https://agents.example', name: 'camille' } };
const activityId = 'https://activities.example/tableur';
const statement = () => ({
  actor: agent,
  verb: { id: 'http://adlnet.gov/expapi/verbs/completed', display: { fr: 'a terminé' } },
  object: { objectType: 'Activity' as const, id: activityId, definition: { name: { fr: 'Tableur' } } },
});

for (const version of ['1.0.3', '2.0.0'] as const) {
  onEachEngine(`a stranger's client: @xapi/xapi, version ${version}`, (engine) => {
    let server: RunningServer;
    let client: InstanceType<typeof XAPI>;
    before(async () => {
      server = await startServer({ LIVRET_XAPI_FALLBACK: version }, engine);
      client = new XAPI({
        endpoint: `${server.url}/xapi/`,
        auth: XAPI.toBasicAuth(KEY, SECRET),
        version: version as '1.0.3',
      });
    });
    after(() => server.stop());

    it('sends statements, reads them back one by one and in pages', async () => {
      const sent = await client.sendStatements({ statements: [statement(), statement(), statement()] });
      expect(sent.data).to.have.length(3);
      const one = await client.getStatement({ statementId: sent.data[0] ?? '' });
      expect(one.data.actor).to.deep.equal(agent);
      const page = await client.getStatements({ agent, limit: 2 });
      expect((page.data as StatementsResponse).statements).to.have.length(2);
      const rest = await client.getMoreStatements({ more: page.data.more });
      expect((rest.data as StatementsResponse).statements).to.have.length(1);
    });

    it('voids a statement and reads it as voided', async () => {
      const { data } = await client.sendStatement({ statement: statement() });
      const id = data[0] ?? '';
      await client.voidStatement({ actor: agent, statementId: id });
      const voided = await client.getVoidedStatement({ voidedStatementId: id });
      expect(voided.data.id).to.equal(id);
      const gone = await client
        .getStatement({ statementId: id })
        .catch((error: { response?: { status?: number } }) => error);
      expect((gone as { response?: { status?: number } }).response?.status).to.equal(404);
    });

    it('keeps state, and its ETag guards it', async () => {
      const document = { activityId, agent, stateId: 'bookmark' };
      await client.createState({ ...document, state: { page: 1 } });
      const first = await client.getState(document);
      expect(first.data).to.deep.equal({ page: 1 });
      const etag = String(first.headers.etag);
      await client.setState({ ...document, state: { page: 2 }, etag, matchHeader: 'If-Match' });
      const stale = await client
        .setState({ ...document, state: { page: 3 }, etag, matchHeader: 'If-Match' })
        .catch((error: { response?: { status?: number } }) => error);
      expect((stale as { response?: { status?: number } }).response?.status).to.equal(412);
      expect((await client.getState(document)).data).to.deep.equal({ page: 2 });
    });

    // under Node the axios adapter loses the Content-Type of a multipart body; the fetch adapter sends it
    for (const adapter of ['axios', 'fetch'] as const)
      it(`sends an attachment and reads its bytes back, by ${adapter}`, async () => {
        const client = new XAPI({
          endpoint: `${server.url}/xapi/`,
          auth: XAPI.toBasicAuth(KEY, SECRET),
          version: version as '1.0.3',
          adapter,
        });
        const contents = 'relevé de compétences ✓';
        const value = new TextEncoder().encode(contents);
        const attachment = {
          usageType: 'https://usages.example/report',
          display: { fr: 'Relevé' },
          contentType: 'text/plain; charset=utf-8',
          length: value.length,
          sha2: createHash('sha256').update(value).digest('hex'),
        };
        const { data } = await client.sendStatement({
          statement: { ...statement(), attachments: [attachment] },
          attachments: [value.buffer as ArrayBuffer],
        });
        const { data: parts } = await client.getStatement({ statementId: data[0] ?? '', attachments: true });
        expect(JSON.stringify(parts)).to.contain(attachment.sha2);
        expect(JSON.stringify(parts)).to.contain('relevé de compétences');
      });

    it('reads about, the activity and the person', async () => {
      const about = await client.getAbout();
      expect(about.data.version).to.include.members(['1.0.3', '2.0.0']);
      expect((await client.getActivity({ activityId })).data.definition?.name).to.deep.equal({ fr: 'Tableur' });
      expect((await client.getAgent({ agent })).data.account).to.deep.equal([agent.account]);
    });
  });
}
