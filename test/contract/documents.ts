import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { DocumentPut, DocumentScope } from '../../lrs/store/store.ts';
import { type Engine, withStore } from '../engines/index.ts';
import { refused } from './given.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const text = (contents: Uint8Array | undefined) => Buffer.from(contents ?? []).toString('utf8');
const STATE = { kind: 'state', activity: 'https://a.example/1', agent: 'mbox:mailto:a@b.example' } as const;

export function documentsContract(engine: Engine): void {
  describe('documents', () => {
    const store = withStore(engine);
    const put = (contents: string, more: Partial<DocumentPut> = {}) =>
      store.documents.put({
        scope: STATE,
        id: 'one',
        contents: bytes(contents),
        contentType: 'application/json',
        ...more,
      });

    it('keeps bytes and type, gives the SHA-1 as ETag', async () => {
      const odd = Buffer.from([0, 255, 0, 128]);
      const { etag } = await store.documents.put({
        scope: STATE,
        id: 'a\0b',
        contents: odd,
        contentType: 'image/x; q="é"',
      });
      expect(etag).to.equal(createHash('sha1').update(odd).digest('hex'));
      const back = await store.documents.get(STATE, 'a\0b');
      expect(Buffer.from(back?.contents ?? [])).to.deep.equal(odd);
      expect(back?.contentType).to.equal('image/x; q="é"');
      expect(back?.etag).to.equal(etag);
      expect(await store.documents.ids(STATE)).to.deep.equal(['a\0b']);
    });

    it('tells scopes apart: kind, agent, activity, registration', async () => {
      const scopes: DocumentScope[] = [
        STATE,
        { ...STATE, registration: '33333333-3333-4333-8333-333333333333' },
        { ...STATE, agent: 'mbox:mailto:c@d.example' },
        { ...STATE, activity: 'https://a.example/2' },
        { kind: 'activity-profile', activity: STATE.activity },
        { kind: 'agent-profile', agent: STATE.agent },
      ];
      for (const [n, scope] of scopes.entries()) await put(`${n}`, { scope });
      for (const [n, scope] of scopes.entries()) {
        expect(text((await store.documents.get(scope, 'one'))?.contents)).to.equal(`${n}`);
        expect(await store.documents.ids(scope)).to.deep.equal(['one']);
      }
      await store.documents.deleteAll(STATE);
      expect(await store.documents.ids(STATE)).to.deep.equal([]);
      expect(await store.documents.ids(scopes[1] ?? STATE)).to.deep.equal(['one']);
    });

    it('checks If-Match and If-None-Match, and leaves the document unchanged when they fail', async () => {
      const { etag } = await put('{"a":1}', { condition: { ifNoneMatch: '*' } });
      await refused(put('{"a":2}', { condition: { ifNoneMatch: '*' } }), 'document.precondition');
      await refused(put('{"a":2}', { condition: { ifMatch: ['0'.repeat(40)] } }), 'document.precondition');
      await refused(put('{"a":2}', { condition: { requiredIfExists: true } }), 'document.conflict');
      expect(text((await store.documents.get(STATE, 'one'))?.contents)).to.equal('{"a":1}');
      await put('{"a":2}', { condition: { ifMatch: ['0'.repeat(40), etag] } });
      expect(text((await store.documents.get(STATE, 'one'))?.contents)).to.equal('{"a":2}');
      await refused(put('{}', { id: 'none', condition: { ifMatch: '*' } }), 'document.precondition');
      await refused(store.documents.delete(STATE, 'one', { ifMatch: [etag] }), 'document.precondition');
      await store.documents.delete(STATE, 'one');
      await store.documents.delete(STATE, 'one');
      expect(await store.documents.get(STATE, 'one')).to.equal(undefined);
    });

    it('of many that expect the same ETag at once, one wins', async () => {
      const { etag } = await put('{"n":0}');
      const asked = Array.from({ length: 12 }, (_, n) => put(`{"n":${n + 1}}`, { condition: { ifMatch: [etag] } }));
      const outcomes = await Promise.allSettled(asked);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    });

    it('merges JSON objects, top level only', async () => {
      await put('{"a":{"x":1},"b":1}');
      await put('{"a":{"y":2},"c":3}', { merge: true });
      expect(JSON.parse(text((await store.documents.get(STATE, 'one'))?.contents))).to.deep.equal({
        a: { y: 2 },
        b: 1,
        c: 3,
      });
      await refused(put('[1]', { merge: true }), 'document.merge');
      await refused(put('{"a":1}', { merge: true, contentType: 'text/plain' }), 'document.merge');
      expect(JSON.parse(text((await store.documents.get(STATE, 'one'))?.contents))).to.deep.equal({
        a: { y: 2 },
        b: 1,
        c: 3,
      });
    });

    it('merges without touching what it merges: every digit of a number, every key', async () => {
      await put('{"n":12345678901234567890, "a":1.50,"\\u0062":1,"__proto__":{"x":1}}');
      await put(' { "a" : 2e400 , "b" : 2 } ', { merge: true });
      expect(text((await store.documents.get(STATE, 'one'))?.contents)).to.equal(
        '{"n":12345678901234567890,"a" : 2e400,"b" : 2,"__proto__":{"x":1}}',
      );
      await put('{}', { merge: true, id: 'empty' });
      await put('{}', { merge: true, id: 'empty' });
      expect(text((await store.documents.get(STATE, 'empty'))?.contents)).to.equal('{}');
    });

    it('lists ids updated after a time', async () => {
      const { updated } = await put('1');
      await put('2', { id: 'two' });
      expect(await store.documents.ids(STATE, updated)).to.deep.equal(['two']);
    });
  });
}
