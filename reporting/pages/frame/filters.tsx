/** What a page of reports shows: fields in the address, so that a link says it all. */
import { type Bilingual, FilterForm, inLine, labelled, Select } from '../../../web/index.ts';
import { periodName } from '../../periods/names.ts';
import type { Reading } from './reading.ts';

export type FilterName = 'period' | 'compare' | 'direction';

const WORDS: Bilingual<Record<FilterName | 'parcours' | 'show' | 'none' | 'all' | 'allSeen', string>> = {
  fr: {
    period: 'Période',
    compare: 'Comparée à',
    direction: 'Direction',
    parcours: 'Parcours',
    show: 'Afficher',
    none: 'Aucune comparaison',
    all: 'Tout le ministère',
    allSeen: 'Toutes celles que je vois',
  },
  en: {
    period: 'Period',
    compare: 'Compared with',
    direction: 'Direction',
    parcours: 'Course',
    show: 'Show',
    none: 'No comparison',
    all: 'The whole ministry',
    allSeen: 'All that I may see',
  },
};

/** Said in the address where a page would compare with the period before: with none. */
const NONE = 'none';

export interface ReportFiltersProps {
  reading: Reading;
  filters: readonly FilterName[];
  /** The page compares where nothing is said. */
  compares: boolean;
}

export function ReportFilters({ reading, filters, compares }: ReportFiltersProps) {
  const { lang, period, compare, direction, directions } = reading;
  const say = WORDS[lang];
  const named = (name: string) => ({ value: name, label: periodName(lang, name) });
  const periods = [...new Set([period, ...reading.periods])].sort().reverse();
  const earlier = periods.filter((each) => each < period || each === compare);
  return (
    <FilterForm sets={filters} submit={say.show}>
      <Select name="period" label={say.period} value={period} options={periods.map(named)} />
      {filters.includes('compare') && (
        <Select
          name="compare"
          label={say.compare}
          optional
          {...(compares
            ? { value: compare ?? NONE, options: [{ value: NONE, label: say.none }, ...earlier.map(named)] }
            : { value: compare, options: earlier.map(named), placeholder: say.none })}
        />
      )}
      {filters.includes('direction') && directions.length > 0 && (
        <Select
          name="direction"
          label={say.direction}
          optional
          placeholder={reading.seesAll ? say.all : say.allSeen}
          value={direction}
          options={directions.map((name) => ({ value: name, label: name }))}
        />
      )}
    </FilterForm>
  );
}

/** « Parcours : Tableur », where the page is narrowed to one. */
export const parcoursLine = ({ lang, parcours }: Reading): string[] =>
  parcours ? [labelled(lang, WORDS[lang].parcours, parcours.name)] : [];

/** All that is chosen in words, for paper, where there are no fields. */
export function chosenIn(reading: Reading): string {
  const { lang, period, compare, direction } = reading;
  const say = WORDS[lang];
  const chosen = [
    [say.period, periodName(lang, period)],
    ...(compare === undefined ? [] : [[say.compare, periodName(lang, compare)]]),
    [say.direction, direction ?? (reading.seesAll ? say.all : say.allSeen)],
  ];
  return inLine(lang, [
    ...chosen.map(([label = '', value = '']) => labelled(lang, label, value)),
    ...parcoursLine(reading),
  ]);
}
