/** What publishing works with. */
import type { Store } from '../../lrs/index.ts';
import type { Projection } from '../projection/projection.ts';
import type { ReportingSettings } from '../settings.ts';

export interface Publisher {
  store: Store;
  projection: Projection;
  settings: ReportingSettings;
  /** Sets of directions in which somebody sees names (rule 3). Nobody does yet: there are no correspondents. */
  perimeters(): Promise<readonly ReadonlySet<string>[]>;
  /** These directions and all that are below them. */
  below(directions: readonly string[]): Promise<string[]>;
  /** Milliseconds since 1970. */
  now(): number;
}
