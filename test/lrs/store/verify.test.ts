import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect } from 'chai';
import { openSqliteStore } from '../../../lrs/store/sqlite/index.ts';
import { type CollectionSpec, type NewStatement, put } from '../../../lrs/store/store.ts';
import { collect, withAttachment } from '../../contract/dump.ts';
import { activity, agent, given, reference, VOIDED } from '../../contract/given.ts';

const BOOKS: CollectionSpec<{ code?: string; year: number }> = {
  name: 'books',
  indexes: { code: { fields: ['code'], unique: true }, year: { fields: ['year'] } },
};

/** Each corruption is planted in the file, and must be found: what is in `where`, under which kind. */
describe('verify finds in a SQLite store', () => {
  let folder: string;
  let statements: Record<'plain' | 'target' | 'referring' | 'voided' | 'voiding' | 'attached', NewStatement>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-verify-'));
    const store = await openSqliteStore(folder);
    const target = given({ actor: agent('ben') });
    const voided = given();
    statements = {
      plain: given({ object: { ...activity('word'), definition: { name: { fr: 'Écrit' } } } }),
      target,
      referring: given({ object: reference(target.id), actor: agent('zoe') }),
      voided,
      voiding: given({ verb: VOIDED, object: reference(voided.id) }),
      attached: await withAttachment(store, randomBytes(500)),
    };
    await store.commit({ statements: Object.values(statements) });
    const { blob } = await store.blobs.put(randomBytes(20));
    await store.commit({
      changes: [put(BOOKS, 'a', { code: 'x', year: 1 }, { blobs: [blob] }), put(BOOKS, 'b', { code: 'y', year: 2 })],
    });
    await store.documents.put({
      scope: { kind: 'activity-profile', activity: 'https://a.example' },
      id: 'd',
      contents: Buffer.from('contents'),
      contentType: 'text/plain',
    });
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  function alter(sql: string): void {
    const database = new DatabaseSync(join(folder, 'store.sqlite'));
    const position = ({ id }: NewStatement) =>
      `(SELECT position FROM statement WHERE id = x'${id.replaceAll('-', '')}')`;
    const named = sql.replace(/\$(\w+)/g, (_, name: keyof typeof statements) => position(statements[name]));
    expect(database.exec(named));
    const { changed } = database.prepare('SELECT total_changes() AS changed').get() as { changed: number };
    expect(changed, 'rows that were altered').to.be.greaterThan(0);
    database.close();
  }

  async function findings(): Promise<string[]> {
    const store = await openSqliteStore(folder);
    const names = new Map(Object.entries(statements).map(([name, { id }]) => [id, name]));
    const all = await collect(store.verify());
    await store.close();
    return all.map(({ kind, where, problem }) => `${kind} ${names.get(where) ?? where}: ${problem}`).sort();
  }

  it('nothing, where nothing was planted', async () => {
    expect(await findings()).to.deep.equal([]);
  });

  const MEMBER = (value: string) => `(SELECT id FROM member WHERE CAST(value AS TEXT) = '${value}')`;
  const BEN = MEMBER('account:https://agents.example|ben');
  const ZOE = MEMBER('account:https://agents.example|zoe');
  const VERB = MEMBER('https://verbs.example/did');

  const planted: Record<string, { sql: string; finds: string[] }> = {
    'a pair that is gone': {
      sql: 'DELETE FROM pair WHERE position = $plain',
      finds: ['index plain: It is not under the pair of its verb and its activity.'],
    },
    'an index entry that is gone': {
      sql: `DELETE FROM entry WHERE position = $plain AND member = ${VERB}`,
      finds: ['index plain: Entries that should find it are not there: 1.'],
    },
    'an index entry too many': {
      sql: `INSERT INTO entry VALUES (${BEN}, $plain, 1)`,
      finds: ['index plain: Entries that are not its own find it: 1.'],
    },
    'one gone and one too many': {
      sql: `DELETE FROM entry WHERE position = $plain AND member = ${VERB}; INSERT INTO entry VALUES (${ZOE}, $target, 1)`,
      finds: [
        'index plain: Entries that should find it are not there: 1.',
        'index target: Entries that are not its own find it: 1.',
      ],
    },
    'an index entry of another use': {
      sql: `UPDATE entry SET usage = 2 WHERE position = $target AND member = ${BEN}`,
      finds: [
        'index target: Entries that are not its own find it: 1.',
        'index target: Entries that should find it are not there: 1.',
      ],
    },
    'index entries of nothing': {
      sql: `INSERT INTO entry VALUES (${BEN}, 1, 1)`,
      finds: ['index position 1: Entries of no statement: 1.'],
    },
    'a member that left the dictionary': {
      sql: `DELETE FROM member WHERE id = ${ZOE}`,
      finds: [
        'index referring: Entries that are not its own find it: 1.',
        'index referring: Members that the dictionary does not have: 1.',
      ],
    },
    'a mark of voiding that is gone': {
      sql: 'UPDATE statement SET flags = flags & ~1 WHERE position = $voided',
      finds: [
        'voiding voided: A statement voids it, and it is not marked so.',
        'voiding voided: An event tells that it was voided, and it is not marked so.',
      ],
    },
    'a mark of voiding too many': {
      sql: 'UPDATE statement SET flags = flags | 1 WHERE position = $plain',
      finds: [
        'voiding plain: It is marked as voided, and no event tells so.',
        'voiding plain: It is marked as voided, and nothing voids it.',
      ],
    },
    'a voiding that no event tells of': {
      sql: 'DELETE FROM event',
      finds: ['voiding voided: It is marked as voided, and no event tells so.'],
    },
    'an event that comes twice': {
      sql: 'INSERT INTO event SELECT position - 1000000, kind, detail FROM event',
      finds: [
        'voiding voided: More than one event tells that it was voided.',
        'voiding voided: The event that tells that it was voided comes before it.',
      ],
    },
    'an event at the position of a statement': {
      sql: 'UPDATE event SET position = $attached',
      finds: ['event attached: An event has its position.'],
    },
    'a reference that is gone': {
      sql: 'DELETE FROM reference WHERE source = $referring',
      finds: [
        'index referring: Entries that are not its own find it: 3.',
        'index referring: Entries that should find it are not there: 1.',
        'reference referring: That it refers is not known.',
      ],
    },
    'a reference to something else': {
      sql: 'UPDATE reference SET target = zeroblob(16) WHERE source = $referring',
      finds: ['reference referring: It refers to something else.'],
    },
    'a reference that inherits nothing': {
      sql: "UPDATE reference SET inherited = '[]' WHERE source = $referring",
      finds: [
        'index referring: Entries that are not its own find it: 3.',
        'index referring: Entries that should find it are not there: 1.',
        'reference referring: It is not found by what it refers to, or by something else.',
      ],
    },
    'a reference that inherits what it should not': {
      sql: `UPDATE reference SET inherited = json_insert(inherited, '$[#]', ${ZOE}, '$[#]', 2) WHERE source = $voiding;
        INSERT INTO entry VALUES (${ZOE}, $voiding, 2)`,
      finds: ['reference voiding: It is not found by what it refers to, or by something else.'],
    },
    'a reference of nothing': {
      sql: "INSERT INTO reference VALUES (1, zeroblob(16), 0, '[]')",
      finds: ['reference 00000000-0000-0000-0000-000000000000: A statement that is not there refers to it.'],
    },
    'a text with another number in it': {
      sql: `UPDATE statement SET text = CAST(replace(CAST(text AS TEXT), 'T09:00', 'T09:01') AS BLOB) WHERE position = $plain`,
      finds: ['statement plain: Its text has changed.'],
    },
    'a text of another person': {
      sql: `UPDATE statement SET text = CAST(replace(CAST(text AS TEXT), 'ben', 'zoe') AS BLOB), crc = NULL WHERE position = $target`,
      finds: [
        'index target: Entries that are not its own find it: 1.',
        'index target: Entries that should find it are not there: 1.',
        'reference referring: It is not found by what it refers to, or by something else.',
      ],
    },
    'half a text': {
      sql: 'UPDATE statement SET text = substr(text, 1, 90) WHERE position = $attached',
      finds: [
        'index attached: Entries that are not its own find it: 4.',
        'index attached: It is not under the pair of its verb and its activity.',
        'statement attached: Its text cannot be read.',
        'statement attached: Its text has changed.',
      ],
    },
    'a text in the place of another': {
      sql: `UPDATE statement SET text = (SELECT text FROM statement WHERE position = $plain), crc = NULL WHERE position = $voided`,
      finds: [
        'index voided: Entries that are not its own find it: 1.',
        'index voided: Entries that should find it are not there: 1.',
        'index voided: It is not under the pair of its verb and its activity.',
        'reference voiding: It is not found by what it refers to, or by something else.',
        'statement voided: Its text has another id.',
      ],
    },
    'contents that are not declared': {
      sql: 'INSERT INTO attachment SELECT $plain, 0, sha2, content_type, blob FROM attachment',
      finds: ['attachment plain: It has contents that it does not declare.'],
    },
    'a position after the clock': {
      sql: 'UPDATE clock SET position = (SELECT max(version) - 1 FROM item)',
      finds: ['item position'],
    },
    'an item key that is gone': {
      sql: "DELETE FROM item_key WHERE name = 'year' AND id = CAST('a' AS BLOB)",
      finds: ['item books a: It is not found by its index year.'],
    },
    'an item key too many': {
      sql: "INSERT INTO item_key SELECT collection, name, key, CAST('b' AS BLOB) FROM item_key WHERE name = 'year' AND id = CAST('a' AS BLOB)",
      finds: ['item books b: It is found by a key that it does not have, in the index year.'],
    },
    'two of one unique key': {
      sql: `UPDATE item SET value = (SELECT value FROM item WHERE id = CAST('a' AS BLOB)); DELETE FROM item_key WHERE id = CAST('b' AS BLOB);
        INSERT INTO item_key SELECT collection, name, key, CAST('b' AS BLOB) FROM item_key WHERE id = CAST('a' AS BLOB)`,
      finds: ['item books b: It has the same key as another in the unique index code.'],
    },
    'an item that cannot be read': {
      sql: "UPDATE item SET value = CAST('{' AS BLOB) WHERE id = CAST('b' AS BLOB)",
      finds: [
        'item books b: It is found by a key that it does not have, in the index code.',
        'item books b: It is found by a key that it does not have, in the index year.',
        'item books b: Its value cannot be read.',
      ],
    },
    'a document that was changed': {
      sql: "UPDATE document SET contents = CAST('c0ntents' AS BLOB)",
      finds: ['document activity-profile "d": Its ETag is not that of its contents.'],
    },
    'a definition that cannot be read': {
      sql: "UPDATE activity SET definition = CAST('[' AS BLOB)",
      finds: ['activity https://activities.example/word: Its definition cannot be read.'],
    },
  };
  for (const [what, { sql, finds }] of Object.entries(planted)) {
    it(what, async () => {
      alter(sql);
      const all = await findings();
      expect(all.map((line, n) => (finds[n] && line.startsWith(finds[n]) ? finds[n] : line))).to.deep.equal(finds);
    });
  }

  it('a blob that was changed, cut or lost', async () => {
    const { blob = '' } = statements.attached.attachments[0] ?? {};
    const file = join(folder, 'blobs', blob.slice(0, 2), blob);
    await writeFile(file, randomBytes(500));
    expect(await findings()).to.deep.equal([`blob ${blob}: Its bytes are not those it was named after.`]);
    await truncate(file, 10);
    expect(await findings()).to.deep.equal([`blob ${blob}: Its bytes are not those it was named after.`]);
    await rm(file);
    expect(await findings()).to.deep.equal([`blob ${blob}: It is not there.`]);
  });

  it('an index of the file that lost a row', async () => {
    const database = new DatabaseSync(join(folder, 'store.sqlite'));
    // Without it the schema cannot be written to.
    database.enableDefensive(false);
    database.exec(`PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET type = 'index', sql = replace(sql, 'ON statement (id)', 'ON statement (position)')
      WHERE name = 'statement_id'`);
    database.close();
    const [first] = await findings();
    expect(first).to.match(/^file store\.sqlite: .*statement_id/);
  });
});
