import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { goneOf } from '../../../reporting/sql/gone.ts';

describe('whoever asked for a query', () => {
  it('has gone too if that was before anybody looked: while they were recognised, say', async () => {
    const house = express();
    const away = new AbortController();
    const aborted = new Promise<boolean>((resolve) => {
      house.get('/', async (_request, response) => {
        away.abort();
        await once(response, 'close');
        resolve(goneOf(response).aborted);
      });
    });
    const server = house.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await fetch(`http://127.0.0.1:${port}/`, { signal: away.signal }).catch(() => undefined);
    expect(await aborted).to.equal(true);
    server.close();
  });
});
