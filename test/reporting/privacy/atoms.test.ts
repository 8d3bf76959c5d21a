import { expect } from 'chai';
import fc from 'fast-check';
import { leavesIn, putAtoms } from '../../../reporting/privacy/atom-parts.ts';
import { type AtomRule, atomsOf } from '../../../reporting/privacy/atoms.ts';
import { decodeTree, encodeTree } from '../../../reporting/privacy/encode.ts';
import { extendTree } from '../../../reporting/privacy/graft.ts';
import { labelOf } from '../../../reporting/privacy/label.ts';
import type { AtomsRecord } from '../../../reporting/privacy/records.ts';
import {
  buildTree,
  directionsOf,
  type Ground,
  type Inside,
  type Leaf,
  leafKey,
  leavesOf,
  type TreeNode,
} from '../../../reporting/privacy/tree.ts';
import { names } from '../site.ts';

const MINISTRY = { CAB: 4, DAC: 69, DEPAFI: 216, DICOM: 95, DLPAJ: 135, DMAT: 229, DRH: 429, DSIC: 275 };

/** A ministry where `active` (by leaf) says who contributes; by default everyone does, in one parcours if there is any. */
function ministry(
  headcounts: Record<string, number>,
  parcours: readonly string[] = [],
  active?: Map<string, Set<string>>,
  parents: Record<string, string> = {},
  inside: Record<string, Inside[]> = {},
) {
  const everyone = ([direction]: Leaf) => new Set(names(direction, headcounts[direction] ?? 0));
  const contributors = (leaf: Leaf): ReadonlySet<string> =>
    active ? (active.get(leafKey(leaf)) ?? new Set()) : everyone(leaf);
  const ground: Ground = {
    directions: Object.keys(headcounts),
    parentOf: (direction) => parents[direction],
    parcours,
    placesIn: (direction) => inside[direction] ?? [[null, null]],
    headcount: (leaves) => directionsOf(leaves).reduce((total, name) => total + (headcounts[name] ?? 0), 0),
    contributors,
  };
  return ground;
}

const rule = (
  field: ReturnType<typeof ministry>,
  minimum: number,
  perimeters: AtomRule['perimeters'] = [],
): AtomRule => ({
  ...field,
  minimum,
  perimeters,
});

const labels = (atoms: readonly Leaf[][]): string[] => atoms.map((atom) => labelOf(directionsOf(atom), 'fr')).sort();

