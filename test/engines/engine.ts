import { openStore, type StoreOptions } from '../../lrs/store/open.ts';
import type { Store } from '../../lrs/store/store.ts';

/** A kind of store that the suites run over. All that is of its own is the place where its stores lie. */
export interface Engine {
  name: string;
  /** Whether several processes may have one store open. */
  shared: boolean;
  /** A place with nothing in it, for a store that a test or a process of its own will open. */
  place(): Promise<Place>;
  /** A new, empty store. */
  create(): Promise<EngineStore>;
  /** Whether a dump is being taken in there, or was broken off; another process may be doing it right now. */
  isLoading(place: Place): Promise<boolean>;
}

/** What openStore takes, and LIVRET_STORE and LIVRET_DATA of a process. */
export interface Place extends StoreOptions {
  /** Removes everything in it. Whoever opened a store there has closed it. */
  remove(): Promise<void>;
}

export interface EngineStore {
  store: Store;
  place: Place;
  /** Closes the store and opens what it left, as a new process would. */
  reopen(): Promise<Store>;
  /** Closes it and removes everything. */
  destroy(): Promise<void>;
}

export const engineAt = (own: Omit<Engine, 'create'>): Engine => ({
  ...own,
  create: async () => openAt(await own.place()),
});

async function openAt(place: Place): Promise<EngineStore> {
  const opened: EngineStore = {
    store: await openStore(place),
    place,
    async reopen() {
      await opened.store.close();
      opened.store = await openStore(place);
      return opened.store;
    },
    async destroy() {
      await opened.store.close();
      await place.remove();
    },
  };
  return opened;
}
