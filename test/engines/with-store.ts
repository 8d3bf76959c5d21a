import type { Store } from '../../lrs/store/store.ts';
import type { Engine, EngineStore, Place } from './engine.ts';

/** The store of the test that runs. */
export interface TestStore extends Store {
  /** Where it lies. */
  readonly place: Place;
  /** Closes the store and goes on with what it left, as a new process would. */
  reopen(): Promise<void>;
}

/** Gives each test of a suite a new, empty store; all of them see it under this one name. */
export function withStore(engine: Engine): TestStore {
  let opened: EngineStore;
  beforeEach(async () => {
    opened = await engine.create();
  });
  afterEach(() => opened.destroy());

  const reopen = async (): Promise<void> => void (await opened.reopen());
  return new Proxy({} as TestStore, {
    get(_, name) {
      if (name === 'reopen') return reopen;
      if (name === 'place') return opened.place;
      const { store } = opened;
      const value: unknown = Reflect.get(store, name);
      return typeof value === 'function' ? value.bind(store) : value;
    },
  });
}
