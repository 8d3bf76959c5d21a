/** Every indicator by itself: what there is, and of each its figures, its definition and its settings. */

import {
  type Bilingual,
  DescriptionList,
  FilterForm,
  formatNumber,
  inLine,
  type Language,
  linkWith,
  Select,
} from '../../web/index.ts';
import { basisWords } from '../basis-words.ts';
import { METRICS, metricOf } from '../metrics/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { notOneOf } from '../parameters.ts';
import { dayName, periodName } from '../periods/names.ts';
import { type By, byOf, quartileMinimum } from '../privacy/index.ts';
import type { Shown } from '../reports.ts';
import { settingLines } from '../setting-lines.ts';
import type { Reading } from './frame/reading.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { readPanels } from './panels/panel.ts';
import { PanelView } from './panels/panel-view.tsx';
import { words } from './words.ts';

const PATH = '/reports/figures';

const WORDS: Bilingual<{ noSuchRows(asked: string, given: string): string }> = {
  fr: {
    noSuchRows: (asked, given) =>
      `Cet indicateur n’a pas de lignes par ${asked.toLowerCase()}\u00a0: les voici par ${given.toLowerCase()}.`,
  },
  en: {
    noSuchRows: (asked, given) =>
      `This indicator has no rows by ${asked.toLowerCase()}: here they are by ${given.toLowerCase()}.`,
  },
};

export const figures: ReportsPage = {
  path: PATH,
  texts: {
    fr: {
      title: 'Tous les indicateurs',
      lead: 'Chaque indicateur avec tous ses chiffres, sa définition, sa formule et ses réglages.',
    },
    en: {
      title: 'All indicators',
      lead: 'Each indicator with all its figures, its definition, its formula and its settings.',
    },
  },
  filters: ['period', 'compare', 'direction'],
  parameters: [
    { name: 'report', description: 'Name of an indicator.' },
    { name: 'by', description: 'What the rows are.' },
  ],
  shows: ({ lang, given }) => (given.report === undefined ? undefined : metricOf(given.report).texts[lang].title),
  async body(reading) {
    const { report } = reading.given;
    if (report === undefined) return <Index reading={reading} />;
    const metric = metricOf(report);
    const by = byIn(metric, reading.given.by);
    const { lang, given } = reading;
    const { rows } = words[lang];
    const [panel] = await readPanels(reading, [{ report, by }]);
    return (
      <>
        <Rows reading={reading} metric={metric} by={by} />
        {isBy(given.by) && given.by !== by && <p>{WORDS[lang].noSuchRows(rows[given.by], rows[by])}</p>}
        {panel && <PanelView reading={reading} panel={panel} />}
        {panel?.answer && <Definitions lang={reading.lang} answer={panel.answer} metric={metric} />}
      </>
    );
  },
};

const isBy = (text: string | undefined): text is By => text !== undefined && Object.hasOwn(words.fr.rows, text);

/**
 * Directions, where this metric has no rows of what was asked for: the form sends the rows of the indicator that it was on
 * together with another one. Throws `request.parameter` for rows that no metric has.
 */
function byIn(metric: Metric, given: string | undefined): By {
  const known = byOf(metric);
  if (given !== undefined && !isBy(given)) throw notOneOf('by', known);
  return known.find((each) => each === given) ?? 'direction';
}

/** All of them, each with what it answers. */
function Index({ reading }: { reading: Reading }) {
  const { lang, period, compare, direction } = reading;
  const kept = { period, ...(compare && { compare }), ...(direction && { direction }) };
  return (
    <dl class="livret-facts">
      {METRICS.map(({ name, texts }) => (
        <div key={name}>
          <dt>
            <a href={PATH + linkWith('', { report: name, ...kept })}>{texts[lang].title}</a>
          </dt>
          <dd>{texts[lang].definition}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rows({ reading: { lang }, metric, by }: { reading: Reading; metric: Metric; by: By }) {
  const { rowsLabel, rows, show, reports } = words[lang];
  return (
    <FilterForm sets={['report', 'by']} submit={show}>
      <Select
        name="report"
        label={reports}
        value={metric.name}
        options={METRICS.map(({ name, texts }) => ({ value: name, label: texts[lang].title }))}
      />
      <Select
        name="by"
        label={rowsLabel}
        value={by}
        options={byOf(metric).map((each) => ({ value: each, label: rows[each] }))}
      />
    </FilterForm>
  );
}

function Definitions({ lang, answer, metric }: { lang: Language; answer: Shown; metric: Metric }) {
  const { definitions, people, withheld, cap, grid } = words[lang];
  const { facts, days, merged, rounded } = basisWords[lang];
  const texts = metric.texts[lang];
  const reading = [
    merged(answer.minimum),
    ...(answer.rounding === null ? [] : [rounded(answer.rounding)]),
    ...(metric.figures.some(({ kind }) => kind === 'quartiles') ? [withheld(quartileMinimum(answer.minimum))] : []),
  ];
  const bounds = metric.figures.flatMap((spec) => {
    const { heading } = spec.texts[lang];
    if (spec.kind === 'mean') return [cap(heading, formatNumber(lang, spec.cap))];
    return spec.kind === 'quartiles' ? [grid(heading, formatNumber(lang, spec.grid))] : [];
  });
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
          ...settingLines(answer.settings, lang)
            .filter(({ label }) => label !== facts.zone)
            .map(({ label, value }) => [label, value] as const),
          [facts.minimum, people(answer.minimum)],
          [facts.reading, reading.join(' ')],
          ...(bounds.length > 0 ? [[facts.caps, inLine(lang, bounds)] as const] : []),
        ]}
      />
    </section>
  );
}
