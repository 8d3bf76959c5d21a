/** One report of one period: its chart, its table, what the figures mean and how fresh they are. */
import { Chart, type Column, DataTable, formatDate, type Language } from '../../web/index.ts';
import type { AnswerCell } from '../answer.ts';
import { METRICS, metricOf } from '../metrics/index.ts';
import type { FigureSpec, Metric } from '../metrics/metric.ts';
import { quartileMinimum } from '../privacy/index.ts';
import type { Shown } from '../reports.ts';
import { words } from './words.ts';

export interface ReportPageProps {
  lang: Language;
  answer: Shown;
  /** Names of the periods to choose from. */
  periods: readonly string[];
}

export function ReportPage({ lang, answer, periods }: ReportPageProps) {
  const metric = metricOf(answer.report);
  const { dataAsOf, followedTo } = words[lang];
  const time = (iso: string) => formatDate(lang, Date.parse(iso), answer.timeZone);
  return (
    <>
      <Choices lang={lang} answer={answer} periods={periods} />
      <h2>{`${metric.texts[lang].title}, ${answer.period}`}</h2>
      {answer.state === 'published' ? (
        <Published lang={lang} answer={answer} metric={metric} />
      ) : (
        <p class="lead">{words[lang].empty[answer.state](answer.minimum)}</p>
      )}
      <p>
        {answer.asOf && `${dataAsOf(time(answer.asOf))} `}
        {followedTo(time(answer.freshness))}
      </p>
      <Definitions lang={lang} answer={answer} metric={metric} />
    </>
  );
}

function Choices({ lang, answer, periods }: ReportPageProps) {
  const { reports, periods: periodsLabel } = words[lang];
  const link = (report: string, period: string) => `?${new URLSearchParams({ report, period, lang })}`;
  return (
    <>
      <nav class="livret-tabs" aria-label={reports}>
        <ul>
          {METRICS.map(({ name, texts }) => (
            <li key={name}>
              <a href={link(name, answer.period)} aria-current={name === answer.report ? 'page' : undefined}>
                {texts[lang].title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <nav class="livret-tabs" aria-label={periodsLabel}>
        <ul>
          {periods.map((period) => (
            <li key={period}>
              <a href={link(answer.report, period)} aria-current={period === answer.period ? 'page' : undefined}>
                {period}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

interface PublishedProps {
  lang: Language;
  answer: Shown;
  metric: Metric;
}

function Published({ lang, answer, metric }: PublishedProps) {
  const { title } = metric.texts[lang];
  const { chart, table, merged, ministry } = words[lang];
  const charted = metric.figures.filter(({ name }) => metric.charted.includes(name));
  const unit = charted[0]?.texts[lang].unit;
  const total: AnswerCell = { ...answer.ministry, direction: ministry, directions: [] };
  return (
    <>
      <Chart
        id={`chart-${metric.name}`}
        title={chart(title, answer.period)}
        description={metric.texts[lang].definition}
        labels={answer.cells.map(({ direction }) => direction)}
        series={charted.map((spec) => ({ name: spec.texts[lang].heading, values: answer.cells.map(figure(spec)) }))}
        lang={lang}
        {...(unit !== undefined && { unit })}
      />
      <p>{merged(answer.minimum)}</p>
      <DataTable
        id={`table-${metric.name}`}
        lang={lang}
        caption={table(title, answer.period)}
        columns={columnsOf(metric, lang)}
        rows={[...answer.cells, total]}
      />
      <Withheld lang={lang} answer={answer} />
    </>
  );
}

function Withheld({ lang, answer }: Pick<PublishedProps, 'lang' | 'answer'>) {
  const some = answer.cells.some(({ withheld }) => withheld);
  return some ? <p>{words[lang].withheld(quartileMinimum(answer.minimum))}</p> : null;
}

const figure =
  ({ name }: FigureSpec) =>
  (cell: AnswerCell): number | null => {
    const value = cell[name];
    return typeof value === 'number' ? value : null;
  };

function columnsOf(metric: Metric, lang: Language): Column<AnswerCell>[] {
  const direction = { heading: words[lang].direction, value: (cell: AnswerCell) => cell.direction, rowHeader: true };
  return [direction, ...metric.figures.map((spec) => ({ ...spec.texts[lang], value: figure(spec), numeric: true }))];
}

function Definitions({ lang, answer, metric }: PublishedProps) {
  const { definitions, facts, days, people } = words[lang];
  const texts = metric.texts[lang];
  const entries: [term: string, value: string][] = [
    [facts.definition, texts.definition],
    [facts.formula, metric.formula],
    [facts.source, metric.source],
    [facts.unit, texts.unit],
    [facts.enough, texts.notEnoughData],
    [facts.period, `${answer.period}, ${days(answer.from, answer.to)}`],
    [facts.zone, answer.timeZone],
    [facts.minimum, people(answer.minimum)],
  ];
  return (
    <section aria-labelledby="definitions">
      <h2 id="definitions">{definitions}</h2>
      <dl class="livret-facts">
        {entries.map(([term, value]) => (
          <>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
