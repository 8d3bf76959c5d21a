/** Two processes that publish at once. */
import { hasCode } from '../../lrs/index.ts';

/** Each begins anew from what the other one has left; more often than that it is no coincidence. */
const ATTEMPTS = 5;

/** Does it again, from its start, where somebody else changed the same meanwhile. */
export async function unlessConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!hasCode(error, 'collection.conflict') || attempt === ATTEMPTS) throw error;
    }
  }
}
