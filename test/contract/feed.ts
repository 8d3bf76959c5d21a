import { expect } from 'chai';
import type { FeedEntry, Store } from '../../lrs/store/store.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { given, ids, reference, VOIDED } from './given.ts';

/** Reads the feed to its present end in pages. */
async function readFeed(store: Store, after = 0, limit = 7): Promise<{ entries: FeedEntry[]; through: number }> {
  const entries: FeedEntry[] = [];
  let through = after;
  for (;;) {
    const page = await store.statements.feed(through, limit);
    entries.push(...page.entries);
    through = page.through;
    if (page.entries.length === 0) return { entries, through };
  }
}

const statementIds = (entries: readonly FeedEntry[]): string[] =>
  entries.flatMap((entry) => (entry.kind === 'statement' ? [entry.statement.id] : []));

export function feedContract(engine: Engine): void {
  describe('feed', () => {
    const store = withStore(engine);

    it('gives every statement once, in commit order, in pages of any size', async () => {
      const statements = Array.from({ length: 30 }, () => given());
      for (let n = 0; n < 30; n += 3) await store.commit({ statements: statements.slice(n, n + 3) });
      for (const limit of [1, 2, 7, 100]) {
        const { entries } = await readFeed(store, 0, limit);
        expect(statementIds(entries), `pages of ${limit}`).to.deep.equal(ids(statements));
      }
    });

    it('a voiding follows its statement, also where the statement came later', async () => {
      const t = given();
      const late = given();
      await store.commit({ statements: [t] });
      await store.commit({ statements: [given({ verb: VOIDED, object: reference(t.id) })] });
      await store.commit({ statements: [given({ verb: VOIDED, object: reference(late.id) })] });
      await store.commit({ statements: [late] });
      const { entries } = await readFeed(store);
      const voided = entries.flatMap((entry) => (entry.kind === 'voided' ? [entry.id] : []));
      expect(voided).to.deep.equal([t.id, late.id]);
      for (const id of voided) {
        const came = entries.findIndex((entry) => entry.kind === 'statement' && entry.statement.id === id);
        expect(entries.findIndex((entry) => entry.kind === 'voided' && entry.id === id)).to.be.greaterThan(came);
      }
    });

    it('skips nothing where statements and voidings together fill a page that neither fills alone', async () => {
      const statements = Array.from({ length: 4 }, () => given());
      const voidings = statements.map(({ id }) => given({ verb: VOIDED, object: reference(id) }));
      await store.commit({ statements });
      await store.commit({ statements: voidings });
      for (const limit of [5, 7, 9, 11]) {
        const { entries } = await readFeed(store, 0, limit);
        expect(statementIds(entries), `pages of ${limit}`).to.deep.equal(ids([...statements, ...voidings]));
        expect(entries, `pages of ${limit}`).to.have.length(12);
      }
    });

    it('a reader that stops and resumes under concurrent writers misses nothing and repeats nothing', async () => {
      const written: string[] = [];
      let writing = true;
      const writers = Array.from({ length: 5 }, async () => {
        while (writing) {
          const statements = [given(), given()];
          await store.commit({ statements });
          written.push(...ids(statements));
        }
      });
      const read: string[] = [];
      let after = 0;
      for (let stop = 0; stop < 25; stop++) {
        const page = await store.statements.feed(after, 13);
        read.push(...statementIds(page.entries));
        expect(page.through).to.be.at.least(after);
        after = page.through;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      writing = false;
      await Promise.all(writers);
      await store.reopen();
      read.push(...statementIds((await readFeed(store, after)).entries));
      expect(read).to.have.length(written.length);
      expect(new Set(read)).to.deep.equal(new Set(written));
    });

    it('watch calls back after a commit, and no more once stopped', async () => {
      let calls = 0;
      const stop = store.watch(() => calls++);
      await store.commit({ statements: [given()] });
      const deadline = Date.now() + 5_000;
      while (calls === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(calls).to.be.greaterThan(0);
      stop();
      const before = calls;
      await store.commit({ statements: [given()] });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(calls).to.equal(before);
    });
  });
}
