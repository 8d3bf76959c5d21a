/** The words that pages of reports share. */
import type { Bilingual } from '../../web/index.ts';
import type { ExportFormat } from '../exports/index.ts';
import type { By } from '../privacy/index.ts';

interface ReportWords {
  /** What one finds there. */
  summary: string;
  reports: string;
  show: string;
  /** Over the choice of what the rows are. */
  rowsLabel: string;
  /** What the rows of a table are. */
  rows: Record<By, string>;
  headcountOn(day: string): string;
  /** Heading of a column with a median and the quartiles around it. */
  quartiles(heading: string): string;
  /** A picture of the hours of the week. */
  week: { description: string; people: string; withheld(minimum: number): string };
  /** What the bars of a funnel count. */
  stages: string;
  /** In place of a chart of all who are asked for. */
  noOneRow: string;
  notCompared(period: string): string;
  /** Of a cohort: the earlier one is shown as it stood when it was as old. */
  sameAge: string;
  /** A link to a direction that is none of the reader's. */
  notYours(direction: string): string;
  /** Of rows by service or site where there is one: how many of them it holds. */
  oneRow: Record<'service' | 'site', (count: number) => string>;
  /** A link that compares with a later period, or with the same. */
  notEarlier(compare: string, period: string): string;
  roundedTo(step: number): string;
  /** Settings of an earlier period that were others. */
  settingsThen(settings: string): string;
  /** Link to what an indicator means. */
  definition(title: string): string;
  followedTo(time: string): string;
  /** When figures are published by themselves. */
  publishing(days: number): string;
  byHand: string;
  lastPublished(period: string): string;
  withheld(minimum: number): string;
  atLeast(minimum: number): string;
  /** Where a row counts some of them. */
  atLeastEnrolled(minimum: number): string;
  /** Of the ministry, beside one parcours. */
  allParcours(ministry: string): string;
  /** `of` a period, as `ofPeriod` says it. */
  countedThrough(of: string): string;
  download: string;
  formats: Record<ExportFormat, string>;
  definitions: string;
  people(count: number): string;
  /** What a single value counts for at most; to what quartiles are rounded. */
  cap(heading: string, value: string): string;
  grid(heading: string, value: string): string;
}

