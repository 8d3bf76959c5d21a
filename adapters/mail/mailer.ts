/** Mail over SMTP (nodemailer): one connection a mail, since there are few, and a server that went away is then noticed. */
import { createTransport } from 'nodemailer';
import { LivretError } from '../../lrs/index.ts';

export interface MailSettings {
  /** smtp:// or smtps:// URL, with user and password where the server wants them. */
  server: string;
  /** Sender: an address, or « Livret <livret@example.org> ». */
  from: string;
  /**
   * `required`: TLS with a certificate that is trusted, or no mail. `optional`: TLS where the server offers it, whoever it
   * is. Without it TLS is required, unless the server is on this machine.
   */
  tls?: 'required' | 'optional' | undefined;
}

export interface Mail {
  /** Address of the one who gets it. */
  to: string;
  subject: string;
  text: string;
  html?: string;
  headers?: Readonly<Record<string, string>>;
  /** Message-ID, with its brackets: the same for the same mail sent again, so that it can be told. */
  id?: string;
}

export interface Mailer {
  /** Address and name that mail comes from. */
  readonly from: string;
  /**
   * Resolves once the server has taken the mail. Rejects `mail.refused` where it will not have this mail or this address
   * (trying again is no use), `mail.deferred` where it will not now, `mail.failed` for what concerns every mail: with these
   * the mail is not out. `mail.unclear` where all of it was written and no answer came: the server may have it. None says the
   * address, a password or what the server wrote.
   */
  send(mail: Mail): Promise<void>;
}

/** ms. A server may think for a while about a mail (RFC 5321 §4.5.3.2 grants it ten minutes); one that says nothing at all is gone. */
export interface Patience {
  connect: number;
  /** Between two signs of life. */
  silence: number;
  /** For all of it. */
  whole: number;
}

const PATIENCE: Patience = { connect: 10_000, silence: 60_000, whole: 120_000 };

const isLoopback = (host: string): boolean => /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host);

export function createMailer({ server, from, tls }: MailSettings, patience: Patience = PATIENCE): Mailer {
  const { protocol, hostname, port, username, password } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '');
  const trusted = tls === 'required' || (tls === undefined && !isLoopback(host));
  const secure = protocol === 'smtps:';
  const options = {
    ...{ host, secure, requireTLS: trusted, ...(port !== '' && { port: Number(port) }) },
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    tls: { rejectUnauthorized: trusted },
    ...{ connectionTimeout: patience.connect, dnsTimeout: patience.connect, greetingTimeout: patience.silence },
    socketTimeout: patience.silence,
    // A mail is made of what is handed in, and of nothing that a text in it could name.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  };
  return {
    from,
    async send({ to, subject, text, html, headers, id }) {
      const message = {
        ...{ from, to: { name: '', address: to }, subject, text },
        ...(html !== undefined && { html }),
        ...(headers && { headers: { ...headers } }),
        ...(id !== undefined && { messageId: id }),
      };
      let written = false;
      const transport = createTransport(options).use('stream', ({ message: source }, done) => {
        source?.processFunc((lines) => lines.once('end', () => (written = true)));
        done();
      });
      try {
        // Whoever sends a byte a minute is not silent, and holds up all others. What is aborted has its connection closed.
        await transport.sendMail({ ...message, signal: AbortSignal.timeout(patience.whole) });
      } catch (error) {
        throw mailError(error, written);
      }
    },
  };
}

/** What nodemailer says of a failure. */
interface Failure {
  code?: unknown;
  command?: unknown;
  message?: string;
  response?: unknown;
  responseCode?: unknown;
}

/** Steps at which a server speaks of this mail, and not of who we are. */
const OF_THE_MAIL = ['RCPT TO', 'DATA'];

/**
 * Codes alone: servers repeat addresses in what they write. The cause stays out too, for it has all of that. Of a
 * connection that never came about Node's own words are told: nothing of a mail has been said yet.
 */
function mailError(error: unknown, written: boolean): LivretError {
  const { code, command, message, response, responseCode } = (error instanceof Error ? error : {}) as Failure;
  const step = typeof command === 'string' ? command : '';
  const reply = typeof responseCode === 'number' ? responseCode : undefined;
  const enhanced = typeof response === 'string' ? /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] : undefined;
  const why = step === 'CONN' && response === undefined ? message : code;
  const said = [step, reply, enhanced, reply === undefined ? why : undefined].filter(Boolean).join(' ');
  return new LivretError(codeOf(step, reply, code, written), said === '' ? {} : { detail: `${said}.` });
}

function codeOf(
  step: string,
  reply: number | undefined,
  code: unknown,
  written: boolean,
): 'mail.refused' | 'mail.deferred' | 'mail.failed' | 'mail.unclear' {
  if (reply === undefined) {
    if (written) return 'mail.unclear';
    // Nodemailer itself will not have such an address.
    return code === 'EENVELOPE' ? 'mail.refused' : 'mail.failed';
  }
  if (!OF_THE_MAIL.includes(step)) return 'mail.failed';
  return reply >= 500 ? 'mail.refused' : 'mail.deferred';
}
