/** Directions beside one another and beside the ministry, and beside an earlier period. */
import { type Bilingual, type Column, DataTable, FilterForm, inLine, type Language, Select } from '../../web/index.ts';
import type { AnswerCell } from '../answer.ts';
import { type FigureField, writtenNumber } from '../figures/field.ts';
import { KEY_FIGURES, keyField, readKeyFigures } from '../figures/key-figures.ts';
import { oneRowOf } from '../figures/one-row.ts';
import { metricOf } from '../metrics/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { notOneOf } from '../parameters.ts';
import { periodName } from '../periods/names.ts';
import { MINISTRY } from '../privacy/index.ts';
import type { Shown } from '../reports.ts';
import { type Reading, showWhere } from './frame/reading.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { Beside } from './panels/figures.tsx';
import { NoteList } from './panels/note-list.tsx';
import { readPanels } from './panels/panel.ts';
import { Panels } from './panels/panel-view.tsx';

const WORDS: Bilingual<{
  caption(period: string): string;
  indicator: string;
  show: string;
  direction: string;
  before(value: string): string;
  earlier(period: string): string;
  /** Of a dash in brackets. */
  noEarlier: string;
  /** Of cohorts. */
  sameAge(columns: string): string;
  held(number: number, label: string): string;
  several: string;
}> = {
  fr: {
    caption: (period) => `Les directions côte à côte, ${period}`,
    indicator: 'Indicateur du graphique',
    show: 'Afficher',
    direction: 'Direction',
    before: (value) => `avant\u00a0: ${value}`,
    earlier: (period) => `Entre parenthèses, la même chose pour la période\u00a0: ${period}.`,
    noEarlier:
      'Un tiret entre parenthèses\u00a0: cette période n’a pas de chiffre publié qui se compare à celui de la période affichée.',
    sameAge: (columns) =>
      `${columns}\u00a0: la période antérieure est comptée au même âge, autant de temps après son début\u00a0; elle a pu progresser depuis.`,
    held: (number, label) => `[${number}] Chiffre de «\u00a0${label}\u00a0»\u00a0: trop peu de personnes pour chacune.`,
    several:
      'Un tiret\u00a0: trop peu de personnes, ou des personnes réparties sur plusieurs lignes\u00a0; la page de la direction dit lesquelles.',
  },
  en: {
    caption: (period) => `Directions side by side, ${period}`,
    indicator: 'Indicator in the chart',
    show: 'Show',
    direction: 'Direction',
    before: (value) => `before: ${value}`,
    earlier: (period) => `In brackets, the same for the period ${period}.`,
    noEarlier: 'A dash in brackets: that period has no published figure that compares with the one shown.',
    sameAge: (columns) =>
      `${columns}: the earlier period is counted at the same age, as long after it began; it may have come further since.`,
    held: (number, label) => `[${number}] Figure of “${label}”: too few people for each alone.`,
    several: 'A dash: too few people, or people in several rows; the page of the direction says which.',
  },
};

interface Indicator {
  metric: Metric;
  field: FigureField;
  answer: Shown | undefined;
}