describe('atoms', () => {
  const perDirection = Object.keys(MINISTRY).map((name) => new Set([name]));

  it('join CAB to DAC, and to DICOM as well once correspondents know names', () => {
    const field = ministry(MINISTRY);
    const apart = ['CAB et DAC', 'DEPAFI', 'DICOM', 'DLPAJ', 'DMAT', 'DRH', 'DSIC'];
    expect(labels(atomsOf(buildTree(field), rule(field, 11)))).to.deep.equal(apart);
    const completion = ministry(MINISTRY, ['word']);
    expect(labels(atomsOf(buildTree(completion), rule(completion, 5)))).to.deep.equal(apart);
    expect(labels(atomsOf(buildTree(completion), rule(completion, 5, perDirection)))).to.deep.equal([
      'CAB, DAC et DICOM',
      'DEPAFI',
      'DLPAJ',
      'DMAT',
      'DRH',
      'DSIC',
    ]);
  });

  it('say that nobody contributed only of a group that is large enough', () => {
    const active = new Map([['["A"]', new Set(names('A', 20))]]);
    const split = ministry({ A: 40, B: 40 }, [], active);
    expect(labels(atomsOf(buildTree(split), rule(split, 11)))).to.deep.equal(['A', 'B']);
    const small = ministry({ A: 40, B: 10 }, [], active);
    expect(labels(atomsOf(buildTree(small), rule(small, 11)))).to.deep.equal(['A et B']);
  });

  it('hide from a correspondent what somebody whom they know did elsewhere', () => {
    // One who moved counts in both directions, and nobody else of B does.
    const active = new Map([
      ['["A","word"]', new Set([...names('A', 20), 'mover'])],
      ['["B","excel"]', new Set(['mover'])],
      ['["C","word"]', new Set(names('C', 20))],
    ]);
    const field = ministry({ A: 21, B: 15, C: 30 }, ['word', 'excel'], active);
    const known = [new Set(['A']), new Set(['B']), new Set(['C'])];
    for (const atom of atomsOf(buildTree(field), rule(field, 5, known))) {
      if (directionsOf(atom).includes('B')) expect(directionsOf(atom)).to.include('C');
    }
  });

  it('are none where the whole ministry is too small', () => {
    const field = ministry({ A: 6, B: 4 });
    expect(atomsOf(buildTree(field), rule(field, 11))).to.deep.equal([]);
  });

  it('divide a direction by parcours where people suffice', () => {
    const active = new Map([
      ['["A","word"]', new Set(names('A', 9))],
      ['["A","excel"]', new Set(names('A', 6))],
      ['["B","word"]', new Set(names('B', 7))],
      ['["B","excel"]', new Set(names('B', 2))],
    ]);
    const field = ministry({ A: 30, B: 30 }, ['word', 'excel'], active);
    const atoms = atomsOf(buildTree(field), rule(field, 5)).map((atom) => atom.map((leaf) => leaf.join(' ')).sort());
    expect(atoms.sort()).to.deep.equal([['A excel'], ['A word'], ['B excel', 'B word']]);
  });

  it('hold nobody alone in any ministry', () => {
    const direction = fc.record({
      headcount: fc.integer({ min: 0, max: 40 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(direction, { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 2, max: 11 }),
        fc.array(fc.array(fc.nat(13), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (directions, parcoursCount, minimum, known, chance) => {
          const headcounts = Object.fromEntries(directions.map(({ headcount }, index) => [`D${index}`, headcount]));
          const parcours = names('course', parcoursCount);
          const active = new Map<string, Set<string>>();
          const leaves = directions.flatMap((_, index): Leaf[] =>
            parcours.length === 0 ? [[`D${index}`]] : parcours.map((name) => [`D${index}`, name]),
          );
          for (const leaf of leaves) {
            const { headcount = 0, share = 0 } = directions[Number(leaf[0].slice(1))] ?? {};
            active.set(leafKey(leaf), new Set(names(leaf[0], headcount).filter(() => chance.next().value < share)));
          }
          const field = ministry(headcounts, parcours, active);
          const perimeters = known.map((indexes) => new Set(indexes.map((index) => `D${index}`)));
          const atoms = atomsOf(buildTree(field), rule(field, minimum, perimeters));
          if (atoms.length === 0) return;
          expect(atoms.flat().map(leafKey).sort()).to.deep.equal(leaves.map(leafKey).sort());
          for (const atom of atoms) {
            const people = (some: readonly Leaf[]) => new Set(some.flatMap((leaf) => [...field.contributors(leaf)]));
            const enough = (some: readonly Leaf[], count: number) =>
              count === 0 ? field.headcount(some) >= minimum : count >= minimum;
            expect(enough(atom, people(atom).size)).to.equal(true);
            for (const perimeter of perimeters) {
              const outside = atom.filter(([name]) => !perimeter.has(name));
              if (outside.length === 0 || outside.length === atom.length) continue;
              expect(enough(outside, people(outside).size)).to.equal(true);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the merge tree', () => {
  it('depends on sizes and names only, not on the order they come in', () => {
    const reversed = Object.fromEntries(Object.entries(MINISTRY).reverse());
    expect(buildTree(ministry(reversed))).to.deep.equal(buildTree(ministry(MINISTRY)));
    const even = { D: 10, B: 10, A: 10, C: 10 };
    const leaf = (name: string) => ({ leaf: [name] });
    const [first, second] = [{ children: [leaf('A'), leaf('B')] }, { children: [leaf('C'), leaf('D')] }];
    expect(buildTree(ministry(even))).to.deep.equal({ children: [first, second] });
  });

  it('takes up what appears during the year without moving the rest', () => {
    const tree = buildTree(ministry(MINISTRY));
    expect(extendTree(tree, ministry(MINISTRY))).to.equal(tree);
    const grown = extendTree(tree, ministry({ ...MINISTRY, DGCL: 30 }));
    expect(
      leavesOf(grown)
        .map(([name]) => name)
        .sort(),
    ).to.deep.equal([...Object.keys(MINISTRY), 'DGCL'].sort());
    // Beside the smallest one, which it makes large enough to stand apart from DAC.
    const field = ministry({ ...MINISTRY, DGCL: 30 });
    expect(labels(atomsOf(grown, rule(field, 11)))).to.include.members(['CAB et DGCL', 'DAC', 'DICOM', 'DRH']);
  });

  it('takes up a new parcours inside each direction', () => {
    const tree = buildTree(ministry({ A: 20, B: 20 }, ['word']));
    const field = ministry({ A: 20, B: 20 }, ['word', 'excel']);
    const atoms = atomsOf(extendTree(tree, field), rule(field, 5)).map((atom) => atom.map((leaf) => leaf.join(' ')));
    expect(atoms.flat().sort()).to.deep.equal(['A excel', 'A word', 'B excel', 'B word']);
    expect(atoms.length).to.equal(4);
  });

  it('joins what lies under one parent first', () => {
    const headcounts = { Ain: 4, Ardèche: 50, Aube: 5, Marne: 60, SGAMI: 6 };
    const parents = { Ain: 'ARA', Ardèche: 'ARA', Aube: 'Grand Est', Marne: 'Grand Est', 'Grand Est': 'Régions' };
    const field = ministry(headcounts, [], undefined, parents);
    // By size alone Ain and Aube would be joined.
    const found = labels(atomsOf(buildTree(field), rule(field, 5)));
    expect(found).to.deep.equal(['Ain et Ardèche', 'Aube', 'Marne', 'SGAMI']);
    const later = ministry({ ...headcounts, Vosges: 3 }, [], undefined, { ...parents, Vosges: 'Grand Est' });
    expect(labels(atomsOf(extendTree(buildTree(field), later), rule(later, 5)))).to.include('Aube et Vosges');
  });

  it('divides by service and site only below parcours, and takes up new ones there', () => {
    const inside: Record<string, Inside[]> = {
      A: [
        ['rh', 'Paris'],
        ['rh', 'Lille'],
        ['si', null],
      ],
    };
    const active = new Map([
      ['["A","word","rh","Paris"]', new Set(names('p', 6))],
      ['["A","word","rh","Lille"]', new Set(names('q', 2))],
      ['["A","word","si"]', new Set(names('r', 7))],
      ['["A","excel","rh","Paris"]', new Set(names('p', 5))],
      ['["A","excel","si"]', new Set(names('r', 4))],
    ]);
    const field = ministry({ A: 40 }, ['word', 'excel'], active, {}, inside);
    const found = (tree: TreeNode, ground: Ground) =>
      atomsOf(tree, rule(ground, 5)).map((atom) =>
        atom
          .map((leaf) => leaf.slice(1).join(' ').trim())
          .sort()
          .join(' + '),
      );
    expect(found(buildTree(field), field).sort()).to.deep.equal([
      'excel rh Lille + excel rh Paris + excel si',
      'word rh Lille + word rh Paris',
      'word si',
    ]);
    active.set('["A","word","achats"]', new Set(names('s', 5)));
    active.set('["A","word","rh","Metz"]', new Set(names('t', 5)));
    const later = ministry(
      { A: 40 },
      ['word', 'excel'],
      active,
      {},
      {
        A: [...(inside.A ?? []), ['achats', null], ['rh', 'Metz']],
      },
    );
    const grown = found(extendTree(buildTree(field), later), later);
    expect(grown.filter((atom) => atom.startsWith('word')).sort()).to.deep.equal([
      'word achats',
      'word rh Lille + word rh Metz',
      'word rh Paris',
      'word si',
    ]);
  });

  it('is kept as a short text', () => {
    const services = Array.from({ length: 10 }, (_, index): Inside => [`service ${index}`, null]);
    const directions = names('prefecture', 100);
    const field = ministry(
      Object.fromEntries(directions.map((name) => [name, 300])),
      names('https://parcours.test/some/long/name', 30),
      new Map(),
      {},
      Object.fromEntries(directions.map((name) => [name, services])),
    );
    const tree = buildTree(field);
    const text = encodeTree(tree);
    expect(text.length).to.be.lessThan(2 ** 20);
    expect(decodeTree(text)).to.deep.equal(tree);
    expect(leavesOf(decodeTree(text)).length).to.equal(30_000);
    const leaves = leavesOf(tree);
    const none = { leaves: 0, sums: {} };
    const [part, ...rest] = putAtoms({ metric: 'm', period: 'p' }, [{ number: 0, version: 1, leaves, sums: {} }], none);
    expect(rest).to.deep.equal([]);
    expect(leavesIn([{ value: part?.value as AtomsRecord }])[0]?.leaves.map(leafKey)).to.deep.equal(
      leaves.map(leafKey),
    );
  });
});
