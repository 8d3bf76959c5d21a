/** How long the store and the read model are at work for a request: the time in which a question to either is open. */
import type { Store } from '../../../lrs/index.ts';
import { Projection } from '../../../reporting/projection/projection.ts';

let open = 0;
let since = 0;
let spent = 0;

function begin(): void {
  if (open++ === 0) since = performance.now();
}

function end(): void {
  if (--open === 0) spent += performance.now() - since;
}

function timed<T>(answer: T): T {
  if (!(answer instanceof Promise)) return answer;
  begin();
  // Only looked at: who asked hears of what failed.
  answer.then(end, end);
  return answer;
}

/** The same object, each of whose answers is timed. */
const watched = <T extends object>(object: T): T =>
  new Proxy(object, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => timed(value.apply(target, given));
    },
  });

/** A store whose questions are timed. One request at a time is meant. */
export function watchStore(store: Store): Store {
  const parts: Partial<Record<string | symbol, object>> = {
    statements: watched(store.statements),
    activities: watched(store.activities),
    documents: watched(store.documents),
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === 'collection')
        return (...given: Parameters<Store['collection']>) => watched(target.collection(...given));
      const value: unknown = parts[name] ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Has the questions to every read model timed from here on. */
export function watchProjections(): void {
  const { snapshot } = Projection.prototype;
  Projection.prototype.snapshot = function watchedSnapshot<T>(
    this: Projection,
    ...given: Parameters<typeof snapshot<T>>
  ) {
    return timed(snapshot.apply(this, given) as Promise<T>);
  };
}

/** Milliseconds since the last call. */
export function takeSpent(): number {
  const taken = spent;
  spent = 0;
  return taken;
}
