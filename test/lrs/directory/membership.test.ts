import { expect } from 'chai';
import fc from 'fast-check';
import { holdsAt, type Membership } from '../../../lrs/directory/index.ts';
import { place } from '../../../lrs/directory/membership.ts';
import { LivretError } from '../../../lrs/errors.ts';

const NOW = 1_000;
const at = (direction: string, from?: number, to?: number): Membership => ({
  direction,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  roles: ['agent'],
});
const told = (...memberships: Membership[]): Membership[] =>
  memberships.reduce<Membership[]>((history, wanted) => place(history, wanted, NOW), []);

describe('a history of memberships', () => {
  it('closes the old membership where the new one starts, whichever is told first', () => {
    const expected = [at('DRH', 100, 500), at('DSI', 500)];
    expect(told(at('DRH', 100), at('DSI', 500))).to.deep.equal(expected);
    expect(told(at('DSI', 500), at('DRH', 100))).to.deep.equal(expected);
  });

  it('keeps a gap between leaving and coming back', () => {
    const history = told(at('DRH', 100, 200), at('DRH', 500));
    expect(history.map((membership) => holdsAt(membership, 300))).to.deep.equal([false, false]);
  });

  it('takes a correction of the membership with the same start', () => {
    expect(told(at('DRH', 100), at('DSI', 500), at('DICOM', 100))).to.deep.equal([
      at('DICOM', 100, 500),
      at('DSI', 500),
    ]);
  });

  it('starts before anything is known when the first has no start', () => {
    expect(told(at('DRH'))).to.deep.equal([at('DRH')]);
    expect(told(at('DRH', undefined, 400))).to.deep.equal([at('DRH', undefined, 400)]);
  });

  it('sees a move without a start when it is told of', () => {
    expect(told(at('DRH'), at('DSI'))).to.deep.equal([at('DRH', undefined, NOW), at('DSI', NOW)]);
    expect(told(at('DRH', 100), at('DRH'))).to.deep.equal([at('DRH', 100)]);
  });

  it('sees a new service or site in the same direction as a move, but not new roles', () => {
    const elsewhere: Membership = { ...at('DRH'), site: 'Lognes' };
    expect(told(at('DRH', 100), elsewhere)).to.deep.equal([at('DRH', 100, NOW), { ...elsewhere, from: NOW }]);
    expect(told(at('DRH', 100), { ...at('DRH'), roles: ['tutor'] })).to.deep.equal([
      { ...at('DRH', 100), roles: ['tutor'] },
    ]);
  });

  it('closes leavers, takes back an end that has not come yet, and opens anew for who comes back', () => {
    expect(told(at('DRH', 100), at('DRH', undefined, 400))).to.deep.equal([at('DRH', 100, 400)]);
    expect(told(at('DRH', 100, 2_000), at('DRH'))).to.deep.equal([at('DRH', 100)]);
    expect(told(at('DRH', 100, 400), at('DRH'))).to.deep.equal([at('DRH', 100, 400), at('DRH', NOW)]);
  });

  it('refuses what ends before it starts, or ended somewhere nobody knew of', () => {
    const refused = (...memberships: Membership[]) => expect(() => told(...memberships)).to.throw(LivretError);
    refused(at('DRH', 100, 100));
    refused(at('DRH', 100, 50));
    refused(at('DRH', 100), at('DSI', undefined, 400));
  });

  it('never overlaps, stays in order, and the same told again changes nothing', () => {
    const time = fc.option(fc.integer({ min: 0, max: 2_000 }), { nil: undefined });
    const anything = fc.record({ direction: fc.constantFrom('A', 'B', 'C'), from: time, length: time });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), (tellings) => {
        const wanted = tellings.map(({ direction, from, length }) =>
          at(direction, from, length === undefined ? undefined : (from ?? 0) + length + 1),
        );
        let history: Membership[] = [];
        for (const each of wanted) {
          try {
            history = place(history, each, NOW);
          } catch (error) {
            if (!(error instanceof LivretError)) throw error;
            continue;
          }
          expect(place(history, each, NOW)).to.deep.equal(history);
        }
        for (const [i, { from, to }] of history.entries()) {
          expect(from ?? -1).to.be.lessThan(to ?? 10_000);
          const next = history[i + 1];
          if (next) expect(to).to.be.at.most(next.from ?? Number.NaN);
        }
      }),
    );
  });

  it('with starts, is the same in whatever order it is told, and however often', () => {
    const stay = fc.record({
      from: fc.integer({ min: 0, max: 50 }),
      length: fc.option(fc.nat(50), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(stay, { selector: ({ from }) => from, maxLength: 6 }), (stays) => {
        const wanted = stays.map(({ from, length }, i) =>
          at(`D${i}`, from, length === undefined ? undefined : from + length + 1),
        );
        const once = told(...wanted);
        expect(told(...wanted.toReversed())).to.deep.equal(once);
        expect(told(...wanted, ...wanted)).to.deep.equal(once);
      }),
    );
  });
});
