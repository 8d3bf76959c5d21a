import { expect } from 'chai';
import { type BarChart, chartOf, type HeatMap, type IntervalChart, type LineChart } from '../../web/charts/index.ts';

const barChart = (of: BarChart): string => chartOf(of);
const heatMap = (of: HeatMap): string => chartOf({ ...of, kind: 'heat' });
const lineChart = (of: LineChart): string => chartOf({ ...of, kind: 'lines' });
const intervalChart = (of: IntervalChart): string => chartOf({ ...of, kind: 'intervals' });

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
const rows = ['lundi', 'mardi'];
const columns = ['9 h', '10 h', '11 h'];
const values = [
  [0, 0.25, null],
  [0.5, 0.86, 1],
];

/** One of each kind, drawn at either size. */
const KINDS = {
  bars: (more: Partial<BarChart>) => barChart({ ...chart, ...more }),
  'bars that stand': (more: Partial<BarChart>) => barChart({ ...chart, bars: 'vertical', ...more }),
  'heat map': (more: Partial<BarChart>) => heatMap({ ...chart, rows, columns, values, ...more }),
  lines: (more: Partial<BarChart>) =>
    lineChart({ ...chart, series: chart.series.map((each) => ({ ...each, target: 2 })), ...more }),
  intervals: (more: Partial<BarChart>) =>
    intervalChart({
      ...chart,
      values: [{ at: 0.5, low: 0.25, high: 1 }, null, { at: 1, low: 0, high: 2 }],
      reference: 1,
      ...more,
    }),
};

const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);

/** Of each text that passes, how far down it is drawn. */
const heightsOf = (svg: string, passes: (text: string) => boolean): number[] =>
  [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)]
    .filter(([, , text = '']) => passes(text))
    .map(([, attributes = '']) => {
      const [, moved = 0] = /translate\([-\d.]+ ([-\d.]+)\)/.exec(attributes) ?? [];
      return Number(moved) + Number(/ y="([-\d.]+)"/.exec(attributes)?.[1] ?? 0);
    });

