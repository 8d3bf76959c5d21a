import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { DumpEntry, DumpKind } from '../../lrs/store/dump.ts';
import { type CollectionSpec, type NewStatement, put, type Store } from '../../lrs/store/store.ts';
import { agentKey } from '../../lrs/xapi/index.ts';
import type { Statement } from '../../lrs/xapi/types.ts';
import type { Engine, EngineStore } from '../engines/index.ts';
import { activity, agent, given, ids, reference, VOIDED } from './given.ts';

interface Tally {
  commits: number;
  last: string[];
}

export const TALLIES: CollectionSpec<Tally> = { name: 'tallies', indexes: { commits: { fields: ['commits'] } } };

const ORDER: readonly DumpKind[][] = [
  ['clock'],
  ['document'],
  ['activity'],
  ['item'],
  ['tombstone'],
  ['erasure'],
  ['blob'],
  ['statement', 'event'],
];

const key = (name: string): string => agentKey(agent(name)) ?? '';

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}

export const ofKind = <K extends DumpKind>(entries: readonly DumpEntry[], kind: K) =>
  entries.filter((entry): entry is Extract<DumpEntry, { kind: K }> => entry.kind === kind);

export async function withAttachment(
  store: Store,
  contents: Uint8Array,
  parts: Partial<Statement> = {},
): Promise<NewStatement> {
  const { blob: sha2, length } = await store.blobs.put(contents);
  const contentType = 'application/octet-stream';
  const attachment = { usageType: 'https://usages.example/file', display: { en: 'A file' }, contentType, length, sha2 };
  return { ...given({ ...parts, attachments: [attachment] }), attachments: [{ sha2, contentType, blob: sha2 }] };
}

/** Something of every kind. */
export async function fillWithEverything(store: Store): Promise<void> {
  const voided = given({ actor: agent('ben'), object: { ...activity('word'), definition: { name: { fr: 'Écrit' } } } });
  const late = given({ actor: agent('zoe') }, undefined, ['timestamp']);
  const chain = given({ object: reference(voided.id) });
  await store.commit({ statements: [voided, await withAttachment(store, randomBytes(5_000))] });
  await store.commit({
    statements: [chain, given({ verb: VOIDED, object: reference(voided.id) })],
    changes: [put(TALLIES, 'a', { commits: 1, last: [voided.id] }), put(TALLIES, 'b', { commits: 2, last: [] })],
  });
  await store.commit({ statements: [given({ object: reference(late.id) }), late, given({ actor: agent('leaver') })] });
  const kept = await store.blobs.put(randomBytes(100));
  await store.commit({ changes: [put(TALLIES, 'a', { commits: 3, last: [] }, { blobs: [kept.blob] })] });
  const contents = Buffer.from([0xff, 0xfe, 0x00, 0x41]);
  const document = { contents, contentType: 'application/octet-stream' };
  for (const scope of [
    { kind: 'state', activity: 'https://a.example', agent: key('ben'), registration: randomUUID() },
    { kind: 'state', activity: 'https://a.example', agent: key('ben') },
    { kind: 'activity-profile', activity: 'https://a.example' },
    { kind: 'agent-profile', agent: key('ben') },
  ] as const) {
    await store.documents.put({ scope, id: 'bookmark é', ...document });
  }
  await store.erase({ id: 'gone', agents: [key('leaver')], mode: 'pseudonymise', replacement: key('random-1') });
}

export function dumpContract(engine: Engine): void {
  describe('dump', () => {
    let opened: EngineStore;
    let store: Store;
    beforeEach(async () => {
      opened = await engine.create();
      store = opened.store;
    });
    afterEach(() => opened.destroy());

    it('gives something of every kind in its order, and the same again', async () => {
      await fillWithEverything(store);
      const entries = await collect(store.dump());
      const places = entries.map(({ kind }) => ORDER.findIndex((kinds) => kinds.includes(kind)));
      expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
      expect(new Set(entries.map(({ kind }) => kind)).size).to.equal(ORDER.flat().length);
      for (const kind of ['statement', 'event'] as const) {
        const positions = ofKind(entries, kind).map(({ position }) => position);
        expect(positions).to.deep.equal(positions.toSorted((a, b) => a - b));
      }
      expect(await collect(store.dump())).to.deep.equal(entries);
    });

    it('gives an empty store as its time alone', async () => {
      expect((await collect(store.dump())).map(({ kind }) => kind)).to.deep.equal(['clock']);
    });

    it('gives what the feed gives, as it was received, with what was decided since', async () => {
      await fillWithEverything(store);
      const entries = await collect(store.dump());
      const { entries: fed, through } = await store.statements.feed(0, 1000);
      expect(ofKind(entries, 'clock')[0]?.position).to.equal(through);
      const statements = ofKind(entries, 'statement');
      const read = fed.flatMap((entry) => (entry.kind === 'statement' ? [entry.statement] : []));
      expect(statements.map(({ id, position, voided }) => ({ id, position, voided }))).to.deep.equal(
        read.map(({ id, position, voided }) => ({ id, position, voided })),
      );
      expect(statements.filter(({ voided }) => voided)).to.have.length(1);
      expect(statements.filter(({ voids }) => voids)).to.have.length(1);
      expect(statements.filter(({ hasTimestamp }) => !hasTimestamp)).to.have.length(1);
      for (const { text } of statements) expect(Buffer.from(text).toString()).not.to.contain('"stored"');
      expect(ofKind(entries, 'event').map(({ event }) => event)).to.deep.equal(['voided', 'erased']);
    });

    it('is of one moment under concurrent writers: of each commit all or nothing', async function () {
      this.timeout(60_000);
      let writing = true;
      const write = async (writer: string): Promise<void> => {
        for (let commits = 1; writing; commits++) {
          const statements = [1, 2, 3].map(() => given({ actor: agent(writer) }));
          await store.commit({ statements, changes: [put(TALLIES, writer, { commits, last: ids(statements) })] });
        }
      };
      const writers = ['w1', 'w2', 'w3', 'w4'].map(write);
      for (let round = 0; round < 5; round++) {
        const before = await store.statements.consistentThrough();
        const entries = await collect(store.dump());
        const statements = ofKind(entries, 'statement');
        const there = new Set(ids(statements));
        let commits = 0;
        for (const { value } of ofKind(entries, 'item')) {
          const tally = JSON.parse(value) as Tally;
          commits += tally.commits;
          for (const id of tally.last) expect(there.has(id), 'the last commit of each writer').to.equal(true);
        }
        expect(statements).to.have.length(commits * 3);
        const clock = ofKind(entries, 'clock')[0]?.position ?? 0;
        expect(statements.at(-1)?.position ?? 0).to.be.at.most(clock);
        const page = await store.statements.find({ until: before, limit: 10_000 });
        for (const { id } of page.statements) expect(there.has(id), 'what was there before').to.equal(true);
      }
      writing = false;
      await Promise.all(writers);
    });

    it('keeps the blobs that it refers to until it is read or left', async () => {
      await store.commit({ statements: [await withAttachment(store, randomBytes(10), { actor: agent('leaver') })] });
      const reading = store.dump()[Symbol.asyncIterator]();
      await reading.next();
      await store.erase({ id: 'e', agents: [key('leaver')], mode: 'erase' });
      expect(await store.blobs.sweep(-1)).to.equal(0);
      await reading.return?.();
      expect(await store.blobs.sweep(-1)).to.equal(1);
    });
  });
}
