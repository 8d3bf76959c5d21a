/** How the tests start Livret as a program. */
import { fileURLToPath } from 'node:url';
// Takes LIVRET_TEST_REQUIRE out of the environment, which Livret refuses.
import './required.ts';

const built = process.env.LIVRET_TEST_PROGRAM;
// Livret itself refuses variables that are none of its own.
delete process.env.LIVRET_TEST_PROGRAM;

const SOURCE = fileURLToPath(new URL('../../main.ts', import.meta.url));

/**
 * What Node is given before the arguments: LIVRET_TEST_PROGRAM, a built main.js, which starts in half the time; without it
 * the source as it is, so that a single suite needs no build.
 */
export const LIVRET: readonly string[] = built ? [built] : ['--import', import.meta.resolve('tsx'), SOURCE];
