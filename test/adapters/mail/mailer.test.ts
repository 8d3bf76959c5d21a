import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { createMailCommands, createMailer } from '../../../adapters/mail/index.ts';
import { LivretError } from '../../../lrs/index.ts';
import { makeCertificate } from '../../cli/certificates.ts';
import { livret } from '../../cli/livret.ts';
import { sqlite } from '../../engines/sqlite.ts';
import { type MailServer, startMailServer, startMute } from './mail-server.ts';

const FROM = 'Livret <livret@livret.test>';
const MAIL = { to: 'camille@agents.test', subject: 'Éléments du 1er trimestre – à l’œuvre', text: 'Où ça ?\n' };

/** What a mail was refused with. */
async function refusal(sending: Promise<void>): Promise<LivretError> {
  try {
    await sending;
  } catch (error) {
    if (error instanceof LivretError) return error;
    throw error;
  }
  throw new Error('It was sent.');
}

describe('mail', function () {
  this.timeout(30_000);
  let folder: string;
  let tls: { cert: string; key: string };
  const open: { close(): unknown }[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'livret-mail-'));
    tls = makeCertificate(folder, 'mail');
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  after(() => rm(folder, { recursive: true }));

  const start = async (options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> => {
    const server = await startMailServer(options);
    open.push(server);
    return server;
  };

  const secured = async (): Promise<MailServer> =>
    start({
      ...{ cert: await readFile(tls.cert), key: await readFile(tls.key), disabledCommands: [], authOptional: false },
      onAuth({ username, password }, _session, callback) {
        if (username === 'livret@livret.test' && password === 'ça:p@ss') callback(null, { user: username });
        else callback(new Error('no'));
      },
    });

  const withUser = ({ port }: MailServer, password: string, host = 'localhost'): string =>
    `smtp://livret%40livret.test:${encodeURIComponent(password)}@${host}:${port}`;

  it('arrives as it was written, over STARTTLS and with user and password', async () => {
    const server = await secured();
    const mailer = createMailer({ server: withUser(server, 'ça:p@ss'), from: FROM });
    await mailer.send({ ...MAIL, html: '<p>Où ça ?</p>', headers: { 'List-Id': '<a.test>' }, id: '<1@livret.test>' });
    const [received] = server.received;
    expect(received).to.deep.include({
      from: 'livret@livret.test',
      to: ['camille@agents.test'],
      ...{ secure: true, user: 'livret@livret.test' },
    });
    const { mail } = received ?? expect.fail();
    expect(mail).to.deep.include({ subject: MAIL.subject, html: '<p>Où ça ?</p>\n', messageId: '<1@livret.test>' });
    expect(mail.text).to.equal(MAIL.text);
    expect(mail.from).to.deep.include({ name: 'Livret', address: 'livret@livret.test' });
    expect(mail.headers.find(({ key }) => key === 'list-id')?.value).to.equal('<a.test>');
  });

  it('does not leave where TLS is required and not offered, or by a certificate of nobody', async () => {
    const plain = await start();
    const server = plain.url;
    expect((await refusal(createMailer({ server, from: FROM, tls: 'required' }).send(MAIL))).code).to.equal(
      'mail.failed',
    );
    const unknown = await secured();
    const required = createMailer({ server: withUser(unknown, 'ça:p@ss'), from: FROM, tls: 'required' });
    const untrusted = await refusal(required.send(MAIL));
    expect([untrusted.code, untrusted.detail]).to.deep.equal(['mail.failed', 'CONN self-signed certificate.']);
    expect([...plain.received, ...unknown.received]).to.deep.equal([]);
    await createMailer({ server, from: FROM }).send(MAIL);
    expect(plain.received).to.have.length(1);
  });

  it('says by codes alone what went wrong: no address, no password, nothing that a server wrote', async () => {
    const locked = await secured();
    const wrong = await refusal(createMailer({ server: withUser(locked, 'hunter2'), from: FROM }).send(MAIL));
    expect([wrong.code, wrong.detail]).to.deep.equal(['mail.failed', 'AUTH PLAIN 535.']);
    const answers: Record<string, { code: number; text: string }> = {
      'camille@agents.test': { code: 550, text: '5.1.1 no such user' },
      'later@agents.test': { code: 451, text: '4.7.1 try again later' },
    };
    const mailer = createMailer({ server: (await start({ judge: (address) => answers[address] })).url, from: FROM });
    const refused = await refusal(mailer.send(MAIL));
    expect([refused.code, refused.detail]).to.deep.equal(['mail.refused', 'RCPT TO 550 5.1.1.']);
    const later = await refusal(mailer.send({ ...MAIL, to: 'later@agents.test' }));
    expect([later.code, later.detail]).to.deep.equal(['mail.deferred', 'RCPT TO 451 4.7.1.']);
    for (const error of [wrong, refused, later]) {
      expect(error.cause).to.equal(undefined);
      expect(error.message).to.not.match(/camille|later@|hunter2|no such/);
    }
  });

  it('waits for no server for ever: one that is not there, one that is silent, one that never comes to the point', async () => {
    const patience = { connect: 300, silence: 300, whole: 600 };
    const gone = await startMailServer();
    await gone.close();
    const [silent, endless] = [await startMute(), await startMute(100)];
    open.push(silent, endless);
    for (const { url } of [gone, silent, endless]) {
      const began = Date.now();
      expect((await refusal(createMailer({ server: url, from: FROM }, patience).send(MAIL))).code).to.equal(
        'mail.failed',
      );
      expect(Date.now() - began).to.be.lessThan(5000);
    }
    const { port } = new URL(gone.url);
    const away = await refusal(createMailer({ server: gone.url, from: FROM }, patience).send(MAIL));
    expect(away.detail).to.equal(`CONN connect ECONNREFUSED 127.0.0.1:${port}.`);
  });

  it('hangs up where it gives up waiting, and says where the server may have the mail all the same', async () => {
    const patience = { connect: 300, silence: 10_000, whole: 500 };
    let goOn = (): void => {};
    const held = new Promise<undefined>((resolve) => {
      goOn = () => resolve(undefined);
    });
    const before = await start({ judge: () => held });
    const after = await start({ think: () => held });
    const codes = [];
    for (const { url } of [before, after]) {
      codes.push((await refusal(createMailer({ server: url, from: FROM }, patience).send(MAIL))).code);
    }
    expect(codes).to.deep.equal(['mail.failed', 'mail.unclear']);
    // What they do once they come to it: the first has nobody any more to take a mail from.
    goOn();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([before, after].map(({ received }) => received.length)).to.deep.equal([0, 1]);
  });

  it('cannot be given another recipient or header by what is in it', async () => {
    const server = await start();
    const mailer = createMailer({ server: server.url, from: FROM });
    await mailer.send({
      ...MAIL,
      to: 'a@agents.test',
      subject: 'x\r\nBcc: b@agents.test',
      headers: { 'X-A': 'y\r\nX-B: z' },
    });
    const [received] = server.received;
    expect(received?.to).to.deep.equal(['a@agents.test']);
    expect(received?.mail.headers.map(({ key }) => key))
      .to.not.include('bcc')
      .and.not.include('x-b');
    // As a name in brackets would let it.
    expect((await refusal(mailer.send({ ...MAIL, to: 'a@agents.test, b@agents.test' }))).code).to.equal('mail.refused');
  });

  describe('livret mail test', () => {
    it('says what is missing where mail is not set up', async () => {
      const [command] = createMailCommands(undefined);
      const call = { args: { to: 'camille@agents.test' }, input: Readable.from([]), emit: async () => {} };
      const error = await command?.run(call).catch((thrown: unknown) => thrown);
      expect(error).to.include({
        code: 'config.invalid',
        detail: 'No mail is sent without LIVRET_SMTP_URL and LIVRET_MAIL_FROM.',
      });
    });

    it('says so where that is no address', async () => {
      const server = await start();
      const [command] = createMailCommands(createMailer({ server: server.url, from: FROM }));
      const call = { args: { to: 'camille@' }, input: Readable.from([]), emit: async () => {} };
      const error = await command?.run(call).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: 'request.parameter', detail: '"to" is no e-mail address.' });
      expect(server.received).to.deep.equal([]);
    });

    it('sends one by the settings of the site, TLS with a trusted certificate among them', async () => {
      const server = await secured();
      const place = await sqlite.place();
      const env = {
        LIVRET_SMTP_URL: withUser(server, 'ça:p@ss'),
        LIVRET_MAIL_FROM: FROM,
        LIVRET_SMTP_TLS: 'required',
        NODE_EXTRA_CA_CERTS: tls.cert,
      };
      try {
        await livret(['key', 'add', 'a store'], place);
        const sent = await livret(['mail', 'test', 'camille@agents.test'], { ...place, env });
        expect(sent).to.deep.equal({
          code: 0,
          stdout: `The mail server has taken a mail from ${FROM}. Whether it arrives, the mailbox tells.\n`,
          stderr: '',
        });
        expect(server.received.map(({ to, secure }) => [to, secure])).to.deep.equal([[['camille@agents.test'], true]]);
      } finally {
        await place.remove();
      }
    });
  });
});
