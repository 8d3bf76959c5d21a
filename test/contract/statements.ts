import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { openStore } from '../../lrs/store/open.ts';
import { type CollectionSpec, put, type StatementQuery, storedAt } from '../../lrs/store/store.ts';
import { agentKey } from '../../lrs/xapi/index.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { AUTHORITY, activity, agent, given, ids, parsed, refused, verb } from './given.ts';

const NOTES: CollectionSpec<{ round: number }> = { name: 'notes', indexes: {} };

const key = (name: string): string => agentKey(agent(name)) ?? '';

export function statementsContract(engine: Engine): void {
  describe('statements', () => {
    const store = withStore(engine);
    const found = async (query: Partial<StatementQuery>) =>
      ids((await store.statements.find({ limit: 100, ...query })).statements);

    it('gives back the text as received, with stored added', async () => {
      const statement = given({ result: { extensions: { 'https://e.example/x': 1 } } });
      const odd = {
        ...statement,
        text: statement.text.replace('"https://e.example/x":1', '"https://e.example/x":12345678901234567890'),
      };
      const { stored } = await store.commit({ statements: [odd] });
      const back = await store.statements.get(statement.id);
      const text = Buffer.from(back?.text ?? '').toString('utf8');
      expect(text).to.contain('12345678901234567890');
      expect(parsed(back).stored).to.equal(new Date(stored).toISOString());
      expect(storedAt(back?.position ?? 0)).to.equal(stored);
    });

    it('sets a missing timestamp to stored', async () => {
      const statement = given({}, AUTHORITY, ['timestamp']);
      await store.commit({ statements: [statement] });
      const back = parsed(await store.statements.get(statement.id));
      expect(back.timestamp).to.be.a('string').and.equal(back.stored);
    });

    it('knows nothing of an id that was never stored', async () => {
      expect(await store.statements.get(randomUUID())).to.equal(undefined);
    });

    it('takes an equal statement again without storing it twice', async () => {
      const statement = given();
      expect((await store.commit({ statements: [statement] })).outcomes).to.deep.equal(['stored']);
      expect((await store.commit({ statements: [statement] })).outcomes).to.deep.equal(['same']);
      expect(await store.statements.count()).to.equal(1);
    });

    it('takes back what it gave out: stored and the timestamp it set change nothing', async () => {
      const statement = given({}, AUTHORITY, ['timestamp']);
      await store.commit({ statements: [statement] });
      const back = given(parsed(await store.statements.get(statement.id)));
      expect((await store.commit({ statements: [back] })).outcomes).to.deep.equal(['same']);
      await refused(store.commit({ statements: [given({ id: statement.id })] }), 'statement.conflict');
    });

    it('refuses another statement under the same id, and its whole commit with it', async () => {
      const first = given();
      await store.commit({ statements: [first] });
      const other = given();
      await refused(
        store.commit({ statements: [other, given({ id: first.id, verb: verb('undid') })] }),
        'statement.conflict',
      );
      expect(await store.statements.get(other.id)).to.equal(undefined);
      expect(await store.statements.count()).to.equal(1);
    });

    it('a refused commit takes none of its concurrent neighbours along', async () => {
      const first = given();
      await store.commit({ statements: [first] });
      const neighbours = Array.from({ length: 40 }, () => given());
      const asked = neighbours.map((statement, n) =>
        n % 4 === 3
          ? refused(
              store.commit({ statements: [given(), given({ id: first.id, verb: verb('undid') })] }),
              'statement.conflict',
            )
          : store.commit({ statements: [statement] }),
      );
      await Promise.all(asked);
      for (const [n, { id }] of neighbours.entries()) {
        expect((await store.statements.get(id)) !== undefined, `neighbour ${n}`).to.equal(n % 4 !== 3);
      }
    });

    it('the same id posted at once with two contents is stored once', async () => {
      const id = randomUUID();
      const asked = Array.from({ length: 20 }, (_, n) =>
        store.commit({ statements: [given({ id, verb: verb(`did-${n}`) })] }),
      );
      const outcomes = await Promise.allSettled(asked);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect(await store.statements.count()).to.equal(1);
    });

    it('stored grows from commit to commit, also after reopening', async () => {
      const times: number[] = [];
      for (let n = 0; n < 5; n++) times.push((await store.commit({ statements: [given()] })).stored);
      await store.reopen();
      times.push((await store.commit({ statements: [given()] })).stored);
      for (let n = 1; n < times.length; n++) expect(times[n]).to.be.greaterThan(times[n - 1] ?? 0);
    });

    it('keeps what it acknowledged over reopening', async () => {
      const statement = given();
      await store.commit({ statements: [statement] });
      await store.reopen();
      expect(parsed(await store.statements.get(statement.id)).id).to.equal(statement.id);
    });

    it('filters by agent, verb, activity and registration, alone and together', async () => {
      const registration = randomUUID();
      const a = given({ actor: agent('a'), verb: verb('x'), context: { registration } });
      const b = given({ actor: agent('b'), verb: verb('x'), object: activity('other') });
      const c = given({ actor: agent('a'), verb: verb('y') });
      for (const statement of [a, b, c]) await store.commit({ statements: [statement] });
      expect(await found({ agent: key('a') })).to.deep.equal([c.id, a.id]);
      expect(await found({ verb: verb('x').id })).to.deep.equal([b.id, a.id]);
      expect(await found({ activity: activity('other').id })).to.deep.equal([b.id]);
      expect(await found({ registration })).to.deep.equal([a.id]);
      expect(await found({ agent: key('a'), verb: verb('x').id })).to.deep.equal([a.id]);
      expect(await found({ agent: key('b'), verb: verb('y').id })).to.deep.equal([]);
      expect(await found({ agent: key('nobody') })).to.deep.equal([]);
      expect(await found({})).to.deep.equal([c.id, b.id, a.id]);
      expect(await found({ ascending: true })).to.deep.equal([a.id, b.id, c.id]);
    });

    it('related filters reach instructor, authority, context activities and SubStatements; plain ones do not', async () => {
      const statement = given({
        object: { objectType: 'SubStatement', actor: agent('inner'), verb: verb('z'), object: activity('deep') },
        context: { instructor: agent('tutor'), contextActivities: { grouping: [activity('course')] } },
      });
      await store.commit({ statements: [statement] });
      for (const name of ['inner', 'tutor']) {
        expect(await found({ agent: key(name) }), name).to.deep.equal([]);
        expect(await found({ agent: key(name), relatedAgents: true }), name).to.deep.equal([statement.id]);
      }
      expect(await found({ agent: agentKey(AUTHORITY) ?? '', relatedAgents: true })).to.deep.equal([statement.id]);
      for (const name of ['deep', 'course']) {
        expect(await found({ activity: activity(name).id }), name).to.deep.equal([]);
        expect(await found({ activity: activity(name).id, relatedActivities: true }), name).to.deep.equal([
          statement.id,
        ]);
      }
    });

    it('an agent is found as a member of a group', async () => {
      const statement = given({ actor: { objectType: 'Group', member: [agent('m'), agent('n')] } });
      await store.commit({ statements: [statement] });
      expect(await found({ agent: key('n') })).to.deep.equal([statement.id]);
    });

    it('since is exclusive and until inclusive', async () => {
      const times: number[] = [];
      const statements = [given(), given(), given()];
      for (const statement of statements) times.push((await store.commit({ statements: [statement] })).stored);
      const [a, b, c] = ids(statements);
      expect(await found({ since: times[0] ?? 0 })).to.deep.equal([c, b]);
      expect(await found({ until: times[1] ?? 0 })).to.deep.equal([b, a]);
      expect(await found({ since: times[0] ?? 0, until: times[1] ?? 0 })).to.deep.equal([b]);
      expect(await found({ since: times[2] ?? 0 })).to.deep.equal([]);
    });

    it('limits by the authority who wrote', async () => {
      const mine = given({}, agent('writer-1'));
      const theirs = given({}, agent('writer-2'));
      await store.commit({ statements: [mine, theirs] });
      expect(await found({ owner: key('writer-1') })).to.deep.equal([mine.id]);
      expect(await found({ owner: key('writer-1'), verb: verb('did').id })).to.deep.equal([mine.id]);
      // to be about somebody is not to be written by them
      expect(await found({ owner: key('camille') })).to.deep.equal([]);
    });

    for (const ascending of [false, true]) {
      it(`pages ${ascending ? 'ascending' : 'descending'} give everything once, whatever is written meanwhile`, async () => {
        const statements = Array.from({ length: 57 }, (_, n) => given({ verb: verb(n % 2 ? 'odd' : 'even') }));
        for (let n = 0; n < statements.length; n += 5) await store.commit({ statements: statements.slice(n, n + 5) });
        const wanted = statements.filter((_, n) => n % 2).map(({ id }) => id);
        const seen: string[] = [];
        let after: number | undefined;
        do {
          const page = await store.statements.find({
            verb: verb('odd').id,
            agent: key('camille'),
            limit: 4,
            ascending,
            ...(after === undefined ? {} : { after }),
          });
          seen.push(...ids(page.statements));
          after = page.next;
          if (seen.length < 12)
            await store.commit({ statements: [given({ verb: verb('odd'), actor: agent('late') })] });
        } while (after !== undefined);
        expect(seen).to.deep.equal(ascending ? wanted : wanted.reverse());
      });
    }

    it('two frequent filters that never meet answer in short pages, and to the end', async () => {
      const batch = (n: number) =>
        given({ verb: verb(n % 2 ? 'left' : 'right'), object: activity(n % 2 ? 'one' : 'two') });
      for (let commit = 0; commit < 5; commit++)
        await store.commit({ statements: Array.from({ length: 500 }, (_, n) => batch(n)) });
      let after: number | undefined;
      let pages = 0;
      do {
        const page = await store.statements.find({
          verb: verb('left').id,
          activity: activity('two').id,
          limit: 10,
          ...(after === undefined ? {} : { after }),
        });
        expect(page.statements).to.deep.equal([]);
        after = page.next;
        pages++;
      } while (after !== undefined && pages < 100);
      expect(after).to.equal(undefined);
    });

    it('consistentThrough: nothing is ever stored at or before it', async () => {
      const promises: number[] = [];
      let writing = true;
      const writers = Array.from({ length: 4 }, async () => {
        while (writing) {
          const before = await store.statements.consistentThrough();
          const { stored } = await store.commit({ statements: [given()] });
          promises.push(before);
          expect(stored).to.be.greaterThan(before);
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
      writing = false;
      await Promise.all(writers);
      expect(promises.length).to.be.greaterThan(10);
      const { stored } = await store.commit({ statements: [given()] });
      expect(await store.statements.consistentThrough()).to.be.at.least(stored);
    });

    it('settledThrough reaches as far as what any process was answered before', async () => {
      const other = engine.shared ? await openStore(store.place) : store;
      for (let round = 0; round < 5; round++) {
        // It knows of its own commits, and of those of others after a while.
        await other.commit({ changes: [put(NOTES, 'other', { round })] });
        const commits = Array.from({ length: 8 }, (_, n) =>
          store.commit({ statements: [given()], changes: [put(NOTES, `${n}`, { round })] }),
        );
        // Of several under way a later one may be answered before an earlier one.
        const { stored } = await Promise.any(commits);
        expect(await other.statements.settledThrough()).to.be.at.least(stored);
        await Promise.all(commits);
      }
      if (other !== store) await other.close();
    });

    it('consistentThrough moves on in an idle store', async () => {
      const { stored } = await store.commit({ statements: [given()] });
      const deadline = Date.now() + 5_000;
      while ((await store.statements.consistentThrough()) < stored + 1_000) {
        expect(Date.now(), 'still waiting').to.be.lessThan(deadline);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });

    it('merges activity definitions of those who may define', async () => {
      const module = activity('defined');
      const first = given({
        object: { ...module, definition: { name: { fr: 'Tableur' }, type: 'https://t.example/module' } },
      });
      const second = given({ object: { ...module, definition: { name: { en: 'Spreadsheet' } } } });
      const third = given({ object: { ...module, definition: { name: { fr: 'Autre' } } } });
      await store.commit({ statements: [first] });
      await store.commit({ statements: [second] });
      await store.commit({ statements: [{ ...third, defines: false }] });
      const definition = await store.activities.definition(module.id);
      expect(definition?.name).to.deep.equal({ fr: 'Tableur', en: 'Spreadsheet' });
      expect(definition?.type).to.equal('https://t.example/module');
      expect(await store.activities.definition('https://activities.example/unknown')).to.equal(undefined);
    });

    it('merges the definition of a new statement, also where one that was there already came with the same', async () => {
      const named = (name: string) => ({ ...activity('renamed'), definition: { name: { fr: name } } });
      const first = given({ object: named('Tableur') });
      await store.commit({ statements: [first] });
      await store.commit({ statements: [given({ object: named('Tableurs') })] });
      expect((await store.commit({ statements: [first] })).outcomes).to.deep.equal(['same']);
      await store.commit({ statements: [given({ object: named('Tableur') })] });
      expect((await store.activities.definition(activity('renamed').id))?.name).to.deep.equal({ fr: 'Tableur' });
    });
  });
}
