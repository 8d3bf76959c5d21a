/** The port by which other kinds of credentials than keys are recognised: JWTs here, per-launch tokens from a higher floor. */
import type { Credentials } from './credentials.ts';
import type { Recognised } from './recent.ts';

export interface TokenVerifier {
  /** For logs, e.g. 'jwt'. */
  readonly name: string;
  /**
   * Whether these credentials are of its kind. Asked in order of registration before the keys are looked at; must be
   * cheap and not throw. A cmi5 launch token comes as Basic: claiming it here also keeps a refusal from answering
   * `WWW-Authenticate: Basic`, on which a browser would ask the learner for a password.
   */
  claims(credentials: Credentials): boolean;
  /** Who they belong to, and until when. Rejects `access.invalid`, or `access.unavailable` when that cannot be found out now. */
  verify(credentials: Credentials): Promise<Recognised>;
}
