/** Every page of reports that shows published cells. */
import { directions } from './directions.tsx';
import { figures } from './figures.tsx';
import type { ReportsPage } from './frame/reports-page.ts';
import { modules } from './modules.tsx';
import { parcours } from './parcours.tsx';
import { scheduling } from './scheduling.tsx';

export const PAGES: readonly ReportsPage[] = [directions, parcours, modules, scheduling, figures];
