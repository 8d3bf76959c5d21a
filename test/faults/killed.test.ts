import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../lrs/store/open.ts';
import { onEachEngine } from '../engines/index.ts';
import { Ledger } from './ledger.ts';
import { startWriting } from './writing.ts';

const ROUNDS = 3;

onEachEngine('kill -9 of a process that writes, again and again', function (engine) {
  this.timeout(180_000);

  it('loses nothing that was acknowledged and keeps no half batch; its reader goes on where it was cut off', async () => {
    const place = await engine.place();
    const ledger = new Ledger();
    let after = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const writing = startWriting(ledger, place, after);
      await writing.goesOn(30);
      await wait(Math.random() * 50);
      await writing.kill();
      after = writing.account.through;
    }
    const store = await openStore(place);
    await ledger.holdsIn(store);
    await store.close();
    await place.remove();
  });
});
