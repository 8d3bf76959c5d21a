/** What HTTP alone costs: Express 5 that reads the same bodies as JSON and answers ids, and keeps nothing. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';

const app = express();
app.use(express.json({ limit: '10mb' }));
app.post('/xapi/statements', (request, response) => {
  const statements: unknown[] = Array.isArray(request.body) ? request.body : [request.body];
  response.json(statements.map(() => randomUUID()));
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