for (const [kind, draw] of Object.entries(KINDS)) {
  describe(`a chart of ${kind}`, () => {
    for (const size of ['wide', 'narrow'] as const) {
      it(`is the same bytes each time it is drawn, whatever was drawn between (${size})`, () => {
        // Of another description each time: it is not kept from before.
        const drawn = (description: string) => draw({ size, description }).replace(description, '');
        const first = drawn('one');
        draw({ id: 'other', size: 'narrow' });
        expect(drawn('two')).to.equal(first);
      });

      it(`keeps every id under its own, so that two charts of a page do not clash (${size})`, () => {
        const svg = draw({ size });
        const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
        const own = size === 'narrow' ? 'pdh-narrow' : 'pdh';
        expect(ids).to.include.members([`${own}-title`, `${own}-description`]);
        for (const id of ids) expect(id).to.match(new RegExp(`^${own}-`));
        for (const [, reference] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids).to.include(reference);
        expect(svg).to.contain(`role="img" aria-labelledby="${own}-title ${own}-description"`);
        expect(svg).to.contain(`<title id="${own}-title">Régularité</title>`);
      });

      it(`has colours of the theme alone, and no style of its own (${size})`, () => {
        // What cuts off, and what has no inside, shows no colour within.
        const svg = draw({ size }).replace(
          /<clipPath.*?<\/clipPath>|(?<=<path d="M\S+ \S+L\S+ \S+" [^>]*)fill="#000"/gs,
          '',
        );
        expect(svg).not.to.match(/style=|<style|ecmeta|class="zr/);
        const colours = [...svg.matchAll(/ (?:fill|stroke)="([^"]+)"/g)].map(([, colour = '']) => colour);
        const shown = colours.filter((colour) => !/^(var\(--[\w-]+\)|url\(#.*\)|none)$/.test(colour));
        // What ECharts gives a legend’s ground, which is not seen.
        expect(new Set(shown)).to.satisfy((all: Set<string>) =>
          [...all].every((each) => /rgb\(0,0,0\)|#b7b9be/.test(each)),
        );
        for (const [ground] of svg.matchAll(/<path[^>]*fill="rgb\(0,0,0\)"[^>]*>/g))
          expect(ground).to.contain('fill-opacity="0"');
        expect(svg).to.match(/fill="var\(--chart-/);
      });
    }

    it('refuses an id that could not be one', () => {
      expect(() => draw({ id: 'a"b' })).to.throw(TypeError);
    });

    it('draws nothing at all without falling over', () => {
      expect(draw({ labels: [], series: [] })).to.match(/^<svg/);
    });
  });
}

describe('what stands in a chart', () => {
  it('bars: every label, and the numbers as the French write them', () => {
    expect(textsOf(barChart(chart))).to.include.members([
      'DGAFP',
      'CAB et DAC',
      'heures',
      'Moyenne',
      'Médiane',
      '1\u202f234,5',
      '0,25',
    ]);
  });

  it('bars: the legend never over them, however long the names and however many', () => {
    const names = [
      'Moyenne des heures passées',
      'Médiane des heures passées',
      'Troisième série au nom assez long',
      'Une autre',
    ];
    const series = names.map((name) => ({ name, values: [1, 2, 3] }));
    for (const size of ['wide', 'narrow'] as const) {
      const svg = barChart({ ...chart, series, size });
      const legend = heightsOf(svg, (text) => names.includes(text));
      expect(legend).to.have.length(names.length);
      const below = heightsOf(svg, (text) => text === 'DGAFP' || text === '1');
      expect(Math.max(...legend)).to.be.below(Math.min(...below) - 8);
    }
  });

  it('bars: more series than can be told apart become a grid of numbers', () => {
    const series = Array.from({ length: 12 }, (_, index) => ({
      name: `Parcours ${index}`,
      values: [index, 100 + index, 200],
    }));
    const texts = textsOf(barChart({ ...chart, series }));
    expect(texts).to.include.members(['Parcours 0', 'Parcours 11', 'DGAFP', '111']);
  });

  it('percentages, the way of the language', () => {
    const shares = { ...chart, series: [{ name: 'Part', values: [0.86, 0.005, 1] }], percent: true };
    expect(textsOf(barChart(shares))).to.include.members(['86\u00a0%', '0,5\u00a0%', '100\u00a0%']);
    expect(textsOf(lineChart({ ...shares, lang: 'en' }))).to.include.members(['86%', '0.5%', '100%']);
    expect(textsOf(barChart(shares)).join()).not.to.contain('120');
  });

  it('no mark of an axis is written twice, however small the numbers', () => {
    for (const [most, percent, digits] of [
      [0.02, true, 0],
      [0.004, true, undefined],
      [3, false, 0],
      [1, false, 0],
      [0.03, false, undefined],
    ] as const) {
      for (const size of ['wide', 'narrow'] as const) {
        const small = { ...chart, ...{ percent, digits, size, unit: undefined, labels: ['A'] } };
        const series = [{ name: 'Part', values: [most] }];
        const drawn = {
          lying: barChart({ ...small, series }),
          standing: barChart({ ...small, series, bars: 'vertical' }),
          lines: lineChart({ ...small, series }),
          intervals: intervalChart({ ...small, values: [{ at: most / 2, low: 0, high: most }] }),
        };
        for (const [kind, svg] of Object.entries(drawn)) {
          const marks = textsOf(svg).filter((text) => /^[\d,]+(\u00a0%)?$/.test(text));
          // The number of the bar or point itself is one more.
          const twice = marks.filter((text, at) => marks.indexOf(text) !== at);
          expect(twice, `${kind} ${size} ${marks}`).to.have.length.at.most(kind === 'intervals' ? 0 : 1);
          expect(marks.length, `${kind} ${size} ${marks}`).to.be.at.least(2);
        }
      }
    }
  });

  it('heat map: five steps that hold the values, each number in its cell, and none where there is none', () => {
    const texts = textsOf(heatMap({ ...chart, rows, columns, values, percent: true }));
    expect(texts).to.include.members([
      ...rows,
      '9 h',
      '0\u00a0% – 20\u00a0%',
      '80\u00a0% – 100\u00a0%',
      '25\u00a0%',
      '86\u00a0%',
    ]);
    const svg = heatMap({ ...chart, rows, columns, values, percent: true });
    expect(svg.match(/stroke="var\(--chart-outline\)"/g)).to.have.length(5 + 5); // the legend and five numbers
  });

  it('heat map: what is counted, and steps of whole numbers that do not overlap', () => {
    const counted = (highest: number) =>
      textsOf(
        heatMap({
          ...chart,
          unit: 'personnes',
          rows,
          columns,
          values: [
            [0, 1, 2],
            [highest, 3, 4],
          ],
        }),
      );
    expect(counted(39)).to.include.members(['Personnes', '0 – 7', '8 – 15', '32 – 39']);
    expect(counted(40)).to.include.members(['0 – 9', '40 – 49']);
    expect(counted(12)).to.include.members(['0 – 2', '12 – 14']);
    expect(counted(4)).to.include.members(['0', '4']).and.not.to.include('0 – 1');
    expect(counted(5)).to.include.members(['0 – 1', '4 – 5']).and.not.to.include('6 – 7');
  });

  it('heat map: hours are called by their number alone where « 10 h » has no room', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const drawn = (size: 'wide' | 'narrow', length: number) =>
      textsOf(
        heatMap({
          ...chart,
          size,
          rows,
          columns: hours.slice(0, length).map((hour) => `${hour}\u00a0h`),
          values: rows.map((_, row) => hours.slice(0, length).map((hour) => (row * hour) % 5)),
          short: { columns: { names: hours.slice(0, length).map(String), unit: 'h' } },
        }),
      );
    expect(drawn('wide', 11)).to.include('10\u00a0h').and.not.to.include('h');
    expect(drawn('wide', 24)).to.include.members(['23', 'h']).and.not.to.include('10\u00a0h');
    expect(drawn('narrow', 11).join()).not.to.match(/-(,|$)/);
  });

  it('heat map: rows and columns change places where the numbers have no room', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => `${hour} h`);
    const large = rows.map((_, row) => hours.map((_, hour) => 10_000 + row * hour));
    const [first = 0, second = 0] = heightsOf(heatMap({ ...chart, rows, columns: hours, values: large }), (text) =>
      /^\d h$/.test(text),
    );
    expect(second - first, 'hours below one another').to.be.greaterThan(10);
    expect(textsOf(heatMap({ ...chart, rows, columns: hours, values: large }))).to.include('10\u202f023');
    // A phone has no room for them in either place.
    expect(
      textsOf(
        heatMap({ ...chart, rows: hours, columns: hours, values: hours.map(() => large[1] ?? []), size: 'narrow' }),
      ),
    ).not.to.include('10\u202f023');
  });

  it('lines: each with marks and dashes of its own, the aim named, a gap where there is no value', () => {
    const series = [
      { name: 'A', values: [1, 2, 3] },
      { name: 'B', values: [1, null, 3] },
    ];
    const [only] = series.map((each) => ({ ...each, target: 2.5 }));
    const svg = lineChart({ ...chart, series: [...(only ? [only] : []), ...series.slice(1)] });
    expect(svg).to.match(/stroke="var\(--chart-2\)"[^>]*stroke-dasharray/);
    expect(textsOf(svg)).to.include.members(['A', 'B', 'Objectif (A)\u00a0: 2,5']);
    expect(textsOf(lineChart({ ...chart, series: only ? [only] : [], lang: 'en' }))).to.include('Target: 2.5');
  });

  it('lines: the last period is named wherever there is no room for all', () => {
    const labels = ['2024', '2025', '2026'].flatMap((year) => [1, 2, 3, 4].map((at) => `${at}e trimestre ${year}`));
    const series = [{ name: 'A', values: labels.map((_, at) => at) }];
    const texts = textsOf(lineChart({ ...chart, labels, series, size: 'narrow' }));
    expect(texts.filter((text) => /^20\d\d$/.test(text)).at(-1)).to.equal('2026');
    expect(texts.filter((text) => /^20\d\d$/.test(text))).to.have.length.within(2, 4);
  });

  it('intervals: the estimate and both its ends in numbers, and what they are held against', () => {
    const texts = textsOf(KINDS.intervals({}));
    expect(texts).to.include.members(['0,5 [0,25\u00a0; 1]', 'pas de valeur', 'Référence\u00a0: 1']);
  });

  it('intervals: round marks equally far apart, the reference among them', () => {
    const marks = (size: 'wide' | 'narrow', at: number, reference: number) =>
      textsOf(
        intervalChart({
          ...chart,
          labels: ['A'],
          unit: undefined,
          percent: true,
          values: [{ at, low: at - 0.13, high: at + 0.11 }],
          reference,
          size,
        }),
      ).filter((text) => /^\d+\u00a0%$/.test(text));
    expect(marks('wide', 0.43, 0.8)).to.deep.equal([30, 40, 50, 60, 70, 80].map((each) => `${each}\u00a0%`));
    expect(marks('narrow', 0.53, 0.9))
      .to.include('100\u00a0%')
      .and.to.include('40\u00a0%');
    for (const size of ['wide', 'narrow'] as const) {
      expect(marks(size, 0.86, 0.5), size).to.include.members(['50\u00a0%', '100\u00a0%']);
    }
  });
});
