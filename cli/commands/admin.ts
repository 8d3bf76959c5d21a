/** `livret admin link` */
import { call } from '../call.ts';
import { print } from '../console.ts';

export async function printLink(): Promise<void> {
  const { url } = (await call('key.link')) as { url: string };
  print(url);
}
