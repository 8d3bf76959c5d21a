import { expect } from 'chai';
import { createDirectory } from '../../lrs/directory/index.ts';
import { openStore } from '../../lrs/index.ts';
import type { Place } from '../engines/index.ts';
import { sqlite } from '../engines/sqlite.ts';
import { livret } from './livret.ts';

describe('the command line, about directions', function () {
  this.timeout(60_000);
  let place: Place;
  before(async () => {
    place = await sqlite.place();
    const store = await openStore(place);
    for (const name of ['CAB', 'DAC']) await createDirectory(store).addUnit({ kind: 'direction', name });
    await store.close();
  });
  after(() => place.remove());

  it('says what a change means for comparisons', async () => {
    const change = ['--from', 'CAB', '--from', 'DAC', '--to', 'Appui', '--on', '2023-01-01'];
    const { code, stdout, stderr } = await livret(['directions', 'succeed', ...change], place);
    expect([code, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.match(/^[0-9a-f]{12} {2}2023-01-01: CAB \+ DAC -> Appui\n/);
    expect(stdout).to.include('before 2023-01-01, Appui is compared with CAB + DAC\n');
    expect(stdout).to.match(
      /^Appui was no direction before, and is one now\. If that is a slip: livret directions forget [0-9a-f]{12}$/m,
    );
    const again = await livret(['directions', 'succeed', ...change], place);
    expect(again.stdout).to.not.include('slip');
  });

  it('tells what is wrong with headcounts by line and column, and stores none', async () => {
    const input = '\uFEFFdirection;date;effectif\r\nCAB;31/12/2021;1\u00a0234\r\nDAC;31/12/2021;?\r\n';
    const { code, stdout, stderr } = await livret(['headcounts', 'import', '-'], { ...place, input });
    expect(code).to.equal(1);
    expect(stdout).to.equal('1 new, 0 changed, 0 unchanged, 1 refused (nothing was stored)\n');
    expect(stderr).to.equal('line 3: effectif is not a whole number of people\n');
  });
});
