import { expect } from 'chai';
import { type RunningServer, startServer } from '../e2e/server.ts';
import { basic, HEADERS } from './requests.ts';

const LIMIT = 3;

describe('a client behind a proxy', function () {
  this.timeout(60_000);

  /** Tries a wrong password, through a proxy that adds who connected to it; gives the status. */
  const guess = async (server: RunningServer, forwarded: string): Promise<number> => {
    const headers = {
      ...HEADERS,
      Authorization: basic('admin', `guess ${Math.random()}`),
      'X-Forwarded-For': forwarded,
    };
    const response = await fetch(`${server.url}/xapi/statements`, { headers });
    await response.text();
    return response.status;
  };

  it('is whoever connects, as long as nothing is trusted: a forged header frees nobody from the limits', async () => {
    const server = await startServer({ LIVRET_FAILED_LOGINS: String(LIMIT) });
    const statuses: number[] = [];
    for (let n = 0; n < LIMIT + 2; n++) statuses.push(await guess(server, `203.0.113.${n}`));
    expect(statuses).to.deep.equal([401, 401, 401, 429, 429]);
    await server.stop();
  });

  for (const trusted of ['1', '127.0.0.0/8, 10.0.0.0/8']) {
    it(`is who it is with LIVRET_TRUST_PROXY=${trusted}: the limits count each client, and not what it says itself`, async () => {
      const server = await startServer({ LIVRET_FAILED_LOGINS: String(LIMIT), LIVRET_TRUST_PROXY: trusted });
      const statuses: number[] = [];
      // What a client sends itself stands before what the proxy adds.
      for (let n = 0; n < LIMIT + 1; n++) statuses.push(await guess(server, `198.51.100.${n}, 203.0.113.1`));
      expect(statuses).to.deep.equal([401, 401, 401, 429]);
      expect(await guess(server, '203.0.113.2'), 'another client').to.equal(401);
      expect(await guess(server, '203.0.113.1')).to.equal(429);
      await server.stop();
    });
  }
});
