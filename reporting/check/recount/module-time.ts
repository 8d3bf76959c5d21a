/** See reporting/metrics/module-time.ts. */
import { completes, forEveryone, type Recount, type RecountEvent } from './types.ts';

interface Module {
  worked: number;
  completed: number;
}

function modulesOf(events: readonly RecountEvent[], gap: number): Module[] {
  const modules = new Map<string, Module>();
  let before: { instant: number; module: Module | undefined } | undefined;
  for (const event of events) {
    const { instant, active, parcours, module: id } = event;
    const key = JSON.stringify([parcours, id]);
    const module = id === null ? undefined : (modules.get(key) ?? { worked: 0, completed: Number.POSITIVE_INFINITY });
    if (module) modules.set(key, module);
    if (module && completes(event)) module.completed = Math.min(module.completed, instant);
    if (!active) continue;
    if (before?.module && instant - before.instant <= gap) before.module.worked += instant - before.instant;
    before = { instant, module };
  }
  return [...modules.values()];
}

export const moduleTime: Recount = (people, { start, end }, { sessionGap, moduleMinutes }) =>
  forEveryone(people, (events) => {
    const modules = modulesOf(events, sessionGap * 60_000);
    const done = modules.filter(({ completed }) => start <= completed && completed < end);
    if (done.length === 0) return undefined;
    let worked = 0;
    for (const module of done) worked += module.worked;
    const minutes = worked / done.length / 60_000;
    return [minutes, minutes <= moduleMinutes ? 1 : 0];
  });
