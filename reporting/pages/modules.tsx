/** Modules: how many are completed, how long they take, how they are passed, and where people stop. */
import type { Bilingual } from '../../web/index.ts';
import { metricOf } from '../metrics/index.ts';
import { DROPOUTS, MODULES } from './completion-panels.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { type PanelSpec, readPanels } from './panels/panel.ts';
import { Panels } from './panels/panel-view.tsx';

const PANELS: readonly PanelSpec[] = [
  MODULES,
  DROPOUTS,
  {
    report: 'module-time',
    says: {
      fr: 'Un module devrait prendre environ une heure\u00a0: temps passé sur chaque module achevé.',
      en: 'A module should take about an hour: time on task of each completed module.',
    },
    figures: ['n', 'meanMinutes', 'minutes', 'withinShare'],
  },
  { report: 'scores' },
];

const hasParcours = ({ report }: PanelSpec): boolean => metricOf(report).family.byParcours;

const ALL_TOGETHER: Bilingual<string> = {
  fr: 'Abandons, temps et scores ne sont publiés que pour tous les parcours ensemble\u00a0: retirez le filtre pour les voir.',
  en: 'Where people stop, time and scores are only published for all courses together: remove the filter to see them.',
};

export const modules: ReportsPage = {
  path: '/reports/modules',
  texts: {
    fr: { title: 'Rapports par module', lead: 'Modules achevés, temps passé, scores, et points d’abandon.' },
    en: { title: 'Reports by module', lead: 'Completed modules, time spent, scores, and where people drop out.' },
  },
  filters: ['period', 'direction'],
  parameters: [{ name: 'parcours', description: 'A parcours, by its IRI.' }],
  async body(reading) {
    const { lang, parcours } = reading;
    if (!parcours) return <Panels reading={reading} panels={await readPanels(reading, PANELS)} />;
    const panels = await readPanels(reading, PANELS.filter(hasParcours));
    return (
      <>
        <Panels reading={reading} panels={panels} />
        <p>{ALL_TOGETHER[lang]}</p>
      </>
    );
  },
};
