import { readdir } from 'node:fs/promises';
import { expect } from 'chai';
import { openStore } from '../../../lrs/store/open.ts';
import { refused } from '../../contract/given.ts';
import { onSharedEngines } from '../../engines/index.ts';

onSharedEngines('the folder of a store that is elsewhere', (engine) => {
  it('takes no other store, when a command is run without saying where', async () => {
    const place = await engine.place();
    try {
      await (await openStore(place)).close();
      await refused(openStore({ ...place, engine: 'sqlite' }), 'config.invalid');
      expect(await readdir(place.folder)).to.not.include('store.sqlite');
      await (await openStore(place)).close();
    } finally {
      await place.remove();
    }
  });
});
