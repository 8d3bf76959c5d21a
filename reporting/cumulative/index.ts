/** GET /api/reports/cumulative: people who started and completed, added up over cohorts, beside targets. */
import { DIRECTION, WRITING } from '../asking.ts';
import type { Collected } from '../collected.ts';
import { type Cumulative, cumulativeOf } from './cumulative.ts';
import { cumulativeExport } from './export.ts';
import { progressOf } from './progress.ts';

export { type Cumulative, type CumulativePeriod, cumulativeOf } from './cumulative.ts';
export { progressOf } from './progress.ts';
export { words as cumulativeWords } from './words.ts';

export const cumulative: Collected = {
  name: 'cumulative',
  summary: 'People who started and completed for the first time, added up over cohorts, beside targets.',
  parameters: [
    { name: 'from', description: 'First period; the oldest that is published by default.', example: '2021-Q1' },
    { name: 'to', description: 'Last period; the newest that is published by default.', example: '2022-Q4' },
    DIRECTION,
    ...WRITING,
  ],
  async collect(sources, { from, to, direction }, { lang }) {
    const sums = await cumulativeOf(sources, {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(direction !== undefined && { direction }),
    });
    const json: Cumulative = { ...sums, targets: await progressOf(sources, direction) };
    return {
      json,
      exported: async () => cumulativeExport(json, lang),
      stem: `cumulative-${json.from}-${json.to}${direction === undefined ? '' : `-${direction}`}`,
    };
  },
};
