/** `livret mail test` */
import { call } from '../call.ts';
import { print } from '../console.ts';

export async function testMail(address: string): Promise<void> {
  const { from } = (await call('mail.test', { to: address })) as { from: string };
  print(`The mail server has taken a mail from ${from}. Whether it arrives, the mailbox tells.`);
}
