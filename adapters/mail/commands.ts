/** `livret mail test ADDRESS`: whether the settings of mail are right, before the first digest has to go out. */
import { isEmail } from '../../lrs/directory/index.ts';
import { LivretError } from '../../lrs/index.ts';
import type { Command } from '../../web/index.ts';
import type { Mailer } from './mailer.ts';

const SUBJECT = 'Livret\u00a0: essai d’envoi / test of mail';

const TEXT = [
  'Ce courriel montre que Livret peut en envoyer. Il n’appelle aucune réponse.',
  'This mail shows that Livret can send mail. It wants no answer.',
].join('\n\n');

/** mail.test {to}. Rejects `config.invalid` where mail is not set up, `request.parameter`, and what Mailer.send rejects. */
export function createMailCommands(mailer: Mailer | undefined): Command[] {
  const run: Command['run'] = async ({ args: { to } }) => {
    if (!mailer) {
      throw new LivretError('config.invalid', {
        detail: 'No mail is sent without LIVRET_SMTP_URL and LIVRET_MAIL_FROM.',
      });
    }
    if (typeof to !== 'string' || !isEmail(to)) {
      throw new LivretError('request.parameter', { detail: '"to" is no e-mail address.' });
    }
    await mailer.send({ to, subject: SUBJECT, text: TEXT, headers: { 'Auto-Submitted': 'auto-generated' } });
    return { from: mailer.from };
  };
  return [{ name: 'mail.test', run }];
}
