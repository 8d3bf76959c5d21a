import { expect } from 'chai';
import { Connection } from '../../../lrs/store/mongodb/connection.ts';
import { statementRow } from '../../../lrs/store/mongodb/statement-plan.ts';
import { Positions } from '../../../lrs/store/mongodb/ticketed.ts';
import { Tickets } from '../../../lrs/store/mongodb/tickets.ts';
import { collect, ofKind } from '../../contract/dump.ts';
import { given, ids } from '../../contract/given.ts';
import { type EngineStore, onEachEngine } from '../../engines/index.ts';

onEachEngine('a dump beside commits that are under way', (engine) => {
  if (engine.name !== 'MongoDB') return;
  let opened: EngineStore;
  let connection: Connection;
  let tickets: Tickets;
  beforeEach(async () => {
    opened = await engine.create();
    connection = await Connection.open(opened.place.engine);
    tickets = await Tickets.open(connection);
  });
  afterEach(async () => {
    tickets.close();
    await connection.close();
    await opened.destroy();
  });

  const after: Record<string, () => Promise<unknown>> = {
    'the next ticket': async () => {},
    'a ticket that was given up by its own writer': async () => tickets.hasCommitted(await tickets.take()),
    'two of those': async () => {
      for (const ticket of [await tickets.take(), await tickets.take()]) await tickets.hasCommitted(ticket);
    },
  };

  for (const [what, follows] of Object.entries(after)) {
    it(`leaves out one that commits while it is read, before ${what}`, async () => {
      const { store } = opened;
      const { collections } = connection;
      const before = given();
      const late = given();
      const next = given();
      await store.commit({ statements: [before] });
      const ticket = await tickets.take();
      await follows();
      await store.commit({ statements: [next] });
      const reading = store.dump()[Symbol.asyncIterator]();
      const first = await reading.next();
      await collections.statements.insertOne(statementRow(late, new Positions(ticket).next()));
      await collections.commits.insertOne(tickets.row(ticket, false));
      const rest = await collect({ [Symbol.asyncIterator]: () => reading });
      expect(first.value?.kind).to.equal('clock');
      expect(ids(ofKind(rest, 'statement'))).to.deep.equal([before.id, next.id]);
    });
  }
});
