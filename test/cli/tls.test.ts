import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as connectSecurely } from 'node:tls';
import { expect } from 'chai';
import { readCredentials } from '../../cli/net/credentials.ts';
import { type RunningServer, startServer } from '../e2e/server.ts';
import { makeCertificate } from './certificates.ts';
import { healthcheck } from './healthcheck.ts';
import { livret } from './livret.ts';
import { HEADERS, statementText } from './requests.ts';

describe('TLS', function () {
  this.timeout(60_000);
  let folder: string;
  let first: { cert: string; key: string };
  let second: { cert: string; key: string };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-tls-'));
    first = makeCertificate(folder, 'first');
    second = makeCertificate(folder, 'second');
  });
  after(() => rm(folder, { recursive: true }));

  describe('of the running server', () => {
    let server: RunningServer;
    const shown = { cert: '', key: '' };
    before(async () => {
      Object.assign(shown, { cert: join(folder, 'shown.pem'), key: join(folder, 'shown.key') });
      copyFileSync(first.cert, shown.cert);
      copyFileSync(first.key, shown.key);
      server = await startServer({ LIVRET_TLS_CERT: shown.cert, LIVRET_TLS_KEY: shown.key, LIVRET_METRICS_PORT: '0' });
    });
    after(() => server.stop());

    /** As a renewal does: the files are put in the place of the old ones. */
    const replace = (by: { cert: string; key: string }): void => {
      for (const part of ['cert', 'key'] as const) {
        copyFileSync(by[part], `${shown[part]}.new`);
        renameSync(`${shown[part]}.new`, shown[part]);
      }
    };
    const fingerprint = async (): Promise<string> => {
      const socket = connectSecurely({
        port: Number(new URL(server.url).port),
        host: '127.0.0.1',
        rejectUnauthorized: false,
      });
      await once(socket, 'secureConnect');
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256;
    };
    const fingerprintOf = ({ cert }: { cert: string }): string =>
      new X509Certificate(readFileSync(cert)).fingerprint256;
    const untilShown = async (expected: string): Promise<number> => {
      const start = Date.now();
      while ((await fingerprint()) !== expected && Date.now() - start < 20_000) await wait(50);
      return Date.now() - start;
    };
    const linesWith = (words: string): string[] => server.printed().filter((line) => line.includes(words));

    it('serves xAPI to a client that checks the certificate, and nobody without TLS', async () => {
      expect(server.url).to.match(/^https:/);
      const headers = { ...HEADERS, 'Content-Type': 'application/json' };
      const asked = request(`${server.url}/xapi/statements`, { ca: readFileSync(first.cert), method: 'POST', headers });
      asked.end(statementText());
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      expect(response.resume().statusCode).to.equal(200);
      const plain = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {});
      plain.end('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
      let answered = '';
      plain.on('data', (chunk) => {
        answered += chunk;
      });
      await once(plain, 'close');
      expect(answered).to.not.include('HTTP');
    });

    it('tells a container that it lives', async () => {
      const { port } = new URL(server.url);
      expect(await healthcheck({ PORT: port, LIVRET_TLS_CERT: shown.cert })).to.equal(0);
    });

    it('shows a renewed certificate within seconds, without a restart, and tells when it expires', async () => {
      replace(second);
      expect(await untilShown(fingerprintOf(second))).to.be.lessThan(10_000);
      const port = JSON.parse(linesWith('serving metrics')[0] ?? '{}').port;
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const expires = Date.parse(new X509Certificate(readFileSync(second.cert)).validTo) / 1000;
      expect(metrics).to.include(`livret_tls_certificate_expiry_timestamp_seconds ${expires}\n`);
    });

    it('keeps showing the old one when the new one cannot be used, and says so', async () => {
      const before = await fingerprint();
      replace({ cert: first.cert, key: second.key });
      for (let tries = 0; linesWith('still showing').length === 0 && tries < 100; tries++) await wait(100);
      const [line = '{}'] = linesWith('still showing');
      expect(JSON.parse(line))
        .to.have.nested.property('err.message')
        .that.includes('it is not the key of the certificate');
      expect(await fingerprint()).to.equal(before);
    });

    it('reads the files at once at SIGHUP', async () => {
      replace(first);
      server.process.kill('SIGHUP');
      expect(await untilShown(fingerprintOf(first))).to.be.lessThan(1_500);
    });
  });

  it('refuses files that cannot be used, in one sentence', async () => {
    const text = join(folder, 'text.pem');
    writeFileSync(text, 'no PEM');
    const locked = join(folder, 'locked.key');
    execFileSync('openssl', ['pkey', '-in', first.key, '-aes256', '-passout', 'pass:hunter2', '-out', locked]);
    const refused: [cert: string, key: string, says: RegExp][] = [
      [join(folder, 'none.pem'), first.key, /LIVRET_TLS_CERT \S+none\.pem: there is no such file\.$/],
      [folder, first.key, /LIVRET_TLS_CERT \S+: it is a folder\.$/],
      [text, first.key, /LIVRET_TLS_CERT \S+text\.pem: it is no certificate in PEM\.$/],
      [first.key, first.key, /LIVRET_TLS_CERT \S+: it is no certificate in PEM\.$/],
      [first.cert, text, /LIVRET_TLS_KEY \S+text\.pem: it is no private key in PEM\.$/],
      [
        first.cert,
        locked,
        /LIVRET_TLS_KEY \S+locked\.key: it is encrypted, and a server has nobody to ask for its password\.$/,
      ],
      [first.cert, second.key, /LIVRET_TLS_KEY \S+: it is not the key of the certificate in LIVRET_TLS_CERT\.$/],
    ];
    for (const [cert, key, says] of refused) {
      const message = await readCredentials({ cert, key }).catch((error: Error) => error.message);
      expect(message).to.match(says).and.not.include('\n');
    }
    const env = { PORT: '0', LIVRET_TLS_CERT: text, LIVRET_TLS_KEY: text };
    const { code, stderr } = await livret(['serve'], { folder: join(folder, 'data'), env });
    expect([code, stderr.trim().split('\n').length]).to.deep.equal([1, 1]);
  });
});
