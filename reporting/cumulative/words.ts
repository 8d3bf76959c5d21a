/** The words of cumulative people. */
import type { Bilingual } from '../../web/index.ts';
import type { TargetFigure } from '../targets/index.ts';

interface Text {
  heading: string;
  description: string;
}

export type PeriodColumn = 'period' | 'from' | 'to' | 'state' | 'through' | 'label' | 'wider';
export type TargetColumn = 'figure' | 'people' | 'by' | 'direction' | 'reached' | 'share' | 'since' | 'over' | 'wider';

interface Words {
  title: string;
  targets: string;
  definition: string;
  figures: Record<TargetFigure, Text>;
  sum(figure: string): Text;
  periods: Record<PeriodColumn, Text>;
  target: Record<TargetColumn, Text>;
  unknown: string;
  /** Of a sum that holds more than was asked for. */
  atMost(value: string): string;
  missing: string;
  wider: string;
}

export const words: Bilingual<Words> = {
  fr: {
    title: 'Personnes formées, en cumul',
    targets: 'Objectifs',
    definition:
      'Chaque personne compte une seule fois : dans la cohorte où elle commence, ou achève, un parcours pour la première fois. Sommes de cellules publiées ; l’événement compte jusqu’à la fin de la période de la colonne « Compté jusqu’à ».',
    figures: {
      newPeople: {
        heading: 'Ont commencé',
        description: 'Personnes qui commencent un parcours pour la première fois.',
      },
      newGraduates: { heading: 'Ont achevé', description: 'Personnes qui achèvent un parcours pour la première fois.' },
    },
    sum: (figure) => ({
      heading: `${figure}, cumul`,
      description: 'Par période d’entrée, depuis la première du tableau.',
    }),
    periods: {
      period: { heading: 'Période', description: 'La cohorte : la période d’entrée.' },
      from: { heading: 'Premier jour', description: 'De la période.' },
      to: { heading: 'Dernier jour', description: 'De la période.' },
      state: { heading: 'État', description: 'Si les chiffres de la période sont publiés.' },
      through: {
        heading: 'Compté jusqu’à',
        description: 'La période jusqu’à la fin de laquelle ce qui est arrivé compte.',
      },
      label: { heading: 'Ce que contiennent les chiffres', description: 'Les cellules publiées dont c’est la somme.' },
      wider: {
        heading: 'Plus que demandé',
        description: '« oui » : les cellules contiennent plus que la direction demandée.',
      },
    },
    target: {
      figure: { heading: 'Chiffre', description: 'Ce qui doit être atteint.' },
      people: { heading: 'Objectif', description: 'Nombre de personnes.' },
      by: { heading: 'Pour le', description: 'Dernier jour.' },
      direction: { heading: 'Direction', description: 'Vide : tout le ministère.' },
      reached: {
        heading: 'Atteint',
        description: 'Toutes périodes publiées, à la fin de la dernière qui s’achève au plus tard ce jour.',
      },
      share: { heading: 'Part atteinte', description: 'Atteint ÷ objectif.' },
      since: { heading: 'Atteint avec', description: 'La période d’entrée avec laquelle l’objectif est atteint.' },
      over: {
        heading: 'Échu',
        description:
          '« oui » : l’échéance est passée ; « indécis » : elle l’est, tous les chiffres jusque-là ne sont pas publiés.',
      },
      wider: { heading: 'Plus que demandé', description: '« oui » : le cumul contient plus que la direction.' },
    },
    unknown: 'indécis',
    atMost: (value) => `au plus ${value}`,
    missing: 'Périodes sans chiffres',
    wider:
      'Les sommes contiennent plus que la direction demandée, trop petite à certaines périodes pour être montrée seule : une colonne dit avec qui elle est comptée. D’une période à l’autre, ce ne sont pas toujours les mêmes.',
  },
  en: {
    title: 'People trained, added up',
    targets: 'Targets',
    definition:
      'Each person counts once: in the cohort in which they start, or complete, a course for the first time. Sums of published cells; what happened counts up to the end of the period in the column “Counted up to”.',
    figures: {
      newPeople: { heading: 'Started', description: 'People who start a course for the first time.' },
      newGraduates: { heading: 'Completed', description: 'People who complete a course for the first time.' },
    },
    sum: (figure) => ({
      heading: `${figure}, added up`,
      description: 'By period of entry, since the first one of the table.',
    }),
    periods: {
      period: { heading: 'Period', description: 'The cohort: the period of entry.' },
      from: { heading: 'First day', description: 'Of the period.' },
      to: { heading: 'Last day', description: 'Of the period.' },
      state: { heading: 'State', description: 'Whether the figures of the period are published.' },
      through: { heading: 'Counted up to', description: 'The period up to whose end what happened counts.' },
      label: { heading: 'What the figures hold', description: 'The published cells that were added up.' },
      wider: { heading: 'More than asked', description: '“yes”: the cells hold more than the direction asked for.' },
    },
    target: {
      figure: { heading: 'Figure', description: 'What is to be reached.' },
      people: { heading: 'Target', description: 'Number of people.' },
      by: { heading: 'By', description: 'Last day.' },
      direction: { heading: 'Direction', description: 'Empty: the whole ministry.' },
      reached: {
        heading: 'Reached',
        description: 'Of all published periods, at the end of the last one that ends by that day.',
      },
      share: { heading: 'Share reached', description: 'Reached ÷ target.' },
      since: { heading: 'Reached with', description: 'The period of entry with which the target is reached.' },
      over: {
        heading: 'Over',
        description: '“yes”: the day is past; “undecided”: it is, but not all figures up to it are published.',
      },
      wider: { heading: 'More than asked', description: '“yes”: the sum holds more than the direction.' },
    },
    unknown: 'undecided',
    atMost: (value) => `at most ${value}`,
    missing: 'Periods without figures',
    wider:
      'The sums hold more than the direction asked for, which is too small in some periods to be shown alone: a column says with whom it is counted. From one period to the next these are not always the same.',
  },
};
