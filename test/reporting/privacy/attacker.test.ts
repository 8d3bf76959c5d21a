/**
 * The attacker of published-cells.md, last section: random ministries, several periods, late data, a republication, an
 * erasure, correspondents named before and after the first publication. All that the site gives, at every moment, whatever
 * is asked for, is collected; no arithmetic may tell of fewer than k people.
 */
import { expect } from 'chai';
import type { Answer } from '../../../reporting/index.ts';
import { leavesIn } from '../../../reporting/privacy/atom-parts.ts';
import { ATOMS } from '../../../reporting/privacy/records.ts';
import { type Attack, attack, knownTo, personOf, type Sums } from './attacker/attack.ts';
import { LOOKED_AT } from './attacker/collect.ts';
import { QUARTERS } from './attacker/ministry.ts';
import { smallGroup, type Variable } from './attacker/smallest-group.ts';

// In the last one a correction that comes late brings somebody into a correspondent's perimeter who was counted elsewhere.
const SEEDS = (process.env.ATTACKER_SEEDS ?? '1,2,3,32').split(',').map(Number);

/** Of how many metrics and periods there were histograms, in all of them. */
let histograms = 0;

for (const seed of SEEDS) {
  describe(`the attacker of ministry ${seed}`, function () {
    this.timeout(120_000);
    let it_: Attack;
    let sums: Sums[];
    before(async () => {
      it_ = await attack(seed, seed % 2 === 0 ? { kBehaviour: 4, kCompletion: 4 } : {});
      sums = await it_.sums();
      histograms += sums.filter(({ blocks }) => blocks.length > 0).length;
    });
    after(() => it_?.http.close());

    it('finds something to attack', async () => {
      expect(it_.site.errors).to.deep.equal([]);
      expect(it_.told.length).to.be.greaterThan(500);
      const atoms = await it_.site.store.collection(ATOMS).find();
      expect(
        leavesIn(atoms).some(({ version }) => version > 1),
        'an atom was replaced',
      ).to.equal(true);
    });

    it('finds who was erased in nothing that is kept', async () => {
      expect(it_.forgotten).to.equal(true);
    });

    it('finds no group of fewer than k people', () => {
      for (const { name, sets, minimum } of sums) {
        expect(smallGroup({ sets, personOf }, minimum), name).to.equal(undefined);
      }
    });

    it('finds no histogram of fewer than 4k people', () => {
      for (const { name, blocks, minimum } of sums) {
        for (const sets of blocks) expect(smallGroup({ sets, personOf }, 4 * minimum), name).to.equal(undefined);
        // One version less another one tells of those who changed: k of them.
        expect(smallGroup({ sets: blocks.flat(), personOf }, minimum), name).to.equal(undefined);
      }
    });

    it('finds at least k − 3 others where three who contributed put together what they know', () => {
      for (const { name, sets, minimum } of sums) {
        const people = [...new Set(sets.flatMap((set) => [...set].map(personOf)))].sort();
        for (let round = 0; round < 3; round++) {
          const insiders = new Set([1, 2, 3].map(() => it_.chance.pick(people)));
          const known = (variable: Variable) => insiders.has(personOf(variable));
          expect(smallGroup({ sets, personOf, known }, minimum - 3), name).to.equal(undefined);
        }
      }
    });

    it('finds nobody, or at least k others, with the names that a correspondent reads', () => {
      for (const reader of it_.readers) {
        for (const { name, sets, minimum, atoms } of sums.filter(({ nominative }) => nominative)) {
          const known = knownTo(reader, atoms);
          // Whom they know here for one enrolment hides nobody with another one.
          const named = new Set(sets.flatMap((set) => [...set].filter(known).map(personOf)));
          const other = (variable: Variable) => (named.has(personOf(variable)) ? undefined : personOf(variable));
          expect(smallGroup({ sets, personOf: other, known }, minimum), name).to.equal(undefined);
        }
      }
    });

    it('gets by HTTP what the site answers inside', async () => {
      const key = await it_.http.key('reports/read');
      for (const name of LOOKED_AT) {
        for (const quarter of QUARTERS) {
          const { freshness: _then, ...given } = await it_.http.json<Answer>(
            `/api/reports/${name}?period=${quarter}`,
            key,
          );
          if (given.state !== 'published') continue;
          const { freshness: _now, ...inside } = await it_.site.report(name, quarter);
          expect(given).to.deep.equal(JSON.parse(JSON.stringify(inside)));
        }
      }
    });
  });
}

describe('the attackers together', () => {
  it('found histograms', function () {
    if (process.env.ATTACKER_SEEDS !== undefined) this.skip();
    expect(histograms).to.be.greaterThan(0);
  });
});
