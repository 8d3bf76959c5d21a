import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { createPeopleCommands, openLdap } from '../../../../adapters/people/index.ts';
import { createDirectory, type Directory } from '../../../../lrs/directory/index.ts';
import { LivretError } from '../../../../lrs/errors.ts';
import type { Json } from '../../../../web/index.ts';
import { livret } from '../../../cli/livret.ts';
import { freePort } from '../../../e2e/free-port.ts';
import { engines, withStore } from '../../../engines/index.ts';
import { sqlite } from '../../../engines/sqlite.ts';
import { makeAuthority } from '../../../ldap/certificates.ts';
import { BASE, type Entry, READER, type Slapd, startSlapd } from '../../../ldap/slapd.ts';
import { onPrograms } from '../../../servers/programs.ts';

const HOME_PAGE = 'https://sso.interieur.example';
const AGENTS = `ou=agents,${BASE}`;
const CROWD = `ou=foule,${BASE}`;
const SHARED = `ou=partage,${BASE}`;
const AWAY = `ldap://annuaire.invalid/ou=loin,${BASE}`;
const TUTORS = String.raw`cn=Tuteurs\, Nord,ou=groupes,${BASE}`;

const unit = (dn: string): Entry => ({
  dn,
  attributes: { objectClass: 'organizationalUnit', ou: dn.slice(3, dn.indexOf(',')) },
});
const person = (uid: string, attributes: Entry['attributes'] = {}, within = AGENTS): Entry => ({
  dn: `cn=${uid},${within}`,
  attributes: { objectClass: 'inetOrgPerson', cn: uid, sn: 'Nom', uid, departmentNumber: 'SG/DRH', ...attributes },
});
/** A part of the directory that another server has. */
const referral = (dn: string, to: string): Entry => ({
  dn,
  attributes: { objectClass: ['referral', 'extensibleObject'], ou: dn.slice(3, dn.indexOf(',')), ref: to },
});
const group = (dn: string): Entry => ({ dn, attributes: { objectClass: 'organizationalRole', cn: 'Tuteurs, Nord' } });

/** Each shows one thing; the entry number is its place, as slapd gives them in the order they were loaded. */
const AGENT_ENTRIES: Entry[] = [
  {
    ...person('hemery', {
      cn: 'Émery, Hélène + "Léa"',
      sn: 'Émery',
      givenName: ['Hélène', 'Marie'],
      mail: 'helene.emery@interieur.example',
      ou: 'Bureau; "formation"',
      l: 'Saint-Étienne',
      seeAlso: [TUTORS, `cn=autre,${BASE}`],
      description: 'ligne 1\r\nligne 2; "x"',
      roomNumber: '20210901000000+0200',
    }),
    dn: String.raw`cn=Émery\, Hélène \+ \"Léa\",${AGENTS}`,
  },
  // No uid.
  {
    dn: `cn=sans,${AGENTS}`,
    attributes: { objectClass: 'inetOrgPerson', cn: 'sans', sn: 'Sans', departmentNumber: 'SG/DRH' },
  },
  person('deux', { uid: ['deux', 'double'] }),
  person('ailleurs', { departmentNumber: 'Cabinet du ministre' }),
  person('partagee', { departmentNumber: ['SG/DRH', 'SG/DSI'] }),
  person('photo', { jpegPhoto: randomBytes(2_000) }),
  person('admin', { seeAlso: `cn=administrateurs,${BASE}` }),
];

/** Whoever they are, they are enough for several pages, and more than the server gives at once. */
const CROWD_ENTRIES = Array.from({ length: 1_200 }, (_, n) =>
  person(`p${n}`, { sn: `Nom${n}`, departmentNumber: n % 2 ? 'sg/drh' : 'SG/DSI' }, CROWD),
);

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const key = (name: string): string => `account:${HOME_PAGE}|${name}`;

