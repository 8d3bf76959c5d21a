/** Sentences that pages, files and mails say alike of published figures. */
import type { Bilingual } from '../web/index.ts';
import type { Shown } from './reports.ts';

interface BasisWords {
  dataAsOf(time: string): string;
  empty: Record<Exclude<Shown['state'], 'published'>, (minimum: number) => { title: string; sentence: string }>;
  merged(minimum: number): string;
  /** Counts of behaviour are rounded. */
  rounded(step: number): string;
  /** Of a cohort: up to when things count. */
  through(period: string): string;
  facts: Record<
    'definition' | 'formula' | 'source' | 'unit' | 'enough' | 'period' | 'zone' | 'minimum' | 'reading' | 'caps',
    string
  >;
  days(from: string, to: string): string;
}

export const basisWords: Bilingual<BasisWords> = {
  fr: {
    dataAsOf: (time) => `Données au ${time}.`,
    empty: {
      notClosed: () => ({
        title: 'Cette période n’est pas encore terminée',
        sentence: 'Les chiffres par direction ne sont publiés que pour des périodes closes.',
      }),
      notPublished: () => ({
        title: 'Les chiffres de cette période ne sont pas publiés',
        sentence: 'La période est terminée, mais ses chiffres ne sont pas encore publiés.',
      }),
      nobody: () => ({
        title: 'Aucun chiffre pour cette période',
        sentence: 'Personne n’a encore contribué à ce rapport pendant cette période.',
      }),
      tooFew: (minimum) => ({
        title: 'Trop peu de personnes pour donner un chiffre',
        sentence: `Moins de ${minimum} personnes sont concernées\u00a0: un chiffre pourrait les désigner.`,
      }),
    },
    merged: (minimum) =>
      `Une ligne porte toujours sur au moins ${minimum} personnes\u00a0: une direction trop petite est réunie à une autre, et le nom de la ligne dit ce qu’elle contient.`,
    rounded: (step) =>
      `Les nombres de personnes sont arrondis à un multiple de ${step}, vers le haut ou vers le bas au hasard, et s’ajoutent ainsi\u00a0: 11 peut se lire 9 ou 12.`,
    through: (period) => `Compté jusqu’à la fin de la période\u00a0: ${period}.`,
    facts: {
      definition: 'Définition',
      formula: 'Formule',
      source: 'Source',
      unit: 'Unité',
      enough: 'Données suffisantes',
      period: 'Période',
      zone: 'Fuseau horaire',
      minimum: 'Effectif minimal',
      reading: 'Lire ces chiffres',
      caps: 'Plafonds et pas',
    },
    days: (from, to) => `du ${from} au ${to}`,
  },
  en: {
    dataAsOf: (time) => `Data as of ${time}.`,
    empty: {
      notClosed: () => ({
        title: 'This period is not over yet',
        sentence: 'Figures by direction are published only for periods that are over.',
      }),
      notPublished: () => ({
        title: 'The figures of this period are not published',
        sentence: 'The period is over, but its figures have not been published yet.',
      }),
      nobody: () => ({
        title: 'No figures for this period',
        sentence: 'Nobody has contributed to this report in this period yet.',
      }),
      tooFew: (minimum) => ({
        title: 'Too few people to give a figure',
        sentence: `Fewer than ${minimum} people are concerned: a figure might single them out.`,
      }),
    },
    merged: (minimum) =>
      `A row always stands for at least ${minimum} people: a direction that is too small is joined to another one, and the name of the row says what it holds.`,
    rounded: (step) =>
      `Numbers of people are rounded to a multiple of ${step}, up or down by chance, and are added up so: 11 may read 9 or 12.`,
    through: (period) => `Counted up to the end of the period: ${period}.`,
    facts: {
      definition: 'Definition',
      formula: 'Formula',
      source: 'Source',
      unit: 'Unit counted',
      enough: 'Data needed',
      period: 'Period',
      zone: 'Time zone',
      minimum: 'Minimum group size',
      reading: 'Reading these figures',
      caps: 'Caps and steps',
    },
    days: (from, to) => `${from} to ${to}`,
  },
};
