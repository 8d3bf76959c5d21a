/** Completion by parcours; and one parcours: by direction, and its modules. */
import { linkWith } from '../../web/index.ts';
import { CHARTED, COMPLETION, FUNNEL_PANEL, MODULES } from './completion-panels.ts';
import type { Reading } from './frame/reading.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { type PanelSpec, readPanels } from './panels/panel.ts';
import { Panels } from './panels/panel-view.tsx';

const PATH = '/reports/parcours';

const all = (reading: Reading): PanelSpec[] => [
  {
    report: 'completion',
    by: 'parcours',
    title: { fr: 'Parcours achevés', en: 'Completed courses' },
    charted: CHARTED,
    figures: COMPLETION,
    leadsTo: ({ parcours }) => (parcours.length === 1 ? oneHref(reading, parcours[0] ?? '') : undefined),
  },
];

const oneHref = ({ period, compare, direction }: Reading, parcours: string): string =>
  PATH + linkWith('', { period, parcours, ...(compare && { compare }), ...(direction && { direction }) });

const ONE: readonly PanelSpec[] = [
  FUNNEL_PANEL,
  {
    report: 'completion',
    id: 'directions',
    title: { fr: 'Par direction', en: 'By direction' },
    charted: CHARTED,
    figures: COMPLETION,
  },
  MODULES,
];

export const parcours: ReportsPage = {
  path: PATH,
  texts: {
    fr: {
      title: 'Rapports par parcours',
      lead: 'Combien de personnes entrent dans chaque parcours, et combien l’achèvent.',
    },
    en: { title: 'Reports by course', lead: 'How many people enter each course, and how many complete it.' },
  },
  filters: ['period', 'compare', 'direction'],
  parameters: [{ name: 'parcours', description: 'A parcours, by its IRI.' }],
  async body(reading) {
    const panels = await readPanels(reading, reading.parcours === undefined ? all(reading) : ONE);
    return <Panels reading={reading} panels={panels} />;
  },
};
