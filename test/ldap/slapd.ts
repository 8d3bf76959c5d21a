/** OpenLDAP's slapd, as a real directory on this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../e2e/free-port.ts';
import { serverFolder, startWatched, type Watched } from '../servers/watched.ts';
import { type Authority, makeAuthority } from './certificates.ts';

/** An entry: its name, and the values of its attributes. */
export interface Entry {
  dn: string;
  attributes: Record<string, string | Uint8Array | readonly string[]>;
}

export interface Slapd {
  /** ldap:// of 127.0.0.1; StartTLS works. */
  url: string;
  /** ldaps:// of 127.0.0.1, which its certificate is for. */
  secureUrl: string;
  /** The same server under a name that its certificate is not for. */
  strangeUrl: string;
  /** Has signed its certificate. */
  authority: Authority;
  stop(): Promise<void>;
}

export const BASE = 'dc=interieur,dc=example';
export const READER = { dn: `cn=livret,${BASE}`, password: 'un mot de passe: é' };

/** Lines of slapd.conf; the reader sees everything, nobody in particular sees names of entries alone. */
const configuration = (folder: string): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile ${folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
sizelimit 500
database mdb
maxsize 104857600
directory ${folder}/data
suffix "${BASE}"
rootdn "${READER.dn}"
rootpw "${READER.password}"
index objectClass,uid eq
limits dn.exact="${READER.dn}" size.unchecked=unlimited size.soft=500 size.hard=500 size.prtotal=unlimited
`;

/** Starts a server with these entries below BASE, which it makes itself. */
export async function startSlapd(entries: readonly Entry[]): Promise<Slapd> {
  const folder = await serverFolder('slapd');
  const authority = await makeAuthority('autorité des tests');
  const { cert, key } = await authority.certify('127.0.0.1');
  const write = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 });
  await write('ca.pem', authority.cert);
  await write('cert.pem', cert);
  await write('key.pem', key);
  await write('slapd.conf', configuration(folder));
  await mkdir(join(folder, 'data'));
  const base = { dn: BASE, attributes: { objectClass: ['dcObject', 'organization'], dc: 'interieur', o: 'Intérieur' } };
  await load(folder, [base, ...entries]);
  const ports = [await freePort(), await freePort()];
  const [url, secureUrl] = [`ldap://127.0.0.1:${ports[0]}`, `ldaps://127.0.0.1:${ports[1]}`];
  // In the foreground: it writes its log to standard error.
  const command = ['/usr/sbin/slapd', '-f', join(folder, 'slapd.conf'), '-h', `${url}/ ${secureUrl}/`, '-d', '0'];
  const slapd: Watched = await startWatched(command, { folder, isReady: () => listens(ports[1] ?? 0) });
  return { url, secureUrl, strangeUrl: `ldaps://localhost:${ports[1]}`, authority, stop: slapd.remove };
}

const encoded = (value: string | Uint8Array): string => Buffer.from(value).toString('base64');

/** LDIF (RFC 2849), everything in base64. */
function ldifOf({ dn, attributes }: Entry): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) => {
    const several = typeof values === 'string' || values instanceof Uint8Array ? [values] : values;
    return several.map((value) => `${name}:: ${encoded(value)}`);
  });
  return [`dn:: ${encoded(dn)}`, ...lines, '', ''].join('\n');
}

async function load(folder: string, entries: readonly Entry[]): Promise<void> {
  const slapadd = spawn('/usr/sbin/slapadd', ['-q', '-f', join(folder, 'slapd.conf')], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  slapadd.stderr.on('data', (chunk) => {
    said += chunk;
  });
  slapadd.stdin.end(entries.map(ldifOf).join(''));
  const [code] = await once(slapadd, 'close');
  if (code !== 0) throw new Error(`slapadd: ${said}`);
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
  });
