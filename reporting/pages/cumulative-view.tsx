/** People trained since the first period, added up, beside what is to be reached. */

import {
  Alert,
  Chart,
  DataTable,
  formatDate,
  formatNumber,
  formatPercent,
  labelled,
  ProgressBar,
} from '../../web/index.ts';
import { basisWords } from '../basis-words.ts';
import {
  type Cumulative,
  type CumulativePeriod,
  cumulativeOf,
  cumulativeWords,
  progressOf,
} from '../cumulative/index.ts';
import { metricOf } from '../metrics/index.ts';
import { dayName, periodName } from '../periods/names.ts';
import { TARGET_FIGURES, type TargetFigure } from '../targets/index.ts';
import { placeOf, type Reading, showWhere } from './frame/reading.ts';
import { Files } from './panels/files.tsx';
import { NoteList } from './panels/note-list.tsx';
import { words } from './words.ts';

interface Found extends Cumulative {
  /** Of the figures of the newest cohort. */
  asOf: { at: number; timeZone: string } | undefined;
}

/** Of the direction, or of the ministry; up to the period that is shown. */
export async function readCumulative(reading: Reading): Promise<Found | undefined> {
  const { sources, direction, period, periods } = reading;
  if (!periods.some((each) => each <= period)) return undefined;
  const place = direction === undefined ? {} : { direction };
  const sums = await cumulativeOf(sources, { to: period, ...place });
  const newest = await showWhere(reading, { report: 'completion', by: 'total' });
  const asOf = newest?.asOf ? { at: Date.parse(newest.asOf), timeZone: newest.timeZone } : undefined;
  return { ...sums, targets: await progressOf(sources, direction), asOf };
}

export function CumulativeView({ reading, found }: { reading: Reading; found: Found | undefined }) {
  if (found === undefined) return null;
  const { lang, direction, period: last } = reading;
  const { title, definition, figures, sum, periods, wider, missing } = cumulativeWords[lang];
  const { definition: defined, week } = words[lang];
  const { dataAsOf } = basisWords[lang];
  const targetOf = (figure: TargetFigure): number | undefined => {
    const [only, ...others] = found.targets.filter((each) => each.figure === figure);
    return others.length === 0 ? only?.people : undefined;
  };
  const shown = found.periods.filter(({ counts }) => counts !== null);
  const isWider = found.periods.some((each) => each.wider);
  const notes =
    found.missing.length > 0
      ? [labelled(lang, missing, found.missing.map((name) => periodName(lang, name)).join(', '))]
      : [];
  return (
    <section class="livret-panel" id="cumulative" aria-labelledby="cumulative-title">
      <h2 id="cumulative-title" class="fr-h4">
        {labelled(lang, title, placeOf(reading))}
      </h2>
      <p>{definition}</p>
      {isWider && <Alert kind="warning">{wider}</Alert>}
      {shown.length > 1 && (
        <Chart
          kind="lines"
          id="cumulative-chart"
          title={title}
          description={definition}
          lang={lang}
          digits={0}
          unit={week.people}
          caption={TARGET_FIGURES.map((figure) => sum(figures[figure].heading).heading).join(', ')}
          labels={shown.map(({ period }) => periodName(lang, period))}
          series={TARGET_FIGURES.map((figure) => ({
            name: sum(figures[figure].heading).heading,
            values: shown.map(({ sums }) => sums[figure]),
            target: targetOf(figure),
          }))}
        />
      )}
      <DataTable
        id="cumulative-table"
        caption={title}
        captionHidden
        columns={[
          { heading: periods.period.heading, rowHeader: true, value: ({ period }) => periodName(lang, period) },
          {
            heading: periods.through.heading,
            value: ({ through }) => (through === null ? null : periodName(lang, through)),
          },
          ...(isWider ? [{ heading: periods.label.heading, value: ({ label }: CumulativePeriod) => label }] : []),
          ...TARGET_FIGURES.flatMap((figure) => [
            {
              heading: figures[figure].heading,
              numeric: true,
              value: ({ counts }: CumulativePeriod) => counts?.[figure] ?? null,
            },
            {
              heading: sum(figures[figure].heading).heading,
              numeric: true,
              value: ({ sums }: CumulativePeriod) => sums[figure],
            },
          ]),
        ]}
        rows={found.periods}
      />
      {found.targets.length > 0 && <Targets reading={reading} targets={found.targets} />}
      <NoteList lines={notes} />
      {found.asOf && (
        <p class="livret-basis fr-text--sm fr-mb-0">
          <strong>{dataAsOf(formatDate(lang, found.asOf.at, found.asOf.timeZone))}</strong>
        </p>
      )}
      <p class="livret-ways-out fr-text--sm">
        <a href={`/reports/figures?${new URLSearchParams({ report: 'completion', period: last })}#definitions`}>
          {defined(metricOf('completion').texts[lang].title)}
        </a>
        {' · '}
        <Files lang={lang} report="cumulative" asked={{ to: found.to, ...(direction && { direction }) }} />
      </p>
    </section>
  );
}

function Targets({ reading: { lang }, targets }: { reading: Reading; targets: Cumulative['targets'] }) {
  const { target, targets: title, figures, atMost } = cumulativeWords[lang];
  /** What is counted together with others is less than that. */
  const bounded = (wider: boolean, text: string): string => (wider ? atMost(text) : text);
  return (
    <DataTable
      id="targets"
      caption={title}
      columns={[
        { heading: target.figure.heading, rowHeader: true, value: ({ figure }) => figures[figure].heading },
        { heading: target.by.heading, value: ({ by }) => dayName(lang, by) },
        { heading: target.people.heading, numeric: true, value: ({ people }) => people },
        {
          heading: target.reached.heading,
          numeric: true,
          value: ({ reached, wider }) => bounded(wider, formatNumber(lang, reached)),
        },
        {
          heading: target.share.heading,
          numeric: true,
          value: ({ share, people, reached, wider }) => (
            <ProgressBar
              value={Math.min(reached, people)}
              of={people}
              label={bounded(wider, formatPercent(lang, share, 0))}
            />
          ),
        },
      ]}
      rows={targets}
    />
  );
}