onPrograms(['slapd'], 'livret people import --ldap', () => {
  let slapd: Slapd;
  let work: string;
  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'livret-ldap-'));
    const groups = [unit(`ou=groupes,${BASE}`), group(TUTORS)];
    const shared = [unit(SHARED), person('ici', {}, SHARED), referral(`ou=loin,${SHARED}`, AWAY)];
    const crowd = [unit(CROWD), ...CROWD_ENTRIES];
    slapd = await startSlapd([...groups, unit(AGENTS), ...AGENT_ENTRIES, ...crowd, ...shared]);
    await writeFile(join(work, 'password'), `${READER.password}\n`);
    await writeFile(join(work, 'ca.pem'), slapd.authority.cert);
  });
  after(async () => {
    await slapd?.stop();
    await rm(work, { recursive: true });
  });

  const settings = (changed: object = {}) => ({
    url: slapd.url,
    bind: { dn: READER.dn, passwordFile: 'password' },
    base: AGENTS,
    filter: '(objectClass=inetOrgPerson)',
    homePage: HOME_PAGE,
    attributes: {
      ...{ identifier: 'uid', familyName: 'sn', givenName: 'givenName', mail: 'mail', direction: 'departmentnumber' },
      ...{ service: 'ou', site: 'l', roles: 'seeAlso', from: 'roomNumber' },
    },
    directions: { 'SG/DRH': 'DRH', 'SG/DSI': 'DSI' },
    roles: { [TUTORS]: 'tutor' },
    ...changed,
  });
  async function settingsFile(changed: object = {}): Promise<string> {
    const path = join(work, 'annuaire.json');
    await writeFile(path, JSON.stringify(settings(changed)));
    return path;
  }

  for (const engine of engines) {
    describe(`into ${engine.name}`, () => {
      const store = withStore(engine);
      let directory: Directory;
      beforeEach(() => {
        directory = createDirectory(store);
      });

      async function load(changed: object = {}, complete = false): Promise<Record<string, Json>> {
        const source = await openLdap(await settingsFile(changed), { environment: {}, complete });
        const [command] = createPeopleCommands({ directory, timeZone: 'Europe/Paris' });
        if (command?.name !== 'people.import') throw new Error('no command people.import');
        return (await command.run({ args: { complete }, input: source.input, emit: async () => {} })) as Record<
          string,
          Json
        >;
      }

      it('brings in people with accents, escapes and several values, and changes nothing the second time', async () => {
        expect(await load()).to.include({ lines: 7, new: 3, refused: 4 });
        expect(await directory.personByAgentKey(key('hemery'))).to.deep.include({
          familyName: 'Émery',
          givenName: 'Hélène',
          email: 'helene.emery@interieur.example',
          memberships: [
            {
              ...{ direction: 'DRH', service: 'Bureau; "formation"', site: 'Saint-Étienne', roles: ['tutor'] },
              from: Date.parse('2021-08-31T22:00:00Z'),
            },
          ],
        });
        // A group that is in no table makes nobody an administrator.
        expect((await directory.personByAgentKey(key('admin')))?.memberships[0]?.roles).to.deep.equal(['agent']);
        const revision = await directory.revision();
        expect(await load()).to.include({ new: 0, changed: 0, unchanged: 3, refused: 4 });
        expect(await directory.revision()).to.equal(revision);
      });

      it('reads page after page, beyond what the server gives at once', async () => {
        const counts = await load({ base: CROWD, pageSize: 400, url: slapd.secureUrl, caFile: 'ca.pem' });
        expect(counts).to.include({ lines: 1_200, new: 1_200, refused: 0 });
        expect([...(await directory.headcounts(Date.now()))]).to.have.deep.members([
          ['DRH', 600],
          ['DSI', 600],
        ]);
        // Who is gone from a directory that is read to its end has left; where entries say not whose they are, nobody has.
        const gone = { base: CROWD, filter: '(&(objectClass=inetOrgPerson)(!(uid=p7)))' };
        const found = await load(gone, true);
        expect(found.unchanged).to.equal(1_199);
        expect(found.left).to.deep.include({ found: 1, of: 1_200 });
        expect((await directory.personByAgentKey(key('p7')))?.memberships[0]?.to).to.be.a('number');
        expect(await load({}, true)).to.have.nested.property('left.refused', 'unread');
      });
    });
  }

  /** Reads everything, as the import does. */
  async function read(changed: object = {}, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
    const { input } = await openLdap(await settingsFile(changed), { environment, complete: false });
    let text = '';
    for await (const chunk of input) text += Buffer.from(chunk).toString();
    return text.trimEnd().split('\n').slice(1);
  }
  async function refusal(changed: object, environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const error = await read(changed, environment).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof LivretError) return `${error.code} ${error.message}`;
    throw new Error(`refused by no LivretError: ${error}`);
  }

  describe('asks in safety', () => {
    it('by ldaps:// and by StartTLS, a server whose certificate the authority has signed', async () => {
      for (const how of [{ url: slapd.secureUrl }, { startTls: true }]) {
        expect(await read({ ...how, caFile: 'ca.pem' })).to.have.length(7);
      }
    });

    it('no server of another authority, nor under a name that its certificate is not for', async () => {
      await writeFile(join(work, 'other.pem'), (await makeAuthority('une autre')).cert);
      for (const how of [{ url: slapd.secureUrl }, { startTls: true }]) {
        expect(await refusal({ ...how, caFile: 'other.pem' })).to.match(/people\.ldap .*certificate/);
        expect(await refusal(how)).to.match(/people\.ldap .*certificate/);
      }
      const strange = { caFile: 'ca.pem', url: slapd.strangeUrl };
      expect(await refusal(strange)).to.match(/people\.ldap .*altnames/);
      const plainStrange = slapd.url.replace('127.0.0.1', 'localhost');
      expect(await refusal({ ...strange, url: plainStrange, startTls: true })).to.match(/people\.ldap .*altnames/);
    });

    it('no other machine in clear, unless told to', async () => {
      const url = 'ldap://annuaire.invalid';
      expect(await refusal({ url })).to.match(/config\.invalid .*in clear/);
      expect(await refusal({ url: [slapd.url, url] })).to.match(/config\.invalid .*in clear/);
      expect(await refusal({ url, allowUnencrypted: true })).to.match(/people\.ldap .*annuaire\.invalid/);
    });

    it('with the right password only, which is in a file or in a variable, and never empty', async () => {
      const bind = { dn: READER.dn, passwordVariable: 'ANNUAIRE' };
      expect(await read({ bind }, { ANNUAIRE: READER.password })).to.have.length(7);
      const wrong = await refusal({ bind, url: [slapd.url, slapd.secureUrl] }, { ANNUAIRE: 'wrong-password' });
      // It is not tried again on the next server.
      expect(wrong)
        .to.match(/people\.ldap .*Invalid credentials/i)
        .and.not.match(/wrong-password|ldaps/);
      expect(await refusal({ bind })).to.match(/config\.invalid .*password is empty/);
      expect(await refusal({ bind: { ...bind, passwordFile: 'password' } })).to.match(/config\.invalid .*\/bind/);
      expect(await refusal({ bind: { ...bind, passwordVariable: 'LIVRET_X' } })).to.match(/config\.invalid/);
    });
  });

  describe('says so when it cannot read everything', () => {
    it('where no server can be reached: each is named', async () => {
      const away = `ldap://127.0.0.1:${await freePort()}`;
      expect(await refusal({ url: [away, away.replace('127.0.0.1', 'localhost')] })).to.match(
        /people\.ldap .*127\.0\.0\.1:\d+: .*ECONNREFUSED.*; ldap:\/\/localhost:\d+: .*ECONNREFUSED/,
      );
      expect(await read({ url: [away, slapd.url] })).to.have.length(7);
    });

    it('where a server takes the connection and then says nothing', async () => {
      const silent = createServer(() => {});
      const port = await listen(silent);
      expect(await refusal({ url: `ldap://127.0.0.1:${port}`, timeoutSeconds: 1 })).to.match(
        /people\.ldap .*timed out/,
      );
      silent.close();
    });

    for (const [when, after, read] of [
      ['before the first page', 1, 1],
      ['between two pages', 50, 101],
    ] as const) {
      it(`where the connection is cut ${when}: it is not opened again, as nobody in particular`, async () => {
        const sockets: Socket[] = [];
        const relay = createServer((socket) => {
          const upstream = connect(Number(new URL(slapd.url).port), '127.0.0.1');
          sockets.push(socket);
          socket.pipe(upstream).pipe(socket);
          for (const each of [socket, upstream]) each.on('error', () => {});
        });
        const changed = { url: `ldap://127.0.0.1:${await listen(relay)}`, base: CROWD, pageSize: 100 };
        const { input } = await openLdap(await settingsFile(changed), { environment: {}, complete: false });
        let lines = 0;
        const reading = (async () => {
          for await (const _ of input) {
            if (++lines !== after) continue;
            for (const socket of sockets) socket.destroy();
            await wait(50);
          }
        })();
        expect(await reading.catch((reason: unknown) => reason)).to.include({ code: 'people.ldap' });
        expect([lines, sockets.length]).to.deep.equal([read, 1]);
        relay.close();
      });
    }

    it('where the base or the filter find nobody, or there is no such base', async () => {
      expect(await refusal({ filter: '(uid=nobody)' })).to.match(/people\.ldap .*Nobody/);
      expect(await refusal({ base: `ou=nulle part,${BASE}` })).to.match(/people\.ldap .*no such object/i);
    });

    it('where the server sets a limit to who asks', async () => {
      expect(await refusal({ bind: undefined, base: CROWD })).to.match(/people\.ldap .*limit/i);
    });
  });

  it('takes a filter as it is written, and none that is more than one', async () => {
    expect(await read({ filter: String.raw`(cn=\c3\89mery\2c*)` })).to.have.length(1);
    expect(await read({ filter: '(&(objectClass=inetOrgPerson)(!(uid=hemery))(uid=*))' })).to.have.length(5);
    for (const filter of ['(uid=*)(uid=*)', '(uid=*))(|(uid=*', '(&(uid=*)', 'uid=(']) {
      expect(await refusal({ filter }), filter).to.match(/config\.invalid .*filter/);
    }
  });

  it('keeps an entry on its line, whatever its values are', async () => {
    const lines = await read({ attributes: { ...settings().attributes, service: 'description' } });
    expect(lines).to.have.length(7);
    expect(lines[0]).to.contain('"ligne 1 ligne 2; ""x"""');
  });

  it('does not follow the server to other servers, and says which', async () => {
    const asked = async (complete: boolean): Promise<readonly string[]> => {
      const { input, elsewhere } = await openLdap(await settingsFile({ base: SHARED }), { environment: {}, complete });
      for await (const _ of input);
      return elsewhere();
    };
    expect(await asked(false)).to.deep.equal([`${AWAY}??sub`]);
    const refused = await asked(true).catch((error: unknown) => error);
    expect(refused).to.include({ code: 'people.ldap' }).and.have.property('message').that.contains(AWAY);
  });

  it('at the console: counts, and what is wrong by entry and attribute, naming nobody', async () => {
    const place = await sqlite.place();
    const { code, stdout, stderr } = await livret(['people', 'import', '--ldap', await settingsFile()], place);
    expect(stderr.trim().split('\n')).to.deep.equal([
      'entry 2: uid is missing',
      'entry 3: uid has several values',
      'entry 4: departmentnumber is not in the table of directions: "Cabinet du ministre"',
      'entry 5: departmentnumber has several values',
    ]);
    expect([code, stdout]).to.deep.equal([1, '3 new, 0 changed, 0 unchanged, 4 refused\n']);
    for (const args of [[], ['people.csv', '--ldap', 'annuaire.json']]) {
      const refused = await livret(['people', 'import', ...args], place);
      expect([refused.code, refused.stderr]).to.deep.equal([
        1,
        'The file of people cannot be read. Name a CSV file, or the settings of a directory with --ldap.\n',
      ]);
    }
    await place.remove();
  });
});
