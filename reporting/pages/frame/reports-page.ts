/** What a page of reports is made of; routes.ts serves them all alike. */
import type { VNode } from 'preact';
import type { Bilingual } from '../../../web/index.ts';
import type { Parameter } from '../../parameters.ts';
import type { FilterName } from './filters.tsx';
import type { Reading } from './reading.ts';

export interface ReportsPage {
  path: string;
  texts: Bilingual<{ title: string; lead: string }>;
  /** What the reader chooses on it, of what all pages have. */
  filters: readonly FilterName[];
  /** It compares with the period before where the reader chooses none. */
  compares?: true;
  /** What its address holds beside those. */
  parameters?: readonly Parameter[];
  /** What of it is shown, for the title; undefined where it is all of it. */
  shows?(reading: Reading): string | undefined;
  body(reading: Reading): Promise<VNode>;
}
