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
  caption(rows: number): string;
  columns: Record<
    | 'person'
    | 'familyName'
    | 'givenName'
    | 'parcours'
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
  filters: { direction: string; allDirections: string; state: string; allStates: string; show: string };
  empty: { title: string; sentence: string };
  next: string;
  download: string;
}

export const words: Bilingual<ProgressWords> = {
  fr: {
    title: 'Suivi nominatif',
    summary: 'Qui est inscrit, qui a commencé, qui a terminé et qui est en retard dans vos directions.',
    lead: 'Les inscriptions commencées dans vos directions, personne par personne.',
    scope:
      'Seuls figurent les étapes et leur jour\u00a0: ni les heures, ni les durées, ni la dernière activité de quiconque ne sont montrées.',
    entry: 'Une inscription reste dans la direction où elle a commencé, même si la personne en a changé depuis.',
    withheld: (periods) =>
      `Des inscriptions de ces périodes ne sont pas montrées\u00a0: ${periods.join(', ')}. Des chiffres y ont été publiés avant qu’un correspondant soit nommé pour vos directions\u00a0; avec les noms, ils en diraient trop sur une direction voisine.`,
    lateRule: (days) => `En retard\u00a0: inscrit depuis plus de ${days} jours ouvrés sans avoir commencé.`,
    dataAsOf: (time) => `Données au ${time}.`,
    caption: (rows) => (rows === 1 ? '1 inscription' : `${rows} inscriptions`),
    columns: {
      person: 'Personne',
      familyName: 'Nom',
      givenName: 'Prénom',
      parcours: 'Parcours',
      direction: 'Direction',
      service: 'Service',
      site: 'Site',
      state: 'État',
      late: 'En retard',
      enrolledOn: 'Inscrit le',
      startedOn: 'Commencé le',
      doneOn: 'Terminé le',
      waivedOn: 'Dispensé le',
    },
    states: { needed: 'Recensé', enrolled: 'Inscrit', started: 'Commencé', done: 'Terminé', waived: 'Dispensé' },
    late: 'En retard',
    yes: 'oui',
    no: 'non',
    nameless: 'Sans nom',
    filters: {
      direction: 'Direction',
      allDirections: 'Toutes les directions',
      state: 'État',
      allStates: 'Tous les états',
      show: 'Afficher',
    },
    empty: { title: 'Aucune inscription', sentence: 'Aucune inscription ne correspond à cette demande.' },
    next: 'Page suivante',
    download: 'Télécharger tout (CSV)',
  },
  en: {
    title: 'Progress by name',
    summary: 'Who is enrolled, who has started, who is done and who is late in your directions.',
    lead: 'The enrolments that began in your directions, person by person.',
    scope: 'Only stages and their day are shown: no hours, no durations, and nobody’s last activity.',
    entry: 'An enrolment stays in the direction where it began, even if the person has moved since.',
    withheld: (periods) =>
      `Enrolments of these periods are not shown: ${periods.join(', ')}. Figures were published before a correspondent was named for your directions; together with the names they would say too much about a direction next to yours.`,
    lateRule: (days) => `Late: enrolled for more than ${days} working days without having started.`,
    dataAsOf: (time) => `Data as of ${time}.`,
    caption: (rows) => (rows === 1 ? '1 enrolment' : `${rows} enrolments`),
    columns: {
      person: 'Person',
      familyName: 'Family name',
      givenName: 'Given name',
      parcours: 'Course',
      direction: 'Direction',
      service: 'Service',
      site: 'Site',
      state: 'State',
      late: 'Late',
      enrolledOn: 'Enrolled on',
      startedOn: 'Started on',
      doneOn: 'Done on',
      waivedOn: 'Waived on',
    },
    states: { needed: 'Censused', enrolled: 'Enrolled', started: 'Started', done: 'Done', waived: 'Waived' },
    late: 'Late',
    yes: 'yes',
    no: 'no',
    nameless: 'No name',
    filters: {
      direction: 'Direction',
      allDirections: 'All directions',
      state: 'State',
      allStates: 'All states',
      show: 'Show',
    },
    empty: { title: 'No enrolment', sentence: 'No enrolment answers to this.' },
    next: 'Next page',
    download: 'Download all (CSV)',
  },
};
