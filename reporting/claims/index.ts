/** GET /api/reports/claims: « Les affirmations de 2006 ». */
import { DIRECTION, PERIOD, WRITING } from '../asking.ts';
import type { Collected } from '../collected.ts';
import { claimsOf } from './claims.ts';
import { claimsExport } from './export.ts';

export { claimsOf } from './claims.ts';
export { CLAIM_REPORTS } from './criteria.ts';
export type { Claims, Judged, JudgedClaim } from './judged.ts';
export { words as claimWords } from './words.ts';

export const claims: Collected = {
  name: 'claims',
  summary: 'The claims of 2006 beside the published figures that support or refute them.',
  parameters: [PERIOD, DIRECTION, ...WRITING],
  async collect(sources, { period = '', direction }, { lang }) {
    const json = await claimsOf(sources, period, direction);
    return {
      json,
      exported: async () => claimsExport(json, lang),
      stem: `claims-${period}${direction === undefined ? '' : `-${direction}`}`,
    };
  },
};
