/** Style sheets and images. Their address carries a hash of them all, so that a browser may keep them for ever. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const folder = fileURLToPath(new URL('./assets/', import.meta.url));

function hashOfAll(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(`${name}\0`).update(readFileSync(`${folder}${name}`));
  return hash.digest('hex').slice(0, 16);
}

const root = `/assets/${hashOfAll()}`;

/** Address of a file of web/assets. */
export const assetPath = (name: string): string => `${root}/${name}`;

/** Serves the assets, immutable, under their hashed path. */
export function assets(): Router {
  const router = Router();
  router.use(root, express.static(folder, { immutable: true, maxAge: '1y', index: false, redirect: false }));
  return router;
}
