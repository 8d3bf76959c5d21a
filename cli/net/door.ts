/** The server's public port, as the settings want it: where, how patient, and with which certificate. */
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { Measure } from '../../web/index.ts';
import { type CredentialFiles, readCredentials, watchFiles } from './credentials.ts';
import type { Exchange } from './exchange.ts';
import { type Listening, listen } from './listen.ts';

export interface Door extends Listening {
  measures: readonly Measure[];
}

/** Rejects with `config.invalid` when the address cannot be had, or the certificate not be used. */
export async function openDoor(
  config: Config,
  exchange: Exchange,
  handler: RequestListener,
  log: Logger,
): Promise<Door> {
  const { host, port, tlsCert: cert, tlsKey: key } = config;
  const requestTimeout = config.requestTimeout * 1000;
  const place = { host, port, settings: 'PORT and LIVRET_HOST', requestTimeout, exchange };
  if (cert === undefined || key === undefined) return { ...(await listen(handler, place)), measures: [] };
  return openSecureDoor(handler, place, { cert, key }, log);
}

async function openSecureDoor(
  handler: RequestListener,
  place: Parameters<typeof listen>[1],
  files: CredentialFiles,
  log: Logger,
): Promise<Door> {
  let credentials = await readCredentials(files);
  const listening = await listen(handler, { ...place, credentials });
  const tell = (message: string): void => {
    const expires = new Date(credentials.expires).toISOString();
    if (credentials.expires < Date.now()) log.warn({ expires }, 'the certificate has expired');
    else log.info({ expires }, message);
  };
  async function renew(): Promise<void> {
    try {
      credentials = await readCredentials(files);
      listening.renew(credentials);
      tell('showing the new certificate');
    } catch (error) {
      log.error({ err: error }, 'the new certificate cannot be used: still showing the one before');
    }
  }
  tell('speaking TLS');
  const stopWatching = watchFiles(files, renew);
  process.on('SIGHUP', renew);
  return {
    ...listening,
    measures: [
      {
        name: 'livret_tls_certificate_expiry_timestamp_seconds',
        help: 'When the certificate that is shown expires.',
        kind: 'gauge',
        read: () => credentials.expires / 1000,
      },
    ],
    async close(grace) {
      stopWatching();
      await listening.close(grace);
    },
  };
}
