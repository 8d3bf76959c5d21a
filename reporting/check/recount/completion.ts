/** See reporting/metrics/completion.ts. */
import { completes, type RecountEvent, type RecountPeriod, type RecountPerson } from './types.ts';

/** An enrolment of the cohort: where it stands, its values in the metric's order, and the modules that count for tallies. */
export interface EnrolmentUnit {
  /** Direction, parcours, service, site. */
  leaf: [direction: string, parcours: string, service: string | null, site: string | null];
  values: number[];
  keys: { byModule: string[] };
}

const isStart = ({ active }: RecountEvent): boolean => active;
const isEnd = (event: RecountEvent): boolean =>
  event.module === null && (completes(event) || event.kind === 'satisfied');

/** The parcours in which the first such event of all lies, the first by name of those at one instant. */
function firstParcours(events: readonly RecountEvent[], is: (event: RecountEvent) => boolean): string | undefined {
  let first: { instant: number; parcours: string } | undefined;
  for (const event of events) {
    const { instant, parcours } = event;
    if (parcours === null || !is(event)) continue;
    const earlier = !first || instant < first.instant || (instant === first.instant && parcours < first.parcours);
    if (earlier) first = { instant, parcours };
  }
  return first?.parcours;
}

/** Different modules of which an event says it. */
function modulesWith(events: readonly RecountEvent[], is: (event: RecountEvent) => boolean): Set<string> {
  const modules = new Set<string>();
  for (const event of events) if (event.module !== null && is(event)) modules.add(event.module);
  return modules;
}

/** Everyone's enrolments of the period, as of `through` (ms). */
export function enrolmentUnits(person: RecountPerson, { start, end }: RecountPeriod, through: number): EnrolmentUnit[] {
  const { events, memberships } = person;
  const units: EnrolmentUnit[] = [];
  for (const parcours of new Set(events.map((event) => event.parcours))) {
    if (parcours === null) continue;
    const all = events.filter((event) => event.parcours === parcours);
    const entered = all[0]?.instant ?? 0;
    const place = memberships.find(({ from, to }) => from <= entered && entered < to);
    if (entered < start || entered >= end || !place) continue;
    const own = all.filter(({ instant }) => instant < through);
    const has = (...kinds: string[]): boolean => own.some(({ kind }) => kinds.includes(kind));
    const hasOfParcours = (given: string): boolean => own.some(({ kind, module }) => kind === given && module === null);
    const started = own.some(isStart);
    const completed = own.some(isEnd);
    const done = modulesWith(own, completes);
    const flags = [
      has('needed'),
      has('diagnosed'),
      started || has('registered'),
      started,
      started && (completed || done.size > 0),
      completed,
      hasOfParcours('waived'),
      started && firstParcours(events, isStart) === parcours,
      completed && firstParcours(events, isEnd) === parcours,
    ];
    const waived = modulesWith(own, ({ kind }) => kind === 'waived');
    units.push({
      leaf: [place.direction, parcours, place.service, place.site],
      values: [...flags.map(Number), done.size, waived.size],
      keys: { byModule: [...done].sort() },
    });
  }
  return units;
}
