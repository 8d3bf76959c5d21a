/** The first page of reports: the figures that tell most, and where each leads. */
import { labelled } from '../../web/index.ts';
import { claimsOf, claimWords } from '../claims/index.ts';
import { VerdictBadge } from './claims.tsx';
import { CHARTED, COMPLETION, FUNNEL_PANEL } from './completion-panels.ts';
import { CumulativeView, readCumulative } from './cumulative-view.tsx';
import { oneDirection } from './directions.tsx';
import { placeOf, type Reading } from './frame/reading.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { KeyCards, readKeyCards } from './key-cards.tsx';
import { NothingYet } from './panels/nothing-yet.tsx';
import { type PanelSpec, panelId, readPanels } from './panels/panel.ts';
import { PanelView } from './panels/panel-view.tsx';

const panelsOf = (reading: Reading): PanelSpec[] => [
  FUNNEL_PANEL,
  {
    report: 'completion',
    id: 'directions',
    title: { fr: 'Par direction', en: 'By direction' },
    charted: CHARTED,
    figures: COMPLETION,
    leadsTo: ({ directions: [direction, ...others] }) =>
      direction !== undefined && others.length === 0 ? oneDirection(reading, direction) : undefined,
  },
];

export const overview: ReportsPage = {
  path: '/reports',
  texts: {
    fr: {
      title: 'Rapports',
      lead: 'Qui se forme, jusqu’où, et comment chacun organise son temps. Des chiffres de groupes, qui ne désignent personne.',
    },
    en: {
      title: 'Reports',
      lead: 'Who learns, how far they come, and how they manage their time. Figures of groups, which single nobody out.',
    },
  },
  filters: ['period', 'compare', 'direction'],
  async body(reading) {
    const { lang, period, periods, direction } = reading;
    if (!periods.includes(period)) {
      const answer = await reading.show({ report: 'completion', period });
      return <NothingYet reading={reading} report="completion" answer={answer} level={2} />;
    }
    const cards = await readKeyCards(reading);
    const [funnel, directions] = await readPanels(reading, panelsOf(reading));
    const cumulative = await readCumulative(reading);
    const { claims } = await claimsOf(reading.sources, period, direction);
    const { title, verdicts } = claimWords[lang];
    return (
      <>
        <KeyCards reading={reading} cards={cards} />
        {funnel && <PanelView reading={reading} panel={funnel} />}
        <CumulativeView reading={reading} found={cumulative} />
        <section class="livret-panel" aria-labelledby="claims-title">
          <h2 id="claims-title" class="fr-h4">
            <a href={`/reports/claims?${new URLSearchParams({ period, ...(direction && { direction }) })}`}>
              {labelled(lang, title, placeOf(reading))}
            </a>
          </h2>
          <ul class="livret-verdicts fr-raw-list">
            {claims.map(({ name, texts, verdict }) => (
              <li key={name}>
                <VerdictBadge verdict={verdict} label={verdicts[verdict]} /> {texts[lang].claim}
              </li>
            ))}
          </ul>
        </section>
        {directions && <PanelView reading={reading} panel={directions} key={panelId(directions.spec)} />}
      </>
    );
  },
};
