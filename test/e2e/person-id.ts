/** Ids of people are known to the site only: they are looked up as an administrator would. */
import type { Page } from 'playwright-core';

/** The id of who has an account of this name, which has a digit and is not how another one begins. `page` is an administrator's. */
export async function personId(page: Page, siteUrl: string, account: string): Promise<string> {
  await page.goto(`${siteUrl}/people?q=${account}`);
  const link = await page.locator('main tbody a[href^="/people/"]').first().getAttribute('href');
  const id = link?.split('/')[2];
  if (id === undefined) throw new Error(`Nobody is called ${account}.`);
  return id;
}
