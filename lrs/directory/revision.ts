/** What tells that the directory has changed. */
import type { CollectionSpec } from '../store/store.ts';

/** REVISION_ID changes with every commit that changed anything here; its version is the directory's revision. TREE_ID changes with the tree. */
export const REVISION: CollectionSpec<{ changed: number }> = { name: 'directory', indexes: {} };
export const REVISION_ID = 'revision';
export const TREE_ID = 'tree';
