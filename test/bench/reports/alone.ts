/** `npm run bench:reports`: the reports' part of the bench by itself. bench.ts beside it says how to make it smaller. */
import { startMongo } from '../mongo.ts';
import { benchReports } from './bench.ts';
import { printReports } from './print.ts';

const mongo = await startMongo();
try {
  printReports(await benchReports(mongo?.address));
} finally {
  await mongo?.stop();
}
