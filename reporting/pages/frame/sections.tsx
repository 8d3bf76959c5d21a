/** The pages of reports, as the reader finds them beside one another. */
import type { Action } from '../../../lrs/index.ts';
import { type Bilingual, linkWith, Tabs, usePage } from '../../../web/index.ts';
import { claimWords } from '../../claims/index.ts';

export interface Section {
  path: string;
  label: Bilingual<string>;
  action: Action;
  /** Whether it takes what all pages choose by; it does where nothing is said. */
  chooses?: false;
}

export const SECTIONS: readonly Section[] = [
  { path: '/reports', label: { fr: 'Ensemble', en: 'Overview' }, action: 'report.read' },
  { path: '/reports/directions', label: { fr: 'Directions', en: 'Directions' }, action: 'report.read' },
  { path: '/reports/parcours', label: { fr: 'Parcours', en: 'Courses' }, action: 'report.read' },
  { path: '/reports/modules', label: { fr: 'Modules', en: 'Modules' }, action: 'report.read' },
  { path: '/reports/scheduling', label: { fr: 'Temps', en: 'Time' }, action: 'report.read' },
  { path: '/reports/comparison', label: { fr: 'Comparaison', en: 'Comparison' }, action: 'report.read' },
  { path: '/reports/claims', label: { fr: claimWords.fr.title, en: claimWords.en.title }, action: 'report.read' },
  { path: '/reports/figures', label: { fr: 'Indicateurs', en: 'Indicators' }, action: 'report.read' },
  { path: '/reports/sql', label: { fr: 'SQL', en: 'SQL' }, action: 'sql.cells', chooses: false },
  {
    path: '/reports/digests',
    label: { fr: 'Par courriel', en: 'By mail' },
    action: 'digest.subscribe',
    chooses: false,
  },
];

/** What a page keeps when the reader goes on to another one. */
const KEPT = ['period', 'compare', 'direction', 'lang'] as const;

/** The tabs above each page of reports; `here` is its path. */
export function Sections({ here, may }: { here: string; may(action: Action): boolean }) {
  const { lang, path } = usePage();
  const query = [...new URLSearchParams(linkWith(path, {}).slice(1))];
  const keeping = (names: readonly string[]): string => {
    const kept = new URLSearchParams(query.filter(([name]) => names.includes(name)));
    return kept.size > 0 ? `?${kept}` : '';
  };
  const tabs = SECTIONS.filter(({ action }) => may(action)).map((section) => ({
    href: section.path + keeping(section.chooses === false ? ['lang'] : KEPT),
    label: section.label[lang],
    current: section.path === here,
  }));
  return <Tabs label={{ fr: 'Pages des rapports', en: 'Pages of the reports' }[lang]} tabs={tabs} />;
}
