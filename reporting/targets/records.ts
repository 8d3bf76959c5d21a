/** What is to be reached: so many people by a day. */
import { isDay } from '../../lrs/directory/index.ts';
import { type CollectionSpec, LivretError, put, remove, type Store } from '../../lrs/index.ts';

/** Figures of completion that add up over cohorts: each person is counted once, in the first one. */
export const TARGET_FIGURES = ['newPeople', 'newGraduates'] as const;

export type TargetFigure = (typeof TARGET_FIGURES)[number];

export interface Target {
  figure: TargetFigure;
  people: number;
  /** Civil day, YYYY-MM-DD, at whose end they are to be reached. */
  by: string;
  /** Of which direction, with all below it; of the whole ministry where nothing is said. */
  direction?: string;
}

interface StoredTarget extends Target {
  /** Who set it, and when (ms). */
  setBy: string;
  at: number;
}

export const TARGETS: CollectionSpec<StoredTarget> = { name: 'reporting.targets', indexes: {} };

/** One a figure, day and direction: another one takes its place. */
export const targetId = ({ figure, by, direction }: Omit<Target, 'people'>): string =>
  [figure, by, ...(direction === undefined ? [] : [direction])].join(':');

const refused = (detail: string): LivretError => new LivretError('report.target', { detail });

/** What was asked for, as a target. Throws `report.target`. */
export function targetOf(given: Readonly<Record<string, unknown>>): Target {
  const { figure, people, by, direction } = given;
  const known = TARGET_FIGURES.find((each) => each === figure);
  if (known === undefined) throw refused(`The figure is one of: ${TARGET_FIGURES.join(', ')}.`);
  const count = /^[1-9]\d{0,8}$/.test(String(people)) ? Number(people) : 0;
  if (count === 0) throw refused('The number of people is a whole one, from 1 on.');
  if (typeof by !== 'string' || !isDay(by)) throw refused('The day is such as 2022-12-31.');
  return { figure: known, people: count, by, ...(typeof direction === 'string' && direction !== '' && { direction }) };
}

export async function setTarget(store: Store, target: Target, act: { by: string; at: number }): Promise<void> {
  const stored: StoredTarget = { ...target, setBy: act.by, at: act.at };
  await store.commit({ changes: [put(TARGETS, targetId(target), stored)] });
}

/** Rejects `report.target` where there is none of that id. */
export async function removeTarget(store: Store, id: string): Promise<void> {
  if (!(await store.collection(TARGETS).get(id))) throw refused('There is none of that id.');
  await store.commit({ changes: [remove(TARGETS, id)] });
}

/** All of them, the nearest day first. */
export async function readTargets(store: Store): Promise<(Target & { id: string })[]> {
  const found = await store.collection(TARGETS).find({});
  return found
    .map(({ id, value: { setBy: _setBy, at: _at, ...target } }) => ({ id, ...target }))
    .sort((a, b) => (a.by < b.by ? -1 : Number(a.by > b.by)));
}
