import { expect } from 'chai';
import { type CollectionSpec, put, remove } from '../../lrs/store/store.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { given, refused, verb } from './given.ts';

interface Book {
  title: string;
  year: number;
  tags: string[];
  code?: string;
}

const BOOKS: CollectionSpec<Book> = {
  name: 'books',
  indexes: { year: { fields: ['year', 'title'] }, tag: { fields: ['tags'] }, code: { fields: ['code'], unique: true } },
};

const book = (title: string, year: number, more: Partial<Book> = {}): Book => ({ title, year, tags: [], ...more });

export function collectionsContract(engine: Engine): void {
  describe('collections and commit', () => {
    const store = withStore(engine);

    it('gets, replaces and removes', async () => {
      const books = store.collection(BOOKS);
      expect(await books.get('a')).to.equal(undefined);
      await store.commit({ changes: [put(BOOKS, 'a', book('Émile', 1762))] });
      const first = await books.get('a');
      expect(first?.value).to.deep.equal(book('Émile', 1762));
      await store.commit({ changes: [put(BOOKS, 'a', book('Émile', 1763))] });
      const second = await books.get('a');
      expect(second?.value.year).to.equal(1763);
      expect(second?.version).not.to.equal(first?.version);
      await store.commit({ changes: [remove(BOOKS, 'a')] });
      expect(await books.get('a')).to.equal(undefined);
      expect(await books.find({ index: 'year', equals: [1763] })).to.deep.equal([]);
    });

    it('compare-and-set: of many at once one wins; a version never comes back', async () => {
      const books = store.collection(BOOKS);
      const claims = Array.from({ length: 10 }, (_, n) =>
        store.commit({ changes: [put(BOOKS, 'a', book('x', n), { expect: 'absent' })] }),
      );
      expect((await Promise.allSettled(claims)).filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      const version = (await books.get('a'))?.version ?? 0;
      await store.commit({ changes: [remove(BOOKS, 'a', { expect: version })] });
      await store.commit({ changes: [put(BOOKS, 'a', book('y', 1))] });
      await refused(
        store.commit({ changes: [put(BOOKS, 'a', book('z', 2), { expect: version })] }),
        'collection.conflict',
      );
    });

    it('finds by index, in order, with ranges and array elements', async () => {
      const books = store.collection(BOOKS);
      const years = [2000, -5, 1999.5, 0, 10, 2000];
      await store.commit({
        changes: years.map((year, n) => put(BOOKS, `b${n}`, book(`t${9 - n}`, year, { tags: [`k${n}`, 'all'] }))),
      });
      const of = async (query: Parameters<typeof books.find>[0]) =>
        (await books.find(query)).map(({ value }) => value.year);
      expect(await of({ index: 'year' })).to.deep.equal([-5, 0, 10, 1999.5, 2000, 2000]);
      expect(await of({ index: 'year', from: 0, to: 2000 })).to.deep.equal([0, 10, 1999.5]);
      expect(await of({ index: 'year', descending: true, limit: 2 })).to.deep.equal([2000, 2000]);
      expect((await books.find({ index: 'year', equals: [2000] })).map(({ value }) => value.title)).to.deep.equal([
        't4',
        't9',
      ]);
      expect(await of({ index: 'tag', equals: ['k1'] })).to.deep.equal([-5]);
      expect(await books.count({ index: 'tag', equals: ['all'] })).to.equal(6);
      expect((await books.find({ limit: 2 })).map(({ id }) => id)).to.deep.equal(['b0', 'b1']);
      expect((await books.find({ from: 'b2', to: 'b4' })).map(({ id }) => id)).to.deep.equal(['b2', 'b3']);
    });

    it('does not answer by an index that is not declared: nothing found would be a lie', async () => {
      const books = store.collection(BOOKS);
      await store.commit({ changes: [put(BOOKS, 'a', book('x', 1))] });
      for (const ask of [books.find, books.count]) {
        const answer = await ask({ index: 'yaer', equals: [1] }).catch((error: unknown) => error);
        expect(answer).to.be.instanceOf(RangeError);
      }
    });

    it('refuses a second holder of a unique value; a missing value is free', async () => {
      const books = store.collection(BOOKS);
      await store.commit({
        changes: [
          put(BOOKS, 'a', book('x', 1, { code: 'c' })),
          put(BOOKS, 'b', book('y', 2)),
          put(BOOKS, 'c', book('z', 3)),
        ],
      });
      await refused(store.commit({ changes: [put(BOOKS, 'd', book('w', 4, { code: 'c' }))] }), 'collection.duplicate');
      await refused(
        store.commit({
          changes: [put(BOOKS, 'e', book('v', 5, { code: 'n' })), put(BOOKS, 'f', book('u', 6, { code: 'n' }))],
        }),
        'collection.duplicate',
      );
      expect(await books.count()).to.equal(3);
      // handed over within one commit
      await store.commit({ changes: [put(BOOKS, 'a', book('x', 1)), put(BOOKS, 'b', book('y', 2, { code: 'c' }))] });
      expect((await books.find({ index: 'code', equals: ['c'] })).map(({ id }) => id)).to.deep.equal(['b']);
    });

    it('statements and changes are one unit', async () => {
      const books = store.collection(BOOKS);
      const first = given();
      await store.commit({ statements: [first], changes: [put(BOOKS, 'a', book('x', 1))] });
      const other = given();
      await refused(
        store.commit({ statements: [other], changes: [put(BOOKS, 'a', book('y', 2), { expect: 'absent' })] }),
        'collection.conflict',
      );
      expect(await store.statements.get(other.id)).to.equal(undefined);
      await refused(
        store.commit({
          statements: [given({ id: first.id, verb: verb('undid') })],
          changes: [put(BOOKS, 'b', book('z', 3))],
        }),
        'statement.conflict',
      );
      expect(await books.get('b')).to.equal(undefined);
    });

    it('an index that a later version of the program declares finds what was there before', async () => {
      const before: CollectionSpec<Book> = { name: 'shelf', indexes: {} };
      await store.commit({ changes: [put(before, 'a', book('x', 1990))] });
      await store.reopen();
      const after: CollectionSpec<Book> = { name: 'shelf', indexes: { year: { fields: ['year'] } } };
      const found = await store.collection(after).find({ index: 'year', equals: [1990] });
      expect(found.map(({ id }) => id)).to.deep.equal(['a']);
    });
  });
}
