import type { Store } from '../../lrs/store/store.ts';

/** What the contract suite needs of an engine. A second engine is one more object like this, and one more line in engines.test.ts. */
export interface Engine {
  name: string;
  /** A new, empty store. */
  create(): Promise<EngineStore>;
}

export interface EngineStore {
  store: Store;
  /** Closes the store and opens what it left, as a new process would. */
  reopen(): Promise<Store>;
  /** Closes it and removes everything. */
  destroy(): Promise<void>;
}
