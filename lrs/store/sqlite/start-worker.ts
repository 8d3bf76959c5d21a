import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * MB for what has just been made. V8 lets that grow to 48 in each thread; those of the store keep next to nothing of it,
 * and are as fast with a quarter.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/**
 * Starts a file beside this one as a worker. Built, it is JavaScript; run from source (development, tests) it is
 * TypeScript, and tsx does not reach into workers by itself.
 */
export function startWorker(name: string, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL(`${name}.js`, import.meta.url), { workerData, resourceLimits });
  }
  // As CommonJS, for ES modules need a thread more for each worker. Resolved here: evaluated code looks from the working folder.
  const loader = fileURLToPath(import.meta.resolve('tsx/cjs/api'));
  const source = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const bootstrap = `require(${JSON.stringify(loader)}).register(); require(${JSON.stringify(source)});`;
  return new Worker(bootstrap, { eval: true, workerData, resourceLimits });
}
