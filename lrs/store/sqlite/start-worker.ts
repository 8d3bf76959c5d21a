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
  const source = new URL(`${name}.ts`, import.meta.url).href;
  // Resolved here: evaluated code looks from the working folder.
  const loader = import.meta.resolve('tsx/esm/api');
  const bootstrap = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(bootstrap, { eval: true, workerData, resourceLimits });
}
