/** One report of one period: its chart, its table, what the figures mean and how fresh they are. */
import {
  Chart,
  type Column,
  DataTable,
  DescriptionList,
  EmptyState,
  FilterForm,
  formatDate,
  type Language,
  LinkButton,
  Select,
  Tabs,
} from '../../web/index.ts';
import type { AnswerCell } from '../answer.ts';
import { EXPORT_FORMATS } from '../exports/index.ts';
import { METRICS, metricOf } from '../metrics/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { fieldsOf, quartileMinimum } from '../privacy/index.ts';
import type { Shown } from '../reports.ts';
import { settingLines } from '../setting-lines.ts';
import { dayName, periodName } from './period-name.ts';
import { words } from './words.ts';

export interface ReportPageProps {
  lang: Language;
  answer: Shown;
  /** Of each report the periods that are published, the newest first. */
  published: ReadonlyMap<string, readonly string[]>;
  /** Days between the end of a period and its publication by itself. */
  publishDelay: number;
}

export function ReportPage({ lang, answer, published, publishDelay }: ReportPageProps) {
  const metric = metricOf(answer.report);
  const { dataAsOf, followedTo } = words[lang];
  const time = (iso: string) => formatDate(lang, Date.parse(iso), answer.timeZone);
  return (
    <>
      <Choices lang={lang} answer={answer} published={published} />
      <h2>{`${metric.texts[lang].title}, ${periodName(lang, answer.period)}`}</h2>
      {answer.state === 'published' ? (
        <Published lang={lang} answer={answer} metric={metric} />
      ) : (
        <NothingYet {...{ lang, answer, publishDelay }} last={published.get(answer.report)?.[0]} />
      )}
      <p class="fr-text--sm">
        {answer.asOf && `${dataAsOf(time(answer.asOf))} `}
        {followedTo(time(answer.freshness))}
      </p>
      <Definitions lang={lang} answer={answer} metric={metric} />
    </>
  );
}

const link = (report: string, period?: string): string =>
  `/reports?${new URLSearchParams({ report, ...(period !== undefined && { period }) })}`;

/** Which report, and which of its periods; another report opens on the same period where it has figures of it. */
function Choices({ lang, answer, published }: Omit<ReportPageProps, 'publishDelay'>) {
  const { reports, period: label, show } = words[lang];
  const periods = [...new Set([answer.period, ...(published.get(answer.report) ?? [])])].sort().reverse();
  return (
    <>
      <Tabs
        label={reports}
        tabs={METRICS.map(({ name, texts }) => ({
          href: link(
            name,
            published.get(name)?.find((period) => period === answer.period),
          ),
          label: texts[lang].title,
          current: name === answer.report,
        }))}
      />
      {periods.length > 1 && (
        <FilterForm sets={['report', 'period']} submit={show}>
          <input type="hidden" name="report" value={answer.report} />
          <Select
            name="period"
            label={label}
            value={answer.period}
            options={periods.map((period) => ({ value: period, label: periodName(lang, period) }))}
          />
        </FilterForm>
      )}
    </>
  );
}

interface NothingYetProps {
  lang: Language;
  answer: Shown;
  publishDelay: number;
  /** The newest period this report has figures of. */
  last: string | undefined;
}

/** Which of the ways of having no figures this is, and what to do about it. */
function NothingYet({ lang, answer, publishDelay, last }: NothingYetProps) {
  const { empty, publishing, byHand, lastPublished } = words[lang];
  if (answer.state === 'published') return null;
  const { title, sentence } = empty[answer.state](answer.minimum);
  return (
    <EmptyState title={title} level={3}>
      <p>{sentence}</p>
      {answer.state === 'notPublished' && (
        <>
          <p>{publishing(publishDelay)}</p>
          <p>
            {byHand} <code>{`livret report ${answer.report} --period ${answer.period}`}</code>
          </p>
        </>
      )}
      {last !== undefined && last !== answer.period && (
        <LinkButton kind="secondary" href={link(answer.report, last)}>
          {lastPublished(periodName(lang, last))}
        </LinkButton>
      )}
    </EmptyState>
  );
}

interface PublishedProps {
  lang: Language;
  answer: Shown;
  metric: Metric;
}