export const comparison: ReportsPage = {
  path: '/reports/comparison',
  texts: {
    fr: {
      title: 'Comparaison',
      lead: 'Les directions côte à côte, avec l’ensemble du ministère et une période antérieure. Comparer n’est pas classer.',
    },
    en: {
      title: 'Comparison',
      lead: 'Directions side by side, with the whole ministry and an earlier period. To compare is not to rank.',
    },
  },
  filters: ['period', 'compare'],
  compares: true,
  parameters: [{ name: 'figure', description: 'Which indicator the chart shows.' }],
  async body(reading) {
    const { lang, period, compare, given } = reading;
    const say = WORDS[lang];
    const names = KEY_FIGURES.map(({ name }) => name);
    const chosen = KEY_FIGURES.find(({ name }) => name === (given.figure ?? 'time'));
    if (!chosen) throw notOneOf('figure', names);
    const indicators = await readIndicators(reading);
    const joined = joinedIn(indicators);
    const { report, field, over, texts } = chosen;
    const panels = await readPanels(reading, [
      {
        report,
        title: { fr: texts.fr.heading, en: texts.en.heading },
        ...(over ? { figures: [over, field], made: (of, cells) => keyField(chosen, of, cells) } : { charted: [field] }),
      },
    ]);
    return (
      <div class="livret-panel">
        <DataTable
          id="comparison"
          caption={say.caption(periodName(lang, period))}
          columns={[
            { heading: say.direction, rowHeader: true, value: (direction) => direction ?? MINISTRY[lang] },
            ...indicators.map((indicator) => columnOf(indicator, reading, joined)),
          ]}
          rows={[...directionsIn(indicators, lang), undefined]}
        />
        <NoteList
          lines={[
            ...(compare === undefined
              ? []
              : [
                  say.earlier(periodName(lang, compare)),
                  say.noEarlier,
                  say.sameAge(inLine(lang, cohortsIn(indicators))),
                ]),
            ...joined.map((label, index) => say.held(index + 1, label)),
            say.several,
          ]}
        />
        <FilterForm sets={['figure']} submit={say.show}>
          <Select
            name="figure"
            label={say.indicator}
            value={chosen.name}
            options={KEY_FIGURES.map((each) => ({ value: each.name, label: each.texts[lang].heading }))}
          />
        </FilterForm>
        <Panels reading={reading} panels={panels} />
      </div>
    );
  },
};

async function readIndicators(reading: Reading): Promise<Indicator[]> {
  const read = await readKeyFigures((report) => showWhere(reading, { report }));
  return read.map(({ figure, answer }) => ({
    metric: metricOf(figure.report),
    answer,
    field: keyField(figure, reading.lang, answer?.cells ?? []),
  }));
}

/** Headings of what counts up to a horizon. */
const cohortsIn = (indicators: readonly Indicator[]): string[] =>
  indicators.filter(({ metric }) => metric.family.cohort).map(({ field }) => field.heading);

const directionsIn = (indicators: readonly Indicator[], lang: Language): string[] =>
  [...new Set(indicators.flatMap(({ answer }) => answer?.cells.flatMap(({ directions }) => directions) ?? []))].sort(
    (a, b) => a.localeCompare(b, lang),
  );

/** Labels of the rows that hold several directions: a cell of the table points to them by number. */
const joinedIn = (indicators: readonly Indicator[]): string[] => [
  ...new Set(
    indicators.flatMap(({ answer }) =>
      (answer?.cells ?? []).filter(({ directions }) => directions.length > 1).map(({ label }) => label),
    ),
  ),
];

/** The one row that holds everybody of the direction; none where some are in one row and others in another. */
function cellOf(answer: Shown | undefined, direction: string | undefined): AnswerCell | null {
  if (answer?.state !== 'published') return null;
  if (direction === undefined) return answer.ministry;
  const cells = answer.cells.filter(({ directions }) => directions.includes(direction));
  return oneRowOf({ cells, ministry: answer.ministry }, true).cell;
}

/** `undefined` stands for the ministry. */
function columnOf(
  { field, answer }: Indicator,
  { lang, compare }: Reading,
  joined: readonly string[],
): Column<string | undefined> {
  const say = WORDS[lang];
  const written = (cell: AnswerCell | null | undefined): string | null => {
    const value = cell ? field.value(cell) : null;
    return value === null ? null : writtenNumber(lang, value, field);
  };
  return {
    heading: field.heading,
    ...(field.unit !== undefined && { unit: field.unit }),
    numeric: true,
    value(direction) {
      const cell = cellOf(answer, direction);
      const now = written(cell);
      if (now === null) return null;
      const then = written(cell?.earlier?.cell) ?? '–';
      const number = direction === undefined ? 0 : joined.indexOf(cell?.label ?? '') + 1;
      const main = number > 0 ? `${now} [${number}]` : now;
      return <Beside main={main} beside={compare === undefined ? [] : [say.before(then)]} under />;
    },
  };
}
