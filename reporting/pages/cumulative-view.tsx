/** People trained since the first period, added up, beside what is to be reached. */
import { Chart, DataTable, formatPercent, labelled, ProgressBar } from '../../web/index.ts';
import { type Cumulative, cumulativeOf, cumulativeWords, progressOf } from '../cumulative/index.ts';
import { dayName, periodName } from '../periods/names.ts';
import { TARGET_FIGURES, type TargetFigure } from '../targets/index.ts';
import { placeOf, type Reading } from './frame/reading.ts';
import { Files } from './panels/files.tsx';
import { NoteList } from './panels/note-list.tsx';

/** Of the direction, or of the ministry; up to the period that is shown. */
export async function readCumulative({
  sources,
  direction,
  period,
  periods,
}: Reading): Promise<Cumulative | undefined> {
  if (!periods.some((each) => each <= period)) return undefined;
  const place = direction === undefined ? {} : { direction };
  const sums = await cumulativeOf(sources, { to: period, ...place });
  return { ...sums, targets: await progressOf(sources, direction) };
}

export function CumulativeView({ reading, found }: { reading: Reading; found: Cumulative | undefined }) {
  if (found === undefined) return null;
  const { lang, direction } = reading;
  const { title, definition, figures, sum, periods, wider, missing } = cumulativeWords[lang];
  const targetOf = (figure: TargetFigure): number | undefined => {
    const [only, ...others] = found.targets.filter((each) => each.figure === figure);
    return others.length === 0 ? only?.people : undefined;
  };
  const shown = found.periods.filter(({ counts }) => counts !== null);
  const notes = [
    ...(found.periods.some((each) => each.wider) ? [wider] : []),
    ...(found.missing.length > 0
      ? [labelled(lang, missing, found.missing.map((name) => periodName(lang, name)).join(', '))]
      : []),
  ];
  return (
    <section class="livret-panel" id="cumulative" aria-labelledby="cumulative-title">
      <h2 id="cumulative-title" class="fr-h4">
        {labelled(lang, title, placeOf(reading))}
      </h2>
      <p>{definition}</p>
      {shown.length > 1 && (
        <Chart
          kind="lines"
          id="cumulative-chart"
          title={title}
          description={definition}
          lang={lang}
          digits={0}
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
        columns={[
          { heading: periods.period.heading, rowHeader: true, value: ({ period }) => periodName(lang, period) },
          ...TARGET_FIGURES.flatMap((figure) => [
            {
              heading: figures[figure].heading,
              numeric: true,
              value: ({ counts }: (typeof found.periods)[number]) => counts?.[figure] ?? null,
            },
            {
              heading: sum(figures[figure].heading).heading,
              numeric: true,
              value: ({ sums }: (typeof found.periods)[number]) => sums[figure],
            },
          ]),
        ]}
        rows={found.periods}
      />
      {found.targets.length > 0 && <Targets reading={reading} targets={found.targets} />}
      <NoteList lines={notes} />
      <p class="livret-ways-out fr-text--sm">
        <Files
          lang={lang}
          report="cumulative"
          asked={{ from: found.from, to: found.to, ...(direction && { direction }) }}
        />
      </p>
    </section>
  );
}

function Targets({ reading: { lang }, targets }: { reading: Reading; targets: Cumulative['targets'] }) {
  const { target, targets: title, figures } = cumulativeWords[lang];
  return (
    <DataTable
      id="targets"
      caption={title}
      columns={[
        { heading: target.figure.heading, rowHeader: true, value: ({ figure }) => figures[figure].heading },
        { heading: target.by.heading, value: ({ by }) => dayName(lang, by) },
        { heading: target.people.heading, numeric: true, value: ({ people }) => people },
        { heading: target.reached.heading, numeric: true, value: ({ reached }) => reached },
        {
          heading: target.share.heading,
          numeric: true,
          value: ({ share, people, reached }) => (
            <ProgressBar value={Math.min(reached, people)} of={people} label={formatPercent(lang, share, 0)} />
          ),
        },
      ]}
      rows={targets}
    />
  );
}
