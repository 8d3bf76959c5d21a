/** axe-core in a page of a real browser. It finds about half of what is wrong: a gate, not a proof. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What RGAA rests on, and the practices beyond it that axe knows. */
const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
};

/** Called moderate, but a screen reader's list of headings is how many find their way. */
const GRAVE_TO_US = ['heading-order'];

/**
 * Serious and critical findings of the page as it stands, a line each: rule, what it says, where. Evaluated by the
 * browser's own protocol, past the page's policy, which would let no foreign script in.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const { violations } = await page.evaluate(
    (options) => (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run(options),
    OPTIONS as Record<string, unknown>,
  );
  return violations
    .filter(({ id, impact }) => impact === 'serious' || impact === 'critical' || GRAVE_TO_US.includes(id))
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`);
}
