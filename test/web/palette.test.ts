import { readFileSync } from 'node:fs';
import { expect } from 'chai';

const sheet = readFileSync(new URL('../../web/assets/charts.css', import.meta.url), 'utf8');

const variables = (selector: string): Map<string, string> => {
  const [block = ''] = new RegExp(`^ *${selector} \\{[^}]*\\}`, 'm').exec(sheet) ?? [];
  return new Map(
    [...block.matchAll(/--(chart-[\w-]+): (#[\da-f]+);/g)].map(([, name = '', colour = '']) => [name, colour]),
  );
};

/** Relative luminance of #rgb or #rrggbb (WCAG 2.1). */
function luminance(colour: string): number {
  const digits =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : (colour.match(/[\da-f]{2}/g) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const THEMES = [
  { theme: 'light', paper: '#ffffff', palette: variables(':root') },
  { theme: 'dark', paper: '#161616', palette: variables(':root\\[data-fr-theme="dark"\\]') },
];

describe('the colours of charts', () => {
  for (const { theme, paper, palette } of THEMES) {
    const colour = (name: string): string => palette.get(name) ?? expect.fail(`--${name} is missing`);

    it(`stand out from the page, by themselves or by their outline (WCAG 1.4.11), ${theme}`, () => {
      for (const name of ['chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6', 'chart-outline'])
        expect(contrast(colour(name), paper), name).to.be.at.least(3);
    });

    it(`leave the numbers on them readable (WCAG 1.4.3), and go in steps from one end to the other, ${theme}`, () => {
      const steps = [1, 2, 3, 4, 5].map((step) => `chart-step-${step}`);
      for (const step of steps) expect(contrast(colour(step), colour(`${step}-ink`)), step).to.be.at.least(4.5);
      const away = steps.map((step) => contrast(colour(step), paper));
      for (const [index, each] of away.entries())
        if (index > 0) expect(each, `step ${index + 1}`).to.be.above((away[index - 1] ?? 0) * 1.4);
    });
  }
});
