import { expect } from 'chai';
import type { Metric } from '../../../reporting/metrics/metric.ts';
import { COMPLETION } from '../../../reporting/metrics/metric.ts';
import { type Ask, cellsOf, type Publication } from '../../../reporting/privacy/cells.ts';
import { holdingLabel } from '../../../reporting/privacy/holding.ts';
import type { PublicationRecord } from '../../../reporting/privacy/records.ts';
import type { Leaf } from '../../../reporting/privacy/tree.ts';

const texts = { fr: { heading: 'n' }, en: { heading: 'n' } };
const metric = {
  family: COMPLETION,
  figures: [
    { kind: 'people', name: 'n', texts },
    { kind: 'tally', name: 'done', texts },
  ],
} as unknown as Metric;

/** Parcours A and B of the directions X (each apart) and Y (together), and the small Z beside Y. */
const ATOMS: [Leaf[], number][] = [
  [[['X', 'A']], 20],
  [[['X', 'B']], 0],
  [
    ['Y', 'Z'].flatMap((name): Leaf[] => [
      [name, 'A'],
      [name, 'B'],
    ]),
    7,
  ],
  [[['V', 'A']], 5],
  [[['V', 'B']], 5],
  [
    [
      ['W', 'A', 'one'],
      ['W', 'A', 'two'],
    ],
    9,
  ],
  [[['W', 'B', 'one']], 6],
  [[['W', 'B', 'two']], 5],
];

const publication: Publication = {
  record: { blocks: [] } as unknown as PublicationRecord,
  horizon: { through: '2021-Q4', asOf: 0, publishedAt: 0, nodes: [] },
  atoms: ATOMS.map(([leaves, units]) => ({ leaves, sums: { units, shown: units, parts: { done: { m: units } } } })),
};
const all = publication.atoms.flatMap(({ leaves }) => leaves);

function rows(ask: Ask, lang: 'fr' | 'en' = 'fr') {
  const dimension = ask.by === 'total' || ask.by === 'module' ? undefined : ask.by;
  const nameOf = (iri: string) => ({ A: 'Traitement de texte', B: 'Tableur' })[iri] ?? iri;
  return cellsOf(publication, metric, ask).map(({ leaves, figures, wider }) => [
    holdingLabel(leaves, all, lang, nameOf, dimension),
    figures.n,
    ...(wider ? ['wider'] : []),
  ]);
}

describe('cells', () => {
  it('are a row a direction, where the atoms let them', () => {
    expect(rows({ by: 'direction' })).to.deep.equal([
      ['X', 20],
      ['Y et Z', 7],
      ['V', 10],
      ['W', 20],
    ]);
  });

  it('are a row a parcours, and one of what holds several', () => {
    expect(rows({ by: 'parcours' })).to.deep.equal([
      ['Traitement de texte, hors Y et Z', 34],
      ['Tableur, hors Y et Z', 16],
      ['Y et Z', 7],
    ]);
    expect(rows({ by: 'parcours' }, 'en')[0]?.[0]).to.equal('Traitement de texte, except Y and Z');
  });

  it('show for what is too small the atom that holds it, and say so', () => {
    expect(rows({ by: 'direction', direction: ['Z'] })).to.deep.equal([['Y et Z', 7, 'wider']]);
    expect(rows({ by: 'total', parcours: ['A'] })).to.deep.equal([
      ['Traitement de texte, hors Y et Z', 34],
      ['Y et Z', 7, 'wider'],
    ]);
    expect(rows({ by: 'parcours', direction: ['X'] })).to.deep.equal([
      ['X : Traitement de texte'.replace(' :', '\u00a0:'), 20],
      ['X : Tableur'.replace(' :', '\u00a0:'), 0],
    ]);
  });

  it('are a row a service of a direction', () => {
    expect(rows({ by: 'service', parcours: ['B'], direction: ['W'] })).to.deep.equal([
      ['W\u00a0: Tableur, one', 6],
      ['W\u00a0: Tableur, two', 5],
    ]);
    expect(rows({ by: 'service', direction: ['W'] })[0]).to.deep.equal(['W\u00a0: Traitement de texte', 9]);
  });

  it('are all of it together, or a row a module', () => {
    expect(rows({ by: 'total' })).to.deep.equal([['Ensemble du ministère', 57]]);
    const [module] = cellsOf(publication, metric, { by: 'module', direction: ['W'] });
    expect([module?.module, module?.figures]).to.deep.equal(['m', { n: 20, done: 20 }]);
  });

  it('have a histogram of whole blocks alone, also where a republication has dropped one', () => {
    const heat = {
      ...metric,
      figures: [{ kind: 'histogram', name: 'active', of: 0, size: 1, texts }],
    } as unknown as Metric;
    const four: Publication = {
      record: { atoms: 4, blocks: [{ from: 0, end: 2 }] } as unknown as PublicationRecord,
      horizon: publication.horizon,
      atoms: ['A', 'B', 'C', 'D'].map((name) => ({
        leaves: [[name]],
        sums: { units: 20, shown: 20, parts: { active: [20] } },
      })),
    };
    const given = (direction: string[]) => cellsOf(four, heat, { by: 'total', direction })[0]?.figures.active;
    expect(given(['A', 'B'])).to.deep.equal([40]);
    // As many atoms as a block has, but one of them lies in none.
    expect(given(['A', 'C'])).to.equal(null);
    for (const others of [['A'], ['C', 'D'], ['A', 'B', 'C'], ['A', 'B', 'C', 'D']]) {
      expect(given(others), others.join()).to.equal(null);
    }
  });

  it('hold every atom that touches what was asked once', () => {
    for (const by of ['direction', 'parcours', 'service', 'site', 'total'] as const) {
      const held = cellsOf(publication, metric, { by }).flatMap(({ leaves }) => leaves);
      expect(held.map((leaf) => leaf.join()).sort(), by).to.deep.equal(all.map((leaf) => leaf.join()).sort());
    }
  });
});
