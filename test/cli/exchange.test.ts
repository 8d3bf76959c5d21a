import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express, { type Express } from 'express';
import { createExchange } from '../../cli/net/exchange.ts';

/** Answers what a request is, seen by the application: its path, its caller, and what the application itself set. */
function application(mark: string): Express {
  const app = express();
  app.set('trust proxy', 1);
  app.get('/:name', (request, response) => {
    const { name } = request.params;
    response.locals.mark = request.app.get('mark');
    response.json({ name, ip: request.ip, accepts: request.accepts(['html', 'json']), mark: response.locals.mark });
  });
  app.set('mark', mark);
  return app;
}

describe('the requests and responses of a server', () => {
  it("are its application's from the start, and work as Express's own", async () => {
    const exchange = createExchange();
    const app = application('one');
    let before: object[] = [];
    const listener: RequestListener = (request, response) => {
      before = [Object.getPrototypeOf(request), Object.getPrototypeOf(response)];
      app(request, response);
    };
    const server = createServer(exchange, listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    exchange.belongTo(app);
    try {
      const { port } = server.address() as AddressInfo;
      const headers = { Accept: 'application/json', 'X-Forwarded-For': '192.0.2.7' };
      const answer = await fetch(`http://127.0.0.1:${port}/ada`, { headers });
      expect(await answer.json()).to.deep.equal({ name: 'ada', ip: '192.0.2.7', accepts: 'json', mark: 'one' });
      // Express has nothing to change: changing it would cost each request more than all the rest of Express.
      expect(before[0]).to.equal(app.request);
      expect(before[1]).to.equal(app.response);
    } finally {
      server.close();
    }
  });

  it('of two servers belong each to its own application', async () => {
    const servers = await Promise.all(
      ['one', 'two'].map(async (mark) => {
        const exchange = createExchange();
        const app = application(mark);
        exchange.belongTo(app);
        const server = createServer(exchange, app).listen(0, '127.0.0.1');
        await once(server, 'listening');
        return server;
      }),
    );
    const marks = await Promise.all(
      servers.map(async (server) => {
        const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ada`);
        return ((await answer.json()) as { mark: string }).mark;
      }),
    );
    for (const server of servers) server.close();
    expect(marks).to.deep.equal(['one', 'two']);
  });
});
