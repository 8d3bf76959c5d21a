/** The portal's pages, as somebody at a browser uses them. */
import type { Page } from 'playwright-core';

/** Fills in and sends the login form that the browser is at; resolves when the page that answers is loaded. */
export async function sendLogin(page: Page, uid: string, password = uid): Promise<void> {
  await page.fill('input[name=user]', uid);
  await page.fill('input[name=password]', password);
  await Promise.all([page.waitForEvent('load'), page.click('form button[type=submit]')]);
}

/** The number of the message that the portal shows, as its sources count them: 5 is a wrong login or password. */
export async function messageOf(page: Page): Promise<string | undefined> {
  const number = page.locator('.message span[trmsg]').first();
  return (await number.count()) === 0 ? undefined : ((await number.getAttribute('trmsg')) ?? undefined);
}

/** Whether the browser is at the login form. */
export const isLoginForm = async (page: Page): Promise<boolean> =>
  (await page.locator('input[name=password]').count()) > 0;

/** Logs out at the portal, which then tells all that the person logged in to. */
export async function logOutAt(page: Page, portalUrl: string): Promise<void> {
  await page.goto(`${portalUrl}?logout=1`);
}

/** Where the portal tells others by hidden frames that somebody logs out, it shows a page first and goes on after 30 s, or at a click. */
export async function goOnFrom(page: Page, portalUrl: string): Promise<void> {
  const button = page.locator('form#form button[type=submit]');
  if (page.url().startsWith(portalUrl) && (await button.count()) > 0) await button.click();
}
