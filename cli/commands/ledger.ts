/** `livret ledger` */
import { call } from '../call.ts';
import { print } from '../console.ts';

/** As JSON lines, for `livret restore --ledger`. */
export async function printLedger(): Promise<void> {
  await call(
    'store.ledger',
    {},
    {
      async emit(line) {
        print(JSON.stringify(line));
      },
    },
  );
}
