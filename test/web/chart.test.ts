import { expect } from 'chai';
import { type BarChart, barChart } from '../../web/index.ts';

const chart: BarChart = {
  id: 'pdh',
  lang: 'fr',
  title: 'Régularité',
  description: 'Moyenne par direction',
  labels: ['DGAFP', 'Délégation à l’éducation', 'CAB et DAC'],
  series: [
    { name: 'Moyenne', values: [1234.5, 0.25, null] },
    { name: 'Médiane', values: [12, 0, 3] },
  ],
  unit: 'heures',
};

describe('a bar chart', () => {
  it('is the same bytes each time it is drawn, whatever was drawn between', () => {
    const first = barChart(chart);
    barChart({ ...chart, id: 'other', bars: 'vertical' });
    expect(barChart(chart)).to.equal(first);
  });

  it('keeps every id under its own, so that two charts of a page do not clash', () => {
    const ids = [...barChart(chart).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids).to.include.members(['pdh-title', 'pdh-description']);
    expect(ids.length).to.be.greaterThan(2); // the patterns that tell two series apart
    for (const id of ids) expect(id).to.match(/^pdh-/);
    for (const [, reference] of barChart(chart).matchAll(/url\(#([^)]+)\)/g)) expect(ids).to.include(reference);
  });

  it('has a name, a description, every label and its numbers as the French write them', () => {
    const svg = barChart(chart);
    expect(svg).to.match(/^<svg class="chart-drawing" role="img" aria-labelledby="pdh-title pdh-description"/);
    expect(svg).to.contain('<title id="pdh-title">Régularité</title>');
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
    expect(texts).to.include.members(['DGAFP', 'CAB et DAC', 'heures', 'Moyenne', 'Médiane', '1\u202f234,5', '0,25']);
  });

  it('takes its colours from the theme, and no style of its own', () => {
    for (const bars of ['horizontal', 'vertical'] as const) {
      const svg = barChart({ ...chart, bars });
      expect(svg).to.contain('fill="var(--chart-1)"').and.to.contain('fill="var(--chart-2)"');
      expect(svg).not.to.match(/style=|<style|ecmeta|class="zr/);
    }
  });

  it('draws nothing at all without falling over', () => {
    expect(barChart({ ...chart, labels: [], series: [] })).to.match(/^<svg/);
  });

  it('refuses an id that could not be one', () => {
    expect(() => barChart({ ...chart, id: 'a"b' })).to.throw(TypeError);
  });
});
