/** Starts a MongoDB as the tests do, says where, and waits to be killed. */
import { startReplicaSet } from './mongod.ts';

const { members, folder } = await startReplicaSet(process.argv[2] ?? '', { members: 1 });
process.stdout.write(`${JSON.stringify({ host: members[0]?.host, folder })}\n`);
setInterval(() => {}, 1_000);
