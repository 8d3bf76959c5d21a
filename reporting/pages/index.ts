/** Every page of reports that shows published cells. */
import { claims } from './claims.tsx';
import { comparison } from './comparison.tsx';
import { directions } from './directions.tsx';
import { figures } from './figures.tsx';
import type { ReportsPage } from './frame/reports-page.ts';
import { modules } from './modules.tsx';
import { overview } from './overview.tsx';
import { parcours } from './parcours.tsx';
import { scheduling } from './scheduling.tsx';

export const PAGES: readonly ReportsPage[] = [
  overview,
  directions,
  parcours,
  modules,
  scheduling,
  comparison,
  claims,
  figures,
];
