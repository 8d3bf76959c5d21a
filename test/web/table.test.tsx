import { expect } from 'chai';
import { renderToString } from 'preact-render-to-string';
import { DataTable, type Language } from '../../web/index.ts';

const table = (lang: Language, rows: (number | null)[]) =>
  renderToString(
    <DataTable
      id="hours"
      lang={lang}
      caption="Heures"
      rows={rows}
      columns={[
        { heading: 'Direction', value: () => 'DAC', rowHeader: true },
        { heading: 'Durée', unit: 'h', value: (row) => row, numeric: true, digits: 1 },
      ]}
    />,
  );

describe('a table of data', () => {
  it('writes numbers the way of the language, to the right, with the unit in the head', () => {
    expect(table('fr', [1234.56])).to.contain('<td class="fr-cell--right livret-numeric">1\u202f234,6</td>');
    expect(table('en', [1234.56])).to.contain('<td class="fr-cell--right livret-numeric">1,234.6</td>');
    expect(table('fr', [])).to.match(
      /<th scope="col" class="fr-cell--right livret-numeric">Durée<span class="livret-unit"> \(h\)<\/span>/,
    );
  });

  it('shows zero as zero and says where there is no value', () => {
    expect(table('fr', [0])).to.contain('>0</td>');
    expect(table('fr', [null])).to.contain('pas de valeur');
    expect(table('fr', [Number.NaN]))
      .to.contain('pas de valeur')
      .and.not.to.contain('NaN');
  });

  it('scrolls in a region that the keyboard reaches and that the caption names', () => {
    const html = table('fr', [1]);
    expect(html).to.contain('<section class="fr-table__container" tabindex="0" aria-labelledby="hours-caption">');
    expect(html).to.contain('<caption id="hours-caption">Heures</caption>').and.to.contain('<th scope="row">DAC</th>');
  });

  it('says that it is empty', () => {
    expect(table('fr', [])).to.contain('<td colspan="2">Aucune ligne.</td>');
  });
});
