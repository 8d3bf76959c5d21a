/** (b): what the SQLite store alone can do: the writer on its own thread's code, same statements, same schema, every group on disk, no HTTP. */
import { join } from 'node:path';
import { Writer } from '../../lrs/store/sqlite/writer.ts';
import { endless, givenOptions, measure, prepare } from './prepared.ts';

const { folder, group, batch, seconds } = givenOptions<{
  /** Of the store. */
  folder: string;
  /** Commits in a transaction. */
  group: number;
  /** Statements in a commit. */
  batch: number;
  seconds: number;
}>();

const writer = new Writer(join(folder, 'store.sqlite'));
const next = endless(prepare(2_000));
await measure(seconds, () => {
  writer.run(Array.from({ length: group }, () => ({ kind: 'commit' as const, changes: [], statements: next(batch) })));
  return group * batch;
});
writer.close();
