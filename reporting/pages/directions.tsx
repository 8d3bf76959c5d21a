/** Completion by direction; and one direction: its funnel, its services, sites and parcours, and how its people manage their time. */
import { type Bilingual, LinkButton, linkWith } from '../../web/index.ts';
import { CHARTED, COMPLETION, FUNNEL_PANEL } from './completion-panels.ts';
import type { Reading } from './frame/reading.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { type Panel, type PanelSpec, readPanels } from './panels/panel.ts';
import { Panels } from './panels/panel-view.tsx';

const PATH = '/reports/directions';

const all = (reading: Reading): PanelSpec[] => [
  {
    report: 'completion',
    title: { fr: 'Parcours achevés par direction', en: 'Completion by direction' },
    charted: CHARTED,
    figures: COMPLETION,
    leadsTo: ({ directions }) => (directions.length === 1 ? oneDirection(reading, directions[0] ?? '') : undefined),
  },
];

/** A page of the same reports, of one direction. */
export const oneDirection = ({ period, compare }: Reading, direction: string): string =>
  PATH + linkWith('', { period, direction, ...(compare !== undefined && { compare }) });

const ONE: readonly PanelSpec[] = [
  FUNNEL_PANEL,
  {
    report: 'completion',
    id: 'parcours',
    by: 'parcours',
    title: { fr: 'Par parcours', en: 'By course' },
    charted: CHARTED,
    figures: COMPLETION,
  },
  {
    report: 'completion',
    id: 'services',
    by: 'service',
    title: { fr: 'Par service', en: 'By service' },
    charted: CHARTED,
    figures: COMPLETION,
  },
  {
    report: 'completion',
    id: 'sites',
    by: 'site',
    title: { fr: 'Par site', en: 'By site' },
    charted: CHARTED,
    figures: COMPLETION,
  },
  { report: 'time-on-task', figures: ['n', 'meanMinutes', 'minutes'] },
  { report: 'sessions', charted: ['meanSessions'], figures: ['n', 'meanSessions', 'sessions', 'minutes'] },
  { report: 'regularity', charted: ['pdhNormalised'], figures: ['n', 'pdhNormalised', 'pdh'] },
  { report: 'slots', charted: ['keptShare', 'movedShare', 'missedShare'] },
];

const WORDS: Bilingual<{ names: string; scheduling: string; undivided: string }> = {
  fr: {
    names: 'Avancement par personne',
    scheduling: 'Organisation du temps de cette direction',
    undivided:
      'Trop peu de personnes pour diviser davantage ces chiffres sans désigner quelqu’un\u00a0: ce qui manque ici (parcours, services ou sites) n’est pas publié.',
  },
  en: {
    names: 'Progress by person',
    scheduling: 'How this direction manages its time',
    undivided:
      'Too few people to divide these figures further without singling somebody out: what is missing here (courses, services or sites) is not published.',
  },
};

export const directions: ReportsPage = {
  path: PATH,
  texts: {
    fr: { title: 'Rapports par direction', lead: 'Où en est chaque direction, du besoin recensé au parcours achevé.' },
    en: {
      title: 'Reports by direction',
      lead: 'How far each direction has come, from the need to the completed course.',
    },
  },
  filters: ['period', 'compare', 'direction'],
  async body(reading) {
    const { direction } = reading;
    const read = await readPanels(reading, direction === undefined ? all(reading) : ONE);
    const panels = read.filter((panel) => !isOneRow(panel));
    return (
      <>
        {direction !== undefined && <Onwards reading={reading} direction={direction} />}
        <Panels reading={reading} panels={panels} />
        {panels.length < read.length && <p>{WORDS[reading.lang].undivided}</p>}
      </>
    );
  },
};

/** Divided by what gives no row of its own: it says nothing that the funnel does not. */
const isOneRow = ({ spec, answer }: Panel): boolean =>
  DIVIDED.some((by) => by === spec.by) && answer?.cells.length === 1 && answer.cells[0]?.wider === true;

const DIVIDED = ['parcours', 'service', 'site'] as const;

/** Down to names, for who may see them; and to what else there is of this direction. */
function Onwards({ reading, direction }: { reading: Reading; direction: string }) {
  const { lang, period, compare, may } = reading;
  return (
    <p class="fr-no-print">
      {may('progress.read') && (
        <LinkButton kind="secondary" href={`/progress?${new URLSearchParams({ direction })}`}>
          {WORDS[lang].names}
        </LinkButton>
      )}{' '}
      <LinkButton kind="tertiary" href={`/reports/scheduling${linkWith('', { period, compare, direction })}`}>
        {WORDS[lang].scheduling}
      </LinkButton>
    </p>
  );
}
