/**
 * The process that runs SQL of somebody else: one statement, on a published file, then it ends. It reads the
 * job from its standard input and writes the answer, lines of JSON, to its standard output.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { BUG, type Job } from './job.ts';
import { answer, openPublished } from './query.ts';
import { standBack } from './stand-back.ts';

async function run(job: Job): Promise<void> {
  const instance = await openPublished(job.file, job.limits);
  for await (const line of answer(instance, job)) {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  }
}

standBack();
// Not by exit: whatever DuckDB still does would be waited for.
const end = (): boolean => process.kill(process.pid, 'SIGKILL');
const input = createInterface({ input: process.stdin });
// Nobody waits for the answer any more.
input.on('close', end);
input.once('line', (line) => {
  run(JSON.parse(line))
    .catch((error: unknown) => void process.stderr.write(`${BUG}${error instanceof Error ? error.stack : error}\n`))
    .finally(() => process.stdout.write('', end));
});
