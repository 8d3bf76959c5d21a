/** (d): what MongoDB's driver alone can do: insertMany of the documents Livret writes, into a collection with the same indexes, majority and journaled, one writer. */
import { MongoClient } from 'mongodb';
import { WRITE_CONCERN } from '../../lrs/store/mongodb/connection.ts';
import { statementRow } from '../../lrs/store/mongodb/statement-plan.ts';
import { positionAt } from '../../lrs/store/store.ts';
import { endless, givenOptions, measure, prepare } from './prepared.ts';

const { url, collection, batch, seconds } = givenOptions<{
  url: string;
  /** Its indexes are there. */
  collection: string;
  batch: number;
  seconds: number;
}>();

const client = await MongoClient.connect(url, { writeConcern: WRITE_CONCERN });
const rows = client.db().collection<ReturnType<typeof statementRow>>(collection);
const next = endless(prepare(2_000));
let position = positionAt(Date.now());
await measure(seconds, async () => {
  await rows.insertMany(next(batch).map((statement) => statementRow(statement, position++)));
  return batch;
});
await client.close();
