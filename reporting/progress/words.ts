/** The words of nominative progress: page and file. */
import type { Bilingual } from '../../web/index.ts';
import type { State } from './enrolment.ts';

interface ProgressWords {
  title: string;
  /** What one finds there. */
  summary: string;
  lead: string;
  /** What it does not show, and why. */
  scope: string;
  /** How an enrolment stands in a direction. */
  entry: string;
  /** Names that are not given, of which cohorts and why. */
  withheld(periods: readonly string[]): string;
  lateRule(days: number): string;
  dataAsOf(time: string): string;
  /** `more`: there are others on the next page. */
  caption(rows: number, more: boolean): string;
  columns: Record<
    | 'person'
    | 'familyName'
    | 'givenName'
    | 'parcours'
    | 'parcoursName'
    | 'module'
    | 'direction'
    | 'service'
    | 'site'
    | 'state'
    | 'late'
    | 'enrolledOn'
    | 'startedOn'
    | 'doneOn'
    | 'waivedOn',
    string
  >;
  states: Record<State, string>;
  late: string;
  yes: string;
  no: string;
  nameless: string;
  filters: Record<'direction' | 'allDirections' | 'parcours' | 'allParcours' | 'show' | 'search', string>;
  /** Above the list: how many, by state. */
  counts: { label: string; all: string };
  empty: { title: string; sentence: string };
  next: string;
  /** Files: all rows, whatever the page. */
  files: string;
  figures(direction: string): string;
  person: {
    lead: string;
    modules(done: number, of: number, waived: number): string;
    noModule(through: string): string;
    none: { title: string; sentence: string };
    /** `through`: the day up to which modules are given. */
    caption(parcours: string, through: string): string;
    /** Why this week is missing. */
    weeks: string;
    statements: string;
  };
}