export const words: Bilingual<ReportWords> = {
  fr: {
    summary: 'Achèvement, temps, régularité, créneaux, interruptions\u00a0: par direction, pour les périodes closes.',
    reports: 'Indicateur',
    show: 'Afficher',
    rowsLabel: 'Une ligne par',
    rows: {
      direction: 'Direction',
      parcours: 'Parcours',
      service: 'Service',
      site: 'Site',
      module: 'Module',
      total: 'Ensemble',
    },
    headcountOn: (day) => `Effectif importé, au ${day}`,
    quartiles: (heading) => `${heading}, médiane (1er – 3e quartile)`,
    week: {
      description:
        'Nombre de personnes actives au moins une fois à cette heure de ce jour de la semaine, heures civiles.',
      people: 'personnes',
      withheld: (minimum) => `Les heures de la semaine ne sont montrées qu’à partir de ${minimum} personnes.`,
    },
    stages: 'Nombre d’entrées en parcours à chaque étape',
    noOneRow:
      'Pas de graphique\u00a0: ces personnes sont comptées dans plusieurs lignes, dont l’une en contient d’autres.',
    sameAge:
      'La période comparée est comptée au même âge, autant de temps après son début\u00a0: elle a pu progresser depuis.',
    notYours: (direction) =>
      `«\u00a0${direction}\u00a0» n’est pas une direction que vous pouvez voir\u00a0: voici ce que vous pouvez voir.`,
    oneRow: {
      service: (count) =>
        count > 1
          ? 'Une seule ligne\u00a0: trop peu de personnes par service pour les distinguer.'
          : 'Une seule ligne\u00a0: l’annuaire ne répartit pas ces personnes entre plusieurs services.',
      site: (count) =>
        count > 1
          ? 'Une seule ligne\u00a0: trop peu de personnes par site pour les distinguer.'
          : 'Une seule ligne\u00a0: l’annuaire ne répartit pas ces personnes entre plusieurs sites.',
    },
    notEarlier: (compare, period) =>
      `Pas de comparaison\u00a0: la période «\u00a0${compare}\u00a0» n’est pas antérieure à celle affichée, «\u00a0${period}\u00a0».`,
    roundedTo: (step) => `effectifs arrondis à ${step} près`,
    notCompared: (period) => `Pas de comparaison\u00a0: les chiffres de la période « ${period} » ne sont pas publiés.`,
    settingsThen: (settings) => `La période comparée a été calculée avec d’autres réglages\u00a0: ${settings}.`,
    definition: (title) => `Définition\u00a0: ${title}`,
    followedTo: (time) => `Les rapports ont pris connaissance de tout ce qui a été enregistré jusqu’au ${time}.`,
    publishing: (days) =>
      `Une période qui contient des traces est publiée d’elle-même ${days === 0 ? 'dès sa fin' : `${delay(days, 'jour')} après sa fin`}, ou ${days === 0 ? 'dès' : 'après'} l’arrivée de ses premières traces si celles-ci ont été importées plus tard.`,
    byHand: 'Un administrateur peut la publier tout de suite depuis la console du serveur\u00a0:',
    lastPublished: (period) => `Voir la dernière période publiée\u00a0: ${period}`,
    withheld: (minimum) => `Quartiles et médiane ne sont donnés qu’à partir de ${minimum} personnes.`,
    atLeast: (minimum) => `au moins ${minimum} personnes derrière chaque ligne`,
    atLeastEnrolled: (minimum) =>
      `au moins ${minimum} personnes inscrites derrière chaque ligne, même si moins ont achevé le module`,
    allParcours: (ministry) => `${ministry}, tous parcours`,
    countedThrough: (of) => `compté jusqu’à la fin ${of}`,
    download: 'Télécharger\u00a0:',
    formats: {
      csv: 'CSV (tableur en français)',
      xlsx: 'Classeur XLSX, avec les définitions',
      parquet: 'Parquet (pour les programmes)',
    },
    definitions: 'Définitions et réglages',
    people: (count) => `${count} personnes`,
    cap: (heading, value) => `${heading}\u00a0: une valeur compte pour ${value} au plus`,
    grid: (heading, value) => `${heading}\u00a0: quartiles arrondis à ${value} près`,
  },
  en: {
    summary: 'Completion, time, regularity, slots, interruptions: by direction, for periods that are over.',
    reports: 'Indicator',
    show: 'Show',
    rowsLabel: 'One row per',
    rows: {
      direction: 'Direction',
      parcours: 'Course',
      service: 'Service',
      site: 'Site',
      module: 'Module',
      total: 'Together',
    },
    headcountOn: (day) => `Headcount as imported, on ${day}`,
    quartiles: (heading) => `${heading}, median (first – third quartile)`,
    week: {
      description: 'People active at least once in that hour of that weekday, civil time.',
      people: 'people',
      withheld: (minimum) => `The hours of the week are only shown for ${minimum} people or more.`,
    },
    stages: 'Number of entries into courses at each stage',
    noOneRow: 'No chart: these people are counted in several rows, one of which holds others too.',
    sameAge: 'The earlier period is counted at the same age, as long after it began: it may have come further since.',
    notYours: (direction) => `You may not see a direction called “${direction}”: here is what you may see.`,
    oneRow: {
      service: (count) =>
        count > 1
          ? 'One row alone: too few people by service for them to be told apart.'
          : 'One row alone: the directory does not divide these people between several services.',
      site: (count) =>
        count > 1
          ? 'One row alone: too few people by site for them to be told apart.'
          : 'One row alone: the directory does not divide these people between several sites.',
    },
    notEarlier: (compare, period) =>
      `No comparison: the period “${compare}” is not before the one that is shown, “${period}”.`,
    roundedTo: (step) => `numbers of people rounded to ${step}`,
    notCompared: (period) => `No comparison: the figures of “${period}” are not published.`,
    settingsThen: (settings) => `The earlier period was computed with other settings: ${settings}.`,
    definition: (title) => `Definition: ${title}`,
    followedTo: (time) => `The reports have taken in everything that was stored up to ${time}.`,
    publishing: (days) =>
      `A period that holds statements is published automatically ${days === 0 ? 'as soon as it is over' : `${delay(days, 'day')} after its end`}, or ${days === 0 ? 'as soon as' : 'after'} its first statements arrived if these were imported later.`,
    byHand: 'An administrator can publish it right away at the console of the server:',
    lastPublished: (period) => `See the latest published period: ${period}`,
    withheld: (minimum) => `Quartiles and a median are only given for ${minimum} people or more.`,
    atLeast: (minimum) => `at least ${minimum} people behind each row`,
    atLeastEnrolled: (minimum) =>
      `at least ${minimum} people enrolled behind each row, even where fewer completed the module`,
    allParcours: (ministry) => `${ministry}, all courses`,
    countedThrough: (of) => `counted up to the end ${of}`,
    download: 'Download:',
    formats: {
      csv: 'CSV (spreadsheet)',
      xlsx: 'XLSX workbook, with the definitions',
      parquet: 'Parquet (for programs)',
    },
    definitions: 'Definitions and settings',
    people: (count) => `${count} people`,
    cap: (heading, value) => `${heading}: a single value counts for ${value} at most`,
    grid: (heading, value) => `${heading}: quartiles rounded to ${value}`,
  },
};

function delay(days: number, unit: string): string {
  return `${days} ${unit}${days === 1 ? '' : 's'}`;
}
