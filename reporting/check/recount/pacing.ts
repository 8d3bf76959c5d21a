/** See reporting/metrics/pacing.ts. */
import { completedModules } from './done.ts';
import { slotsOf } from './planned.ts';
import { forEveryone, type Recount } from './types.ts';

export const pacing: Recount = (people, { start, end }) =>
  forEveryone(people, (events) => {
    const begins: number[] = [];
    for (const { from, cancelled } of slotsOf(events)) if (!cancelled && from !== null && from < end) begins.push(from);
    if (!begins.some((begin) => begin >= start)) return undefined;
    const since = Math.min(...begins);
    let modules = 0;
    for (const completed of completedModules(events).values()) if (since <= completed && completed < end) modules += 1;
    return [modules / begins.length];
  });
