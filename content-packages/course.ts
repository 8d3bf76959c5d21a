/**
 * What every format of content becomes once it is read: a course, a tree of blocks and of units that can be launched.
 * Nothing here belongs to one format; the words are cmi5's, the richest of them.
 */

/** Text by language tag; `und` where the author named no language. */
export type Texts = Readonly<Record<string, string>>;

interface Described {
  /** The publisher's identifier: an absolute IRI. */
  id: string;
  title: Texts;
  description: Texts;
}

export type Objective = Described;

/** What a learner must reach in a unit before it counts as satisfied. */
export const MOVE_ON = ['NotApplicable', 'Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed'] as const;
export type MoveOn = (typeof MOVE_ON)[number];

/** A unit that can be launched: cmi5's AU, SCORM's SCO. */
export interface Unit extends Described {
  kind: 'unit';
  /** Ids of the course's objectives. */
  objectives: readonly string[];
  /** An http(s) URL, or a path inside the package (with its own query and fragment). */
  url: string;
  moveOn: MoveOn;
  /** 0 to 1, at most four decimals. Zero is a score to reach like another. */
  masteryScore?: number;
  launchMethod: 'AnyWindow' | 'OwnWindow';
  /** Handed to the unit as it is. */
  launchParameters?: string;
  entitlementKey?: string;
  activityType?: string;
}

export interface Block extends Described {
  kind: 'block';
  objectives: readonly string[];
  children: readonly CourseNode[];
}

export type CourseNode = Block | Unit;

export interface Course extends Described {
  format: 'cmi5';
  objectives: readonly Objective[];
  children: readonly CourseNode[];
}

/** Every unit of the course, in the author's order. */
export function units({ children }: Pick<Course, 'children'>): Unit[] {
  return children.flatMap((child) => (child.kind === 'unit' ? [child] : units(child)));
}
