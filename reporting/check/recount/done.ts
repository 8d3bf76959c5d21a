/** When each module was first completed, whatever the parcours. */
import { completes, type RecountEvent } from './types.ts';

export function completedModules(events: readonly RecountEvent[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const event of events) {
    const { module, instant } = event;
    if (module !== null && completes(event)) first.set(module, Math.min(first.get(module) ?? instant, instant));
  }
  return first;
}
