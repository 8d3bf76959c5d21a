/**
 * Style sheets, scripts, typefaces and images: ours (assets/) and the design system's (design/, made by build-assets.mjs).
 * Their address carries a hash of them all, so that a browser may keep them for ever.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const own = fileURLToPath(new URL('./assets/', import.meta.url));
const design = fileURLToPath(new URL('./design/', import.meta.url));

let known: string | undefined;

/** Found when it is first wanted: most commands of the console show no page. */
function root(): string {
  known ??= `/assets/${hashOfAll()}`;
  return known;
}

function hashOfAll(): string {
  const hash = createHash('sha256').update(hashOfDesign());
  for (const name of readdirSync(own).sort()) hash.update(`${name}\0`).update(readFileSync(`${own}${name}`));
  return hash.digest('hex').slice(0, 16);
}

function hashOfDesign(): string {
  try {
    return readFileSync(`${design}hash.txt`, 'utf8');
  } catch (cause) {
    throw new Error('The files of the design system are not there: run `npm run build`.', { cause });
  }
}

/** Address of a file of web/assets. */
export const assetPath = (name: string): string => `${root()}/${name}`;

/** Address of a file of the design system, with the marks of the State or without. */
export const designPath = (stateMarks: boolean, name: string): string =>
  `${root()}/${stateMarks ? 'state' : 'plain'}/${name}`;

/** Serves the assets, immutable, under their hashed path; those of the State only where it is wanted. */
export function assets(stateMarks = false): Router {
  const router = Router();
  const options = { immutable: true, maxAge: '1y', index: false, redirect: false } as const;
  router.use(designPath(stateMarks, ''), express.static(`${design}${stateMarks ? 'state' : 'plain'}`, options));
  router.use(root(), express.static(own, options));
  return router;
}
