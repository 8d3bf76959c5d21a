import { expect } from 'chai';
import { BEHAVIOUR, type Metric } from '../../../reporting/metrics/metric.ts';
import { cellsOf, type Publication, totalOf } from '../../../reporting/privacy/cells.ts';
import { exact } from '../../../reporting/privacy/draw.ts';
import type { Member } from '../../../reporting/privacy/members.ts';
import { blocksOf, nodesOf, rowsOf } from '../../../reporting/privacy/nodes.ts';
import type { PublicationRecord } from '../../../reporting/privacy/records.ts';
import { sumsOf } from '../../../reporting/privacy/sums.ts';
import type { Leaf, TreeNode } from '../../../reporting/privacy/tree.ts';
import { names } from '../site.ts';

const texts = { fr: { heading: '' }, en: { heading: '' } };
const metric = {
  family: BEHAVIOUR,
  figures: [
    { kind: 'people', name: 'n', texts },
    { kind: 'quartiles', name: 'hours', of: 0, grid: 1, texts },
    { kind: 'histogram', name: 'map', of: 1, size: 2, texts },
  ],
} as unknown as Metric;

/** Directions with so many people: A, B and C join in the order of the tree ((A B) C). */
function published(counts: Record<string, number>): Publication {
  const atoms = Object.entries(counts).map(([direction, count]) => {
    const leaf: Leaf = [direction];
    const members = names(direction, count).map((person, place): Member => {
      return { person, leaf, stages: [{ values: [place, place % 2, 1] }] };
    });
    return { leaves: [leaf], members };
  });
  const [a, b, c] = atoms.map(({ leaves: [leaf] }): TreeNode => ({ leaf: leaf ?? [''] }));
  if (!a || !b || !c) throw new Error('three directions');
  const rows = rowsOf(
    { children: [{ children: [a, b] }, c] },
    atoms.map(({ leaves }) => leaves),
  );
  const nodes = nodesOf(rows, atoms, metric, 44, 0);
  return {
    record: { blocks: blocksOf(rows, atoms, 44) } as unknown as PublicationRecord,
    horizon: { through: '2021-Q4', asOf: 0, publishedAt: 0, nodes },
    atoms: atoms.map(({ leaves, members }) => {
      const found = members.map(({ person, leaf, stages: [stage] }) => ({ person, leaf, values: stage?.values ?? [] }));
      return { leaves, sums: sumsOf(found, metric, { draw: exact, minimum: 1 }) };
    }),
  };
}

const shown = (publication: Publication, ...direction: string[]) =>
  cellsOf(publication, metric, { by: 'total', direction }).map(({ figures, withheld }) => [
    figures.hoursMedian,
    figures.map,
    withheld.length,
  ])[0];

describe('groups of four times the least number', () => {
  it('have quartiles where they are nodes of the tree', () => {
    const publication = published({ A: 20, B: 30, C: 50 });
    expect(shown(publication, 'A')).to.deep.equal([null, null, 4]);
    expect(shown(publication, 'C')?.[0]).to.equal(25);
    expect(shown(publication, 'A', 'B')?.[0]).to.equal(12);
    // Enough people, but no node.
    expect(shown(publication, 'A', 'C')?.[0]).to.equal(null);
    expect(totalOf(publication, metric).figures.hoursMedian).to.equal(16);
  });

  it('have histograms, none of which is found by subtracting one from another', () => {
    const publication = published({ A: 20, B: 50, C: 50 });
    // B has enough, but with A and B the map of A would be known.
    expect(shown(publication, 'B')?.[1]).to.equal(null);
    expect(shown(publication, 'A', 'B')?.[1]).to.deep.equal([35, 70]);
    expect(shown(publication, 'C')?.[1]).to.deep.equal([25, 50]);
    expect(shown(publication, 'B', 'C')?.[1]).to.equal(null);
    expect(totalOf(publication, metric).figures.map).to.deep.equal([60, 120]);
  });

  it('are not there in a small ministry', () => {
    expect(totalOf(published({ A: 12, B: 12, C: 12 }), metric).figures).to.deep.include({
      map: null,
      hoursMedian: null,
    });
  });
});
