/** What several pages show of completion. */
import type { PanelSpec } from './panels/panel.ts';

export const FUNNEL = ['censused', 'diagnosed', 'enrolled', 'started', 'inProgress', 'completed'] as const;

export const CHARTED = ['enrolled', 'started', 'completed'] as const;

export const COMPLETION = ['enrolments', ...FUNNEL, 'waived', 'abandoned'] as const;

export const FUNNEL_PANEL: PanelSpec = {
  report: 'completion',
  id: 'funnel',
  by: 'total',
  chart: 'funnel',
  title: { fr: 'Du besoin recensé au parcours achevé', en: 'From the need to the completed course' },
  charted: FUNNEL,
  figures: COMPLETION,
};

export const MODULES: PanelSpec = {
  report: 'completion',
  id: 'modules',
  by: 'module',
  title: { fr: 'Modules achevés', en: 'Completed modules' },
  charted: ['byModule'],
  figures: ['byModule'],
};

/** Behaviour: among at least 11 people, and not by parcours. */
export const DROPOUTS: PanelSpec = {
  report: 'dropouts',
  id: 'dropouts',
  by: 'module',
  title: { fr: 'Modules après lesquels on s’arrête', en: 'Modules after which people stop' },
  says: {
    fr: 'Un module où beaucoup s’arrêtent mérite d’être relu\u00a0: trop long, trop difficile, ou sans rapport avec le besoin. Un module n’est nommé que si assez de personnes y étaient passées.',
    en: 'A module after which many stop deserves another look: too long, too hard, or not what people needed. A module is named only where enough people had been in it.',
  },
  empty: {
    fr: 'Trop peu de personnes se sont arrêtées après un même module pour qu’il soit nommé.',
    en: 'Too few people stopped after any one module for it to be named.',
  },
  charted: ['droppedAfter'],
  figures: ['droppedAfter'],
};
