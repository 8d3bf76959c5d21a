import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig, SETTINGS } from '../config.ts';

const message = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It was accepted.');
};

describe('the settings', () => {
  it('are complete without anything set, and cannot be changed', () => {
    const config = readConfig({ PATH: '/bin' });
    expect(config).to.include({
      port: 8080,
      host: '127.0.0.1',
      store: 'sqlite',
      xapiFallback: '1.0.3',
      kBehaviour: 11,
    });
    expect(config.data).to.equal(resolve('livret-data'));
    expect(config.roles).to.deep.equal(['web', 'reports', 'jobs']);
    expect(config.key).to.equal(undefined);
    expect(Object.isFrozen(config) && Object.isFrozen(config.roles)).to.equal(true);
  });

  it('are read as what they are', () => {
    const config = readConfig({
      PORT: '0',
      LIVRET_BODY_LIMIT: '512kb',
      LIVRET_ROLES: 'jobs, web',
      LIVRET_URL: 'https://lrs.example.org/',
      LIVRET_TIME_ZONE: 'Indian/Reunion',
      LIVRET_WORKING_HOURS: 'Mon-Fri 07:00-15:00, Sat 08:00-12:00',
      LIVRET_KEY: '',
      LIVRET_JWT_JWKS: 'https://sso.example.org/jwks?v=2',
      LIVRET_JWT_ISSUER: 'https://sso.example.org/',
      LIVRET_JWT_AUDIENCE: 'livret',
      LIVRET_JWT_SCOPES: 'learner=statements/write state, auditor=all/read',
    });
    expect(config).to.include({
      port: 0,
      bodyLimit: 524_288,
      url: 'https://lrs.example.org',
      timeZone: 'Indian/Reunion',
    });
    expect(config.roles).to.deep.equal(['jobs', 'web']);
    expect(config.workingHours.text).to.equal('Mon-Fri 07:00-15:00,Sat 08:00-12:00');
    expect(config.workingHours.daily).to.have.length(6);
    expect(readConfig({ LIVRET_TRUST_PROXY: '2' }).trustProxy).to.equal(2);
    const proxies = readConfig({ LIVRET_TRUST_PROXY: 'loopback, 10.1.0.0/16,2001:db8::7' }).trustProxy;
    expect(proxies).to.deep.equal(['loopback', '10.1.0.0/16', '2001:db8::7']);
    expect(config.key).to.equal(undefined);
    expect(config.jwtIssuer).to.equal('https://sso.example.org/');
    expect(config.jwtScopes).to.deep.equal({ learner: ['statements/write', 'state'], auditor: ['all/read'] });
  });

  const refused: Record<string, { set: NodeJS.ProcessEnv; says: RegExp }> = {
    'a name nobody knows': { set: { LIVRET_COLOUR: 'blue' }, says: /There is no setting LIVRET_COLOUR\.$/ },
    'a slip of the finger, told what was meant': {
      set: { LIVRET_DTAA: '/x' },
      says: /LIVRET_DTAA\. Is LIVRET_DATA meant\?$/,
    },
    'a slip of the finger in a name that does not begin like the others': {
      set: { LIVRET_PROT: '80' },
      says: /LIVRET_PROT\. Is PORT meant\?$/,
    },
    'half a name, told the whole': { set: { LIVRET_FALLBACK: '2.0.0' }, says: /Is LIVRET_XAPI_FALLBACK meant\?$/ },
    'a port that is none': { set: { PORT: '80a' }, says: /PORT should be: whole number, 0 to 65535\.$/ },
    'a port beyond the last': { set: { PORT: '65536' }, says: /PORT should be/ },
    'a version that is not spoken': { set: { LIVRET_XAPI_FALLBACK: '1.0' }, says: /one of 1\.0\.3, 2\.0\.0/ },
    'a time zone of nowhere': {
      set: { LIVRET_TIME_ZONE: 'Europe/Pairs' },
      says: /LIVRET_TIME_ZONE should be: time zone/,
    },
    'a size of nothing': { set: { LIVRET_BODY_LIMIT: '0' }, says: /LIVRET_BODY_LIMIT should be: size/ },
    'a public address below another': { set: { LIVRET_URL: 'https://x.org/livret' }, says: /URL without a path/ },
    'a role of no play': { set: { LIVRET_ROLES: 'web,cook' }, says: /some of web, reports, jobs/ },
    'a key without its secret': { set: { LIVRET_KEY: 'k' }, says: /LIVRET_KEY and LIVRET_SECRET go together/ },
    'a colon in the key': { set: { LIVRET_KEY: 'a:b', LIVRET_SECRET: 'long enough' }, says: /may not contain a colon/ },
    'a store of no kind': {
      set: { LIVRET_STORE: 'postgres://x' },
      says: /LIVRET_STORE should be: sqlite, or a mongodb/,
    },
    'tokens that nobody could check': {
      set: { LIVRET_JWT_ISSUER: 'https://sso.example.org' },
      says: /all three or none/,
    },
    'pages beyond the limit of pages': {
      set: { LIVRET_PAGE_SIZE: '600', LIVRET_PAGE_LIMIT: '500' },
      says: /LIVRET_PAGE_SIZE should not/,
    },
    'a certificate without its key': { set: { LIVRET_TLS_CERT: 'c.pem' }, says: /LIVRET_TLS_KEY go together/ },
    'trust in whoever comes': { set: { LIVRET_TRUST_PROXY: 'true' }, says: /LIVRET_TRUST_PROXY should be: number of/ },
    'trust in nobody': { set: { LIVRET_TRUST_PROXY: '0' }, says: /LIVRET_TRUST_PROXY should be: number of/ },
    'trust in all the internet': {
      set: { LIVRET_TRUST_PROXY: '10.0.0.1, 0.0.0.0/0' },
      says: /LIVRET_TRUST_PROXY should be: number of/,
    },
    'trust in a subnet that cannot be': {
      set: { LIVRET_TRUST_PROXY: '10.0.0.0/33' },
      says: /LIVRET_TRUST_PROXY should be: number of/,
    },
    'no time at all': { set: { LIVRET_REQUEST_TIMEOUT: '0' }, says: /LIVRET_REQUEST_TIMEOUT should be: whole/ },
    'a delay with a unit': { set: { LIVRET_STOP_DELAY: '10s' }, says: /LIVRET_STOP_DELAY should be: whole number/ },
    'metrics for everybody': {
      set: { LIVRET_METRICS_PORT: '8080' },
      says: /LIVRET_METRICS_PORT should differ from PORT/,
    },
    'an address of metrics that is none': {
      set: { LIVRET_METRICS_HOST: 'http://x' },
      says: /LIVRET_METRICS_HOST should be: IP address or host name/,
    },
    'hours that no clock shows': {
      set: { LIVRET_WORKING_HOURS: 'Mon-Fri 8-19' },
      says: /LIVRET_WORKING_HOURS should be: hours, such as Mon-Thu 08:30-12:00/,
    },
    'holidays of nowhere': { set: { LIVRET_HOLIDAYS: 'Paris' }, says: /LIVRET_HOLIDAYS should be: one of metropole, / },
    'sessions that never end': { set: { LIVRET_SESSION_GAP: '0' }, says: /LIVRET_SESSION_GAP should be: whole/ },
    'mail of nobody': { set: { LIVRET_SMTP_URL: 'smtp://mail.test' }, says: /LIVRET_MAIL_FROM go together/ },
    'a mail server of the web': {
      set: { LIVRET_SMTP_URL: 'https://mail.test' },
      says: /should be: smtp:\/\/ or smtps/,
    },
    'a password that is not encoded': {
      set: { LIVRET_SMTP_URL: 'smtp://u:50%@mail.test' },
      says: /LIVRET_SMTP_URL should be/,
    },
    'two senders': { set: { LIVRET_MAIL_FROM: 'a@x.test, b@x.test' }, says: /LIVRET_MAIL_FROM should be: e-mail/ },
    'figures about one person': {
      set: { LIVRET_K_BEHAVIOUR: '1' },
      says: /LIVRET_K_BEHAVIOUR should be: whole number, 2/,
    },
  };
  for (const [what, { set, says }] of Object.entries(refused)) {
    it(`refuse ${what}, in one sentence`, () => {
      expect(message(set)).to.match(says).and.not.include('\n');
    });
  }

  it('never repeat a wrong value, which might be a secret in the wrong place', () => {
    expect(message({ PORT: 'hunter2hunter2' })).to.not.include('hunter2');
  });
});

describe('the table of settings in README.md', () => {
  it('says what config.ts says', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = readme.split('\n').filter((line) => /^\| `(PORT|LIVRET_\w+)` \|/.test(line));
    const expected = Object.values(SETTINGS).map(
      ({ variable, kind, preset, description }) =>
        `| \`${variable}\` | ${kind.words} | ${preset === undefined ? '' : `\`${preset}\``} | ${description} |`,
    );
    expect(rows).to.deep.equal(expected);
  });
});
