/** A connection to an LDAP server, encrypted and logged in as the settings say. */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { Client, ResultCodeError } from 'ldapts';
import { LivretError } from '../../../lrs/index.ts';
import type { PageMeter } from './limits.ts';
import type { LdapSettings } from './settings.ts';

/** Result codes (RFC 4511, A.2) that say nothing about who asks: another server may be better off. */
const BUSY = 51;
const UNAVAILABLE = 52;

/** Connects to the first server that can be used; `meter` counts what it says. Rejects `people.ldap` with the reason of each. */
export async function connect(settings: LdapSettings, meter: PageMeter): Promise<Client> {
  const reasons: string[] = [];
  for (const url of settings.urls) {
    try {
      return await connectTo(url, settings, meter);
    } catch (error) {
      reasons.push(`${url}: ${reasonOf(error)}`);
      // A wrong password is wrong everywhere, and too many of them lock an account.
      if (error instanceof ResultCodeError && error.code !== BUSY && error.code !== UNAVAILABLE) break;
    }
  }
  throw new LivretError('people.ldap', { detail: reasons.join('; ') });
}

async function connectTo(
  url: string,
  { startTls, ca, bind, timeout }: LdapSettings,
  meter: PageMeter,
): Promise<Client> {
  const tls: ConnectionOptions = { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) };
  const client = new Client({
    url,
    timeout,
    connectTimeout: timeout,
    // With these it would use TLS from the start, whatever the URL says.
    ...(url.startsWith('ldaps:') && { tlsOptions: tls }),
    createConnection: onlyOnce(connectTcp, meter),
    createSecureConnection: onlyOnce(connectTls, meter),
  });
  try {
    if (startTls) await client.startTLS({ ...tls, ...identityOf(url) });
    if (bind) await client.bind(bind.dn, bind.password);
    return client;
  } catch (error) {
    await client.unbind().catch(() => {});
    throw error;
  }
}

/** Whose certificate the server has to show; ldapts does not tell Node.js, which would take any for `localhost`. */
function identityOf(url: string): ConnectionOptions {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? { host, servername: host } : { host };
}

/**
 * ldapts connects again by itself when a connection was lost, without StartTLS and as nobody in particular: a password
 * would go in clear, or half the people would be out of sight.
 */
function onlyOnce<F extends (...args: never[]) => Socket>(open: F, meter: PageMeter): F {
  let opened = false;
  return ((...args: Parameters<F>) => {
    if (opened) throw new Error('the connection was lost');
    opened = true;
    const socket = open(...args);
    meter.watch(socket);
    return socket;
  }) as F;
}

/** One line. Messages of Node.js and of servers name hosts and certificates, no people and no secrets. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  const message = error.message.replaceAll(/\s+/g, ' ').trim() || String(code);
  return error instanceof ResultCodeError ? `${nameOf(error)} (${message})` : message;
}

/** What the server's answer is called, without its code: its own message is most often empty. */
const nameOf = ({ name }: ResultCodeError): string =>
  name
    .replace(/Error$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