export const words: Bilingual<ProgressWords> = {
  fr: {
    title: 'Suivi nominatif',
    summary: 'Qui est inscrit, qui a commencé, qui a achevé et qui est en retard dans vos directions.',
    lead: 'Les inscriptions faites dans vos directions, personne par personne.',
    scope:
      'Seuls figurent les étapes et leur jour\u00a0: ni les heures, ni les durées, ni la dernière activité de quiconque ne sont montrées.',
    entry: 'Une inscription reste dans la direction où elle a commencé, même si la personne en a changé depuis.',
    withheld: (periods) =>
      `Des inscriptions de ces périodes ne sont pas montrées\u00a0: ${periods.join(', ')}. Des chiffres y ont été publiés avant qu’un correspondant soit nommé pour vos directions\u00a0; avec les noms, ils en diraient trop sur une direction voisine.`,
    lateRule: (days) => `En retard\u00a0: inscrit depuis plus de ${days} jours ouvrés sans avoir commencé.`,
    dataAsOf: (time) => `Données au ${time}.`,
    caption: (rows, more) => `${rows === 1 ? '1 inscription' : `${rows} inscriptions`}${more ? ' sur cette page' : ''}`,
    columns: {
      person: 'Personne',
      familyName: 'Nom',
      givenName: 'Prénom',
      parcours: 'Parcours',
      parcoursName: 'Nom du parcours',
      module: 'Module',
      direction: 'Direction',
      service: 'Service',
      site: 'Site',
      state: 'État',
      late: 'En retard',
      enrolledOn: 'Inscrit le',
      startedOn: 'Commencé le',
      doneOn: 'Achevé le',
      waivedOn: 'Dispensé le',
    },
    states: { needed: 'Recensé', enrolled: 'Inscrit', started: 'Commencé', done: 'Achevé', waived: 'Dispensé' },
    late: 'En retard',
    yes: 'oui',
    no: 'non',
    nameless: 'Sans nom',
    filters: {
      direction: 'Direction',
      allDirections: 'Toutes les directions',
      parcours: 'Parcours',
      allParcours: 'Tous les parcours',
      show: 'Afficher',
      search: 'Rechercher une personne par nom',
    },
    counts: { label: 'Inscriptions par état', all: 'Toutes' },
    empty: { title: 'Aucune inscription', sentence: 'Aucune inscription ne correspond à cette demande.' },
    next: 'Page suivante',
    files: 'Télécharger toutes les lignes\u00a0:',
    figures: (direction) => `Chiffres publiés de ${direction}`,
    person: {
      lead: 'Ce qui est achevé de chaque parcours.',
      modules: (done, of, waived) =>
        `${done} ${done < 2 ? 'module achevé' : 'modules achevés'} sur ${of}${waived === 0 ? '' : `, ${waived} ${waived < 2 ? 'dispensé' : 'dispensés'}`}`,
      noModule: (through) => `Aucun module achevé au ${through}.`,
      none: {
        title: 'Aucune inscription',
        sentence: 'Aucune inscription de cette personne n’a commencé dans vos directions.',
      },
      caption: (parcours, through) => `Modules achevés ou dispensés au ${through}\u00a0: ${parcours}`,
      weeks:
        'Les modules sont donnés jusqu’à la fin de la dernière semaine, sans jour\u00a0: suivis jour par jour, ils montreraient le rythme de quelqu’un. Un module du parcours est compté quand assez de personnes l’ont achevé, ou cette personne.',
      statements: 'Voir les traces',
    },
  },
  en: {
    title: 'Progress by name',
    summary: 'Who is enrolled, who has started, who has completed and who is late in your directions.',
    lead: 'The enrolments made in your directions, person by person.',
    scope: 'Only stages and their day are shown: no hours, no durations, and nobody’s last activity.',
    entry: 'An enrolment stays in the direction where it began, even if the person has moved since.',
    withheld: (periods) =>
      `Enrolments of these periods are not shown: ${periods.join(', ')}. Figures were published before a correspondent was named for your directions; together with the names they would say too much about a direction next to yours.`,
    lateRule: (days) => `Late: enrolled for more than ${days} working days without having started.`,
    dataAsOf: (time) => `Data as of ${time}.`,
    caption: (rows, more) => `${rows === 1 ? '1 enrolment' : `${rows} enrolments`}${more ? ' on this page' : ''}`,
    columns: {
      person: 'Person',
      familyName: 'Family name',
      givenName: 'Given name',
      parcours: 'Course',
      parcoursName: 'Name of the course',
      module: 'Module',
      direction: 'Direction',
      service: 'Service',
      site: 'Site',
      state: 'State',
      late: 'Late',
      enrolledOn: 'Enrolled on',
      startedOn: 'Started on',
      doneOn: 'Completed on',
      waivedOn: 'Waived on',
    },
    states: { needed: 'Identified', enrolled: 'Enrolled', started: 'Started', done: 'Completed', waived: 'Waived' },
    late: 'Late',
    yes: 'yes',
    no: 'no',
    nameless: 'No name',
    filters: {
      direction: 'Direction',
      allDirections: 'All directions',
      parcours: 'Course',
      allParcours: 'All courses',
      show: 'Show',
      search: 'Search for a person by name',
    },
    counts: { label: 'Enrolments by state', all: 'All' },
    empty: { title: 'No enrolment', sentence: 'No enrolment answers to this.' },
    next: 'Next page',
    files: 'Download all rows:',
    figures: (direction) => `Published figures of ${direction}`,
    person: {
      lead: 'What is completed of each course.',
      modules: (done, of, waived) =>
        `${done} of ${of} ${of === 1 ? 'module' : 'modules'} completed${waived === 0 ? '' : `, ${waived} waived`}`,
      noModule: (through) => `No module was completed by ${through}.`,
      none: { title: 'No enrolment', sentence: 'No enrolment of this person began in your directions.' },
      caption: (parcours, through) => `Modules completed or waived by ${through}: ${parcours}`,
      weeks:
        'Modules are given up to the end of last week, without a day: followed day by day, they would show somebody’s rhythm. A module of the course is counted once enough people have completed it, or this person has.',
      statements: 'See the statements',
    },
  },
};
