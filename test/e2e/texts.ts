import type { Page } from 'playwright-core';

/**
 * What a page says in words of its language: texts of two words or more, names for screen readers included. Not code,
 * and not what is marked as being in another language.
 */
export async function readTexts(page: Page): Promise<Set<string>> {
  // No functions with names inside: tsx marks them with one that the page does not have.
  const texts = await page.evaluate(() => {
    const not = `code, script, [translate=no], [lang]:not([lang^=${document.documentElement.lang}])`;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [document.title.replace(/ - Livret$/, '')];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(not)) found.push(node.textContent ?? '');
    }
    for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (!element.closest(not)) found.push(element.getAttribute(name) ?? '');
      }
    }
    return found;
  });
  const words = (text: string): number => text.match(/\p{L}{3,}/gu)?.length ?? 0;
  return new Set(texts.map((text) => text.trim()).filter((text) => words(text) >= 2));
}
