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
    expect(html)
      .to.contain('<caption id="hours-caption">Heures</caption>')
      .and.to.contain('<th scope="row" class="fr-cell--fixed">DAC</th>');
  });

  it('says that it is empty', () => {
    expect(table('fr', [])).to.contain('<td colspan="2">Aucune ligne.</td>');
  });

  it('writes shares as percentages where it is told so', () => {
    const shares = (lang: Language) =>
      renderToString(
        <DataTable
          id="shares"
          lang={lang}
          caption="Parts"
          rows={[0.86, 0.8654, null]}
          columns={[{ heading: 'Part', value: (row) => row, numeric: true, percent: true }]}
        />,
      );
    expect(shares('fr'))
      .to.contain('>86\u00a0%</td>')
      .and.to.contain('>86,5\u00a0%</td>')
      .and.to.contain('pas de valeur');
    expect(shares('en')).to.contain('>86%</td>').and.to.contain('>86.5%</td>');
  });

  it('says when it is wider than a sheet of paper has room for', () => {
    const columns = (count: number, heading: string) =>
      Array.from({ length: count }, (_, at) => ({ heading: `${heading} ${at}`, numeric: true, value: () => at }));
    const drawn = (count: number, heading: string) =>
      /class="(fr-table[^"]*)"/.exec(
        renderToString(<DataTable id="wide" lang="fr" caption="Large" rows={[1]} columns={columns(count, heading)} />),
      )?.[1];
    expect([10, 12, 17, 20].map((count) => drawn(count, 'Part'))).to.deep.equal([
      'fr-table',
      'fr-table livret-wide',
      'fr-table livret-wide livret-across',
      'fr-table livret-wide livret-across livret-very-wide',
    ]);
    // Words are not broken.
    expect(drawn(11, 'Régularité')).to.equal('fr-table livret-wide');
  });

  it('keeps for screen readers a caption that the heading over it says already, and room for long texts', () => {
    const html = renderToString(
      <DataTable
        id="claims"
        lang="fr"
        caption="Critères"
        captionHidden
        rows={['La part est d’au moins la moitié, à 95 % de confiance.']}
        columns={[{ heading: 'Critère', value: (row) => row }]}
      />,
    );
    expect(html).to.contain('<div class="fr-table fr-table--no-caption">').and.to.contain('>Critères</caption>');
    expect(html).to.contain('<td class="livret-long">');
  });
});
