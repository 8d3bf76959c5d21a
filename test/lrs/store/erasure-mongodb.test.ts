import { expect } from 'chai';
import { Connection } from '../../../lrs/store/mongodb/connection.ts';
import { uuidBinary } from '../../../lrs/store/mongodb/encoding.ts';
import { Eraser } from '../../../lrs/store/mongodb/eraser.ts';
import { keysOfStatement } from '../../../lrs/store/mongodb/member-keys.ts';
import { References } from '../../../lrs/store/mongodb/references.ts';
import { TicketedTransactions, type Work } from '../../../lrs/store/mongodb/ticketed.ts';
import { Tickets } from '../../../lrs/store/mongodb/tickets.ts';
import type { NewStatement } from '../../../lrs/store/store.ts';
import { agentKey } from '../../../lrs/xapi/index.ts';
import { collect } from '../../contract/dump.ts';
import { agent, given, ids, reference } from '../../contract/given.ts';
import { type EngineStore, onEachEngine } from '../../engines/index.ts';

const LEAVER = agentKey(agent('leaver')) ?? '';
const RANDOM = agentKey(agent('random-1')) ?? '';

/** Lets others go on between two steps. */
class Interrupted extends TicketedTransactions {
  interrupt: () => Promise<void> = async () => {};

  override async run<Found, R>(work: Work<Found, R>): Promise<R> {
    await this.interrupt();
    return super.run(work);
  }
}

onEachEngine('forgetting somebody while references are settled', (engine) => {
  if (engine.name !== 'MongoDB') return;
  let opened: EngineStore;
  let connection: Connection;
  /** Of another process, which settles. */
  let other: Connection;
  let tickets: Tickets;
  let transactions: Interrupted;
  let references: References;
  beforeEach(async () => {
    opened = await engine.create();
    connection = await Connection.open(opened.place.engine);
    other = await Connection.open(opened.place.engine);
    tickets = await Tickets.open(connection);
    transactions = new Interrupted(connection, tickets);
    references = new References(connection, transactions);
  });
  afterEach(async () => {
    tickets.close();
    await Promise.all([connection.close(), other.close()]);
    await opened.destroy();
  });

  /** As it is between its commit and its answer. */
  async function unsettle(statement: NewStatement): Promise<void> {
    const { collections } = connection;
    const row = { _id: uuidBinary(statement.id) };
    await collections.statements.updateOne(row, { $set: { members: keysOfStatement(statement) } });
    await collections.references.updateOne(row, { $set: { settled: false, inherited: 0 } });
  }

  const modes = [{ mode: 'pseudonymise', replacement: RANDOM }, { mode: 'erase' }] as const;
  for (const how of modes) {
    const moments: Record<string, (settling: () => Promise<void>, erasing: () => Promise<void>) => Promise<void>> = {
      'while it is going on': async (settling, erasing) => {
        transactions.interrupt = async () => {
          transactions.interrupt = async () => {};
          await settling();
        };
        await erasing();
      },
      'from what was read before it began': async (settling, erasing) => {
        const { statements } = other.collections;
        let erased: Promise<void> | undefined;
        const interrupted = new Proxy(statements, {
          get(target, name) {
            const value: unknown = Reflect.get(target, name);
            if (typeof value !== 'function') return value;
            if (name !== 'bulkWrite') return value.bind(target);
            return async (...given: unknown[]) => {
              erased ??= erasing();
              await erased;
              return value.apply(target, given);
            };
          },
        });
        Object.assign(other.collections, { statements: interrupted });
        await settling();
      },
    };

    for (const [when, interleave] of Object.entries(moments)) {
      it(`${how.mode}: nothing is found by them that inherits from theirs ${when}`, async () => {
        const { store } = opened;
        const own = given({ actor: agent('leaver') });
        const referring = given({ actor: agent('other'), object: reference(own.id) });
        const further = given({ actor: agent('other'), object: reference(referring.id) });
        await store.commit({ statements: [own, referring, further] });
        for (const each of [referring, further]) await unsettle(each);
        const left = [uuidBinary(referring.id), uuidBinary(further.id)];
        await interleave(
          () => new References(other, new TicketedTransactions(other, tickets)).settle(left, { referring: true }),
          async () => {
            await new Eraser(connection, transactions, references).run({ id: 'e', agents: [LEAVER], ...how });
          },
        );
        const found = await store.statements.find({ agent: LEAVER, relatedAgents: true, limit: 9 });
        expect(ids(found.statements)).to.deep.equal([]);
        const others = await store.statements.find({ agent: agentKey(agent('other')) ?? '', limit: 9 });
        expect(ids(others.statements)).to.have.members(ids([referring, further]));
        expect(await collect(store.verify())).to.deep.equal([]);
      });
    }
  }
});
