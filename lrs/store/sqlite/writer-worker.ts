/**
 * The one thread that writes. Whatever has been sent while a transaction was on its way to the disk is the next one: the
 * slower the disk, the more share its cost. It answers after they are on disk.
 */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { Checkpoints } from './checkpoints.ts';
import { type GroupDone, received, type SentTask, toWire, type WriterRequest } from './messages.ts';
import { Writer } from './writer.ts';

/** Statements in one transaction: enough to share the cost of reaching the disk, few enough to answer soon. */
const GROUP_STATEMENTS = 1_000;
const GROUP_TASKS = 500;

function serve(port: MessagePort, writer: Writer, checkpoints: Checkpoints): void {
  port.on('message', (first: WriterRequest) => {
    const { tasks, closing } = gather(port, first);
    if (tasks.length > 0) {
      const done: GroupDone = { results: writer.run(tasks.map(received)), stored: writer.stored };
      port.postMessage(done);
      checkpoints.look();
    }
    if (closing) void close(port, writer, checkpoints);
  });
  port.postMessage({ opened: { stored: writer.stored } });
}

async function close(port: MessagePort, writer: Writer, checkpoints: Checkpoints): Promise<void> {
  await checkpoints.close(() => writer.close());
  port.close();
}

/** What a message brings, and those behind it that are there already. */
function gather(port: MessagePort, first: WriterRequest): { tasks: SentTask[]; closing: boolean } {
  const tasks: SentTask[] = [];
  let statements = 0;
  for (let request: WriterRequest | undefined = first; request !== undefined; ) {
    if (request === 'close') return { tasks, closing: true };
    tasks.push(...request);
    for (const task of request) statements += task.kind === 'commit' ? task.statements.length : 1;
    if (tasks.length >= GROUP_TASKS || statements >= GROUP_STATEMENTS) break;
    request = receiveMessageOnPort(port)?.message as WriterRequest | undefined;
  }
  return { tasks, closing: false };
}

function open(port: MessagePort): void {
  const { file } = workerData as { file: string };
  let writer: Writer;
  try {
    writer = new Writer(file);
  } catch (error) {
    port.postMessage({ failed: toWire(error) });
    port.close();
    return;
  }
  serve(port, writer, new Checkpoints(writer.log, file));
}

if (parentPort) open(parentPort);
