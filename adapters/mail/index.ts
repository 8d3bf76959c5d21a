/** Mail, which goes out by a server of the site. */
export { createMailCommands } from './commands.ts';
export { createMailer, type Mail, type Mailer, type MailSettings } from './mailer.ts';
