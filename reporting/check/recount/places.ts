/** See reporting/metrics/places.ts. */
import { sessionsIn } from './sessions-cut.ts';
import { forEveryone, type Recount } from './types.ts';

const PLACES = ['workstation', 'resourceCentre', 'elsewhere'];

export const places: Recount = (people, period, site) =>
  forEveryone(people, (events) => {
    const declared: string[] = [];
    for (const session of sessionsIn(events, period, site)) {
      const place = session.find((event) => event.place !== null)?.place;
      if (place !== null && place !== undefined) declared.push(place);
    }
    if (declared.length === 0) return undefined;
    const counts = PLACES.map((place) => declared.filter((each) => each === place).length);
    return [...counts.map((count) => (count > 0 ? 1 : 0)), ...counts.map((count) => count / declared.length)];
  });
