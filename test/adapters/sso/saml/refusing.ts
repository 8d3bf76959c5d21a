/** A suite of messages that are refused, each for its reason. */
import { expect } from 'chai';
import type { Pair } from './keys.ts';
import type { Way } from './messages.ts';
import { openSetting, type Setting } from './setting.ts';
import { begin, goodResponse, handIn } from './site.ts';

/** What a test hands in; `provider` is where it begins and ends, idp unless said. */
export type Make = (way: Way, pair: Pair, setting: Setting) => string | Uint8Array | Promise<string | Uint8Array>;
export type Refused = [reason: string, make: Make, provider?: string];

/** Each is handed in as an answer to a login that was begun for it. */
export function refuses(title: string, table: Record<string, Refused>): void {
  describe(title, () => {
    let setting: Setting;
    before(async () => {
      setting = await openSetting();
    });
    after(() => setting?.close());

    for (const [what, [reason, make, provider = 'idp']] of Object.entries(table)) {
      it(`${what} is refused`, async () => {
        const { site, idp } = setting;
        const { way, browser } = await begin(site, idp, provider);
        const answer = await handIn(site, provider, await make(way, idp.pair, setting));
        expect(answer.location).to.equal(null);
        expect(answer).to.include({ status: 403, type: 'text/html; charset=utf-8' });
        expect(answer.body).to.include('sso.refused').and.not.include(reason);
        expect(site.reason()).to.include(reason);
        expect(site.errors).to.deep.equal([]);
        // The login is still there, unless its own answer would be refused here: what was refused did not use it up.
        if (provider === 'sealed') return;
        const right = await handIn(site, provider, goodResponse(idp, way), browser);
        expect(right.status, String(site.reason())).to.equal(303);
      });
    }
  });
}
