/** How the tests start Livret as a program. */
import { fileURLToPath } from 'node:url';
import { PROGRAM } from '../environment.ts';

const SOURCE = fileURLToPath(new URL('../../main.ts', import.meta.url));

/**
 * What Node is given before the arguments: LIVRET_TEST_PROGRAM, a built main.js, which starts in half the time; without it
 * the source as it is, so that a single suite needs no build.
 */
export const LIVRET: readonly string[] = PROGRAM ? [PROGRAM] : ['--import', import.meta.resolve('tsx'), SOURCE];
