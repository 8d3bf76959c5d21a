/** A page as it leaves on paper. */
import type { Page } from 'playwright-core';

/** As wide as an A4 sheet within its margins, in pixels. */
const SHEET = 688;

/** What one presses, and what leads elsewhere. */
const PRESSED = ['main form', 'button', '.fr-btn', 'nav', '.fr-footer', '.livret-tabs', '.fr-skiplinks'];

/** What is wrong with the page that is open once it is printed, a line each. What is measured is the layout that goes to the printer. */
export async function faultsOnPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: SHEET, height: 900 });
  try {
    const faults = await page.evaluate(findFaults, SHEET);
    for (const pressed of PRESSED) {
      const shown = await page.locator(`${pressed}:visible`).count();
      if (shown > 0) faults.push(`${pressed} is on paper`);
    }
    return faults;
  } finally {
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1400, height: 900 });
  }
}

/** In the page. No functions with names inside: tsx marks them with one that the page does not have. */
function findFaults(sheet: number): string[] {
  const faults: string[] = [];
  for (const element of document.querySelectorAll('main *')) {
    const { width, height, right } = element.getBoundingClientRect();
    // Nothing, or for screen readers alone.
    if (width <= 1 || height <= 1) continue;
    const what = `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`;
    if (right > sheet + 1) faults.push(`${what} goes on beyond the paper`);
    if (getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
      faults.push(`${what} is cut off`);
  }
  // Whatever is outside of its drawing is not drawn.
  for (const drawing of document.querySelectorAll('main .chart-drawing')) {
    const frame = drawing.getBoundingClientRect();
    for (const text of drawing.querySelectorAll('text')) {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      if (left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1)
        faults.push(`"${text.textContent}" is cut off at the edge of its chart`);
    }
  }
  return faults;
}