function Published({ lang, answer, metric }: PublishedProps) {
  const { byDirection, merged, rounded, through } = words[lang];
  const columns = columnsOf(metric, lang, answer.cells);
  const charted = columns.filter(({ field }) => metric.charted.includes(field));
  const unit = unitOf(charted);
  const title = byDirection(metric.texts[lang].title, periodName(lang, answer.period));
  return (
    <>
      <p>
        {merged(answer.minimum)}
        {answer.rounding !== null && ` ${rounded(answer.rounding)}`}
        {metric.family.cohort && answer.through !== null && ` ${through(periodName(lang, answer.through))}`}
      </p>
      <Chart
        id={`chart-${metric.name}`}
        title={title}
        description={metric.texts[lang].definition}
        labels={answer.cells.map(({ label }) => label)}
        series={charted.map(({ heading, value }) => ({ name: heading, values: answer.cells.map(value) }))}
        lang={lang}
        digits={Math.max(...charted.map(({ digits }) => digits))}
        {...(unit !== undefined && { unit })}
      />
      <Settings lang={lang} answer={answer} />
      <DataTable
        id={`table-${metric.name}`}
        caption={title}
        columns={[directionColumn(lang), ...headcountColumn(lang, answer.cells), ...columns]}
        rows={[...answer.cells, ...(answer.ministry ? [answer.ministry] : [])]}
      />
      <Withheld lang={lang} answer={answer} />
      <Downloads lang={lang} answer={answer} />
    </>
  );
}

/** What the chart and the table rest on. */
function Settings({ lang, answer }: Pick<PublishedProps, 'lang' | 'answer'>) {
  const lines = settingLines(answer.settings, lang).map(({ label, value }) => `${label}\u00a0: ${value}`);
  return lines.length > 0 ? <p class="fr-text--sm">{lines.join(' ; ')}</p> : null;
}

function Withheld({ lang, answer }: Pick<PublishedProps, 'lang' | 'answer'>) {
  const some = answer.cells.some(({ withheld }) => withheld);
  return some ? <p>{words[lang].withheld(quartileMinimum(answer.minimum))}</p> : null;
}

/** The same figures as files. */
function Downloads({ lang, answer: { report, period } }: Pick<PublishedProps, 'lang' | 'answer'>) {
  const { download, formats } = words[lang];
  return (
    <>
      <p>{download}</p>
      <ul>
        {EXPORT_FORMATS.map((format) => (
          <li key={format}>
            <a
              class="fr-link fr-link--download"
              href={`/api/reports/${report}?${new URLSearchParams({ period, format, lang })}`}
            >
              {formats[format]}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const directionColumn = (lang: Language): Column<AnswerCell> => ({
  heading: words[lang].direction,
  value: ({ label }) => label,
  rowHeader: true,
});

/** Where somebody has brought headcounts in. */
const headcountColumn = (lang: Language, cells: readonly AnswerCell[]): Column<AnswerCell>[] =>
  cells.some(({ headcount }) => headcount !== undefined)
    ? [{ heading: words[lang].headcount, value: ({ headcount }) => headcount ?? null, numeric: true }]
    : [];

interface FigureColumn extends Column<AnswerCell> {
  field: string;
  unit?: string;
  digits: number;
  value(cell: AnswerCell): number | null;
}

/** What the value axis shows: of one series, which has no legend, its name too. */
function unitOf(charted: readonly FigureColumn[]): string | undefined {
  const [first, ...others] = charted;
  if (others.length > 0) return first?.unit;
  return first?.unit === undefined ? first?.heading : `${first.heading} (${first.unit})`;
}

/** Decimals at which small values can be told apart. */
function digitsOf(values: readonly (number | null)[]): number {
  const most = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  if (most >= 1) return 2;
  return most >= 0.1 ? 3 : 4;
}

/** A column each for what is a number. */
function columnsOf(metric: Metric, lang: Language, cells: readonly AnswerCell[]): FigureColumn[] {
  const numbers = metric.figures.filter(({ kind }) => kind !== 'tally' && kind !== 'histogram');
  return numbers.flatMap((spec) =>
    fieldsOf(spec).map((field): FigureColumn => {
      const part = words[lang].parts[field.slice(spec.name.length)];
      const { heading, ...rest } = spec.texts[lang];
      const value = numberIn(field);
      const named = { field, heading: part ? `${heading}, ${part}` : heading };
      return { ...rest, ...named, value, digits: digitsOf(cells.map(value)), numeric: true };
    }),
  );
}

const numberIn =
  (field: string) =>
  (cell: AnswerCell): number | null => {
    const value = cell[field];
    return typeof value === 'number' ? value : null;
  };

function Definitions({ lang, answer, metric }: PublishedProps) {
  const { definitions, facts, days, people } = words[lang];
  const texts = metric.texts[lang];
  const period = `${periodName(lang, answer.period)}, ${days(dayName(lang, answer.from), dayName(lang, answer.to))}`;
  return (
    <section aria-labelledby="definitions">
      <h2 id="definitions" class="fr-h4">
        {definitions}
      </h2>
      <DescriptionList
        entries={[
          [facts.definition, texts.definition],
          [facts.formula, metric.formula[lang]],
          [facts.source, metric.source],
          [facts.unit, texts.unit],
          [facts.enough, texts.notEnoughData],
          [facts.period, period],
          [facts.zone, answer.timeZone],
          [facts.minimum, people(answer.minimum)],
        ]}
      />
    </section>
  );
}
