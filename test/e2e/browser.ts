import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { isRequired } from '../servers/required.ts';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a browser is on this machine, if there is one. */
export const browserPath: string | undefined = PLACES.find((path) => path !== undefined && existsSync(path));

/** A real browser without a window. */
export function startBrowser(): Promise<Browser> {
  if (!browserPath) throw new Error('no browser here');
  return chromium.launch({
    executablePath: browserPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Says loudly that a suite of the browser's is not run here; a failure where one is required. */
export function sayNoBrowser(suite: string): void {
  const line = `NOT TESTED: ${suite}: no Chromium on this machine (apt-get install chromium, or set CHROMIUM)`;
  console.error(`\n!!! ${line}\n`);
  if (isRequired('chromium'))
    it(line, () => Promise.reject(new Error('It was to be tested: see LIVRET_TEST_REQUIRE.')));
}
