/** What publishing works with. */
import type { Store } from '../../lrs/index.ts';
import type { Projection } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';

export interface Publisher {
  store: Store;
  projection: Projection;
  settings: ReportingSettings;
  /** Sets of directions in which somebody sees names (rule 3); none while nobody is a correspondent. */
  perimeters(): Promise<readonly ReadonlySet<string>[]>;
  /** Tells the name of the direction that one lies in, by the directory as it is now. */
  parents(): Promise<(direction: string) => string | undefined>;
  /** These directions and all that are below them. */
  below(directions: readonly string[]): Promise<string[]>;
  /** The id under which a person is now, who may have been merged into another; undefined where there is none. */
  leadsTo(person: string): Promise<string | undefined>;
  /** Milliseconds since 1970. */
  now(): number;
}
