/** Starts a program that starts another, as servers of the tests are, says where its files are, and waits to be killed. */
import { serverFolder, startWatched } from './watched.ts';

const folder = await serverFolder('held');
await startWatched(['sh', '-c', 'sleep 60 & echo $$ $! >> pids; wait'], { folder, isReady: async () => true });
process.stdout.write(`${folder}\n`);
setInterval(() => {}, 1_000);
