/** The words of the reports' page. */
import type { Bilingual } from '../../web/index.ts';
import type { Shown } from '../reports.ts';

interface ReportWords {
  title: string;
  /** What one finds there. */
  summary: string;
  reports: string;
  periods: string;
  direction: string;
  ministry: string;
  dataAsOf(time: string): string;
  followedTo(time: string): string;
  empty: Record<Exclude<Shown['state'], 'published'>, (minimum: number) => string>;
  merged(minimum: number): string;
  withheld(minimum: number): string;
  chart(title: string, period: string): string;
  table(title: string, period: string): string;
  definitions: string;
  facts: Record<'definition' | 'formula' | 'source' | 'unit' | 'enough' | 'period' | 'zone' | 'minimum', string>;
  days(from: string, to: string): string;
  people(count: number): string;
}

export const words: Bilingual<ReportWords> = {
  fr: {
    title: 'Rapports',
    summary: 'Achèvement et régularité par direction, pour les périodes closes.',
    reports: 'Rapport',
    periods: 'Période',
    direction: 'Direction',
    ministry: 'Ensemble du ministère',
    dataAsOf: (time) => `Données au ${time}.`,
    followedTo: (time) => `Le modèle de lecture a suivi l’entrepôt jusqu’au ${time}.`,
    empty: {
      notClosed: () =>
        'Cette période n’est pas encore terminée. Les chiffres des groupes ne sont publiés que pour des périodes closes.',
      notPublished: () =>
        'Cette période est terminée, mais ses chiffres ne sont pas encore publiés. Ils le sont d’eux-mêmes quelques jours après la fin de la période ; un administrateur peut les publier avant.',
      nobody: () => 'Personne n’a encore contribué à ce chiffre pendant cette période.',
      tooFew: (minimum) => `Moins de ${minimum} personnes sont concernées : aucun chiffre n’est donné.`,
    },
    merged: (minimum) =>
      `Un chiffre porte toujours sur au moins ${minimum} personnes : une direction trop petite est réunie à une autre, et le nom de la ligne dit ce qu’elle contient.`,
    withheld: (minimum) => `La médiane n’est donnée qu’à partir de ${minimum} personnes.`,
    chart: (title, period) => `${title} par direction, ${period}`,
    table: (title, period) => `${title} par direction, ${period}`,
    definitions: 'Définitions et réglages',
    facts: {
      definition: 'Définition',
      formula: 'Formule',
      source: 'Source',
      unit: 'Unité',
      enough: 'Données suffisantes',
      period: 'Période',
      zone: 'Fuseau horaire',
      minimum: 'Effectif minimal',
    },
    days: (from, to) => `du ${from} au ${to}`,
    people: (count) => `${count} personnes`,
  },
  en: {
    title: 'Reports',
    summary: 'Completion and regularity by direction, for periods that are over.',
    reports: 'Report',
    periods: 'Period',
    direction: 'Direction',
    ministry: 'Whole ministry',
    dataAsOf: (time) => `Data as of ${time}.`,
    followedTo: (time) => `The read model has followed the store up to ${time}.`,
    empty: {
      notClosed: () => 'This period is not over yet. Figures about groups are published for closed periods only.',
      notPublished: () =>
        'This period is over, but its figures have not been published yet. They are, by themselves, some days after its end; an administrator can publish them earlier.',
      nobody: () => 'Nobody has contributed to this figure in this period yet.',
      tooFew: (minimum) => `Fewer than ${minimum} people are concerned: no figure is given.`,
    },
    merged: (minimum) =>
      `A figure always stands for at least ${minimum} people: a direction that is too small is joined to another one, and the name of the row says what it holds.`,
    withheld: (minimum) => `The median is given only from ${minimum} people on.`,
    chart: (title, period) => `${title} by direction, ${period}`,
    table: (title, period) => `${title} by direction, ${period}`,
    definitions: 'Definitions and settings',
    facts: {
      definition: 'Definition',
      formula: 'Formula',
      source: 'Source',
      unit: 'Unit',
      enough: 'Enough data',
      period: 'Period',
      zone: 'Time zone',
      minimum: 'Fewest people',
    },
    days: (from, to) => `${from} to ${to}`,
    people: (count) => `${count} people`,
  },
};
