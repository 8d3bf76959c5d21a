/** See reporting/metrics/calls-by-third.ts. */
import { mean } from './series.ts';
import { completes, forEveryone, type Recount } from './types.ts';

export const callsByThird: Recount = (people, { start, end }) =>
  forEveryone(people, (events) => {
    const counts: number[][] = [];
    for (const parcours of new Set(events.map((event) => event.parcours))) {
      if (parcours === null) continue;
      const own = events.filter((event) => event.parcours === parcours);
      const begun = own.find(({ active }) => active)?.instant;
      const done = own.find(
        (event) => event.module === null && (completes(event) || event.kind === 'satisfied'),
      )?.instant;
      if (begun === undefined || done === undefined || done <= begun || done < start || done >= end) continue;
      const thirds = [0, 0, 0];
      for (const { kind, instant } of own) {
        if (kind !== 'tutorCalled' || instant < begun || instant >= done) continue;
        const third = Math.floor((3 * (instant - begun)) / (done - begun));
        thirds[third] = (thirds[third] ?? 0) + 1;
      }
      counts.push(thirds);
    }
    if (counts.length === 0) return undefined;
    return [0, 1, 2].map((third) => mean(counts.map((thirds) => thirds[third] ?? 0)));
  });
