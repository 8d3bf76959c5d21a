/** How much time, week by week. */
import { Chart, DataTable, DateTime, Details, formatDay, type Language } from '../../web/index.ts';
import type { OwnLearning, OwnWeek } from './model.ts';
import { duration, sentences } from './sentences.ts';
import { words } from './words.ts';

const SHORT_DAY = {
  fr: new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
};

/** Midnight of a civil day as if it were UTC. */
const dateOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export function OwnTime({ lang, learning }: { lang: Language; learning: OwnLearning }) {
  const say = sentences[lang].time;
  const { timeOnTask, sessions, sessionMedian, settings } = learning;
  const [newest] = sessions;
  if (newest === undefined) return null;
  return (
    <section>
      <h2>{say.title}</h2>
      <Lately lang={lang} learning={learning} last={newest.startedAt} />
      <ul>
        <li>{say.total(duration(lang, timeOnTask), sessions.length)}</li>
        {sessionMedian !== null && <li>{say.median(duration(lang, sessionMedian))}</li>}
      </ul>
      <p class="fr-text--sm">{say.how(settings.sessionGap)}</p>
    </section>
  );
}

function Lately({ lang, learning, last }: { lang: Language; learning: OwnLearning; last: string }) {
  const { time: say } = sentences[lang];
  const { weeks, settings } = learning;
  const minutes = weeks.reduce((sum, week) => sum + week.timeOnTask, 0);
  const sessions = weeks.reduce((sum, week) => sum + week.sessions, 0);
  if (sessions === 0) return <p>{say.notLately(formatDay(lang, Date.parse(last), settings.timeZone))}</p>;
  const highest = Math.max(...weeks.map(({ timeOnTask }) => timeOnTask));
  return (
    <>
      <p class="fr-text--lead">{say.lately(duration(lang, minutes), sessions)}</p>
      <Chart
        id="own-weeks"
        lang={lang}
        title={say.chart.title}
        description={say.chart.description(duration(lang, highest))}
        bars="vertical"
        labels={weeks.map(({ monday }) => SHORT_DAY[lang].format(dateOf(monday)))}
        series={[{ name: say.chart.series, values: weeks.map(({ timeOnTask }) => timeOnTask) }]}
        unit={say.chart.unit}
        digits={0}
      />
      <Details summary={say.table}>
        <DataTable
          id="weeks"
          caption={say.chart.title}
          columns={[
            {
              heading: say.week,
              rowHeader: true,
              value: ({ monday }: OwnWeek) => <DateTime at={dateOf(monday)} day timeZone="UTC" />,
            },
            {
              heading: say.chart.series,
              unit: words[lang].minute,
              numeric: true,
              digits: 0,
              value: (week: OwnWeek) => week.timeOnTask,
            },
            { heading: say.sessions, numeric: true, value: (week: OwnWeek) => week.sessions },
          ]}
          rows={weeks}
        />
      </Details>
    </>
  );
}
