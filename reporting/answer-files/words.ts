/** The words of answers written as files. */
import type { Bilingual } from '../../web/index.ts';
import type { FigureSpec } from '../metrics/metric.ts';

export type HoldsColumn =
  | 'period'
  | 'scope'
  | 'label'
  | 'directions'
  | 'parcours'
  | 'services'
  | 'sites'
  | 'module'
  | 'moduleName'
  | 'headcount'
  | 'wider'
  | 'nobody'
  | 'withheld'
  | 'comparison'
  | 'labelEarlier';

interface Words {
  columns: Record<HoldsColumn | 'key' | 'place' | 'count', { heading: string; description: string }>;
  /** What people read in the column « scope ». */
  scopes: Record<'cell' | 'ministry', string>;
  /** What kind of figure a column holds. */
  kinds: Record<FigureSpec['kind'], string>;
  margin: string;
  capped(cap: string): string;
  stepped(grid: string): string;
  notes: Record<
    'report' | 'asOf' | 'followed' | 'period' | 'rows' | 'minimum' | 'publishedAt' | 'state' | 'compared' | 'changed',
    string
  >;
  through(period: string): string;
  caps: string;
  grids: string;
  withheld(minimum: number): string;
}

export const words: Bilingual<Words> = {
  fr: {
    columns: {
      period: { heading: 'Période', description: 'La période dont sont les chiffres.' },
      scope: {
        heading: 'Portée',
        description: 'Une ligne du rapport, ou l’ensemble du ministère (pour les programmes : « cell », « ministry »).',
      },
      label: { heading: 'Ce que contient la ligne', description: 'Les directions, parcours… que réunit la ligne.' },
      directions: { heading: 'Directions', description: 'Les directions que contient la ligne, séparées par « ; ».' },
      parcours: { heading: 'Parcours', description: 'Les parcours que contient la ligne (IRI), séparés par « ; ».' },
      services: { heading: 'Services', description: 'Les services que contient la ligne, séparés par « ; ».' },
      sites: { heading: 'Sites', description: 'Les sites que contient la ligne, séparés par « ; ».' },
      module: { heading: 'Module', description: 'Le module dont il s’agit (IRI).' },
      moduleName: { heading: 'Nom', description: 'Le nom de ce dont la colonne « key » donne l’IRI.' },
      headcount: {
        heading: 'Effectif',
        description: 'Combien de personnes ont les directions de la ligne, d’après les effectifs importés.',
      },
      wider: {
        heading: 'Plus que demandé',
        description:
          '« oui » : la ligne contient plus que ce qui était demandé, qui est trop petit pour être montré seul.',
      },
      nobody: { heading: 'Aucun contributeur', description: '« oui » : personne de cette ligne n’a contribué.' },
      withheld: {
        heading: 'Chiffres retenus',
        description: 'Les chiffres qui manquent parce que trop peu de personnes sont derrière eux.',
      },
      comparison: {
        heading: 'Comparaison',
        description: 'Ce qu’il faut savoir de la comparaison, ou pourquoi il n’y en a pas.',
      },
      labelEarlier: { heading: 'Comparé à', description: 'Ce que contenait la ligne dans la période antérieure.' },
      key: { heading: 'Clé', description: 'Ce dont est le nombre (IRI).' },
      place: { heading: 'Classe', description: 'La classe, à partir de 0.' },
      count: { heading: 'Nombre', description: 'Combien ont cette clé, ou sont dans cette classe.' },
    },
    scopes: { cell: 'ligne', ministry: 'ministère' },
    kinds: {
      people: 'Nombre d’unités avec assez de données (voir « Unité »).',
      sum: 'Somme sur les unités.',
      mean: 'Moyenne sur les unités.',
      quartiles: 'Quartile des valeurs des unités.',
      count: 'Nombre d’unités pour lesquelles c’est le cas.',
      share: 'Un nombre de ce tableau rapporté à un autre.',
      tally: 'Nombre d’unités par clé.',
      histogram: 'Nombre d’unités par classe.',
    },
    margin: 'Demi-largeur de l’intervalle de confiance à 95\u00a0%.',
    capped: (cap) => `Une valeur seule compte au plus pour ${cap}.`,
    stepped: (grid) => `Arrondi au multiple de ${grid} le plus proche.`,
    notes: {
      report: 'Rapport',
      asOf: 'Données au',
      followed: 'Rapports à jour au',
      period: 'Période',
      rows: 'Lignes par',
      minimum: 'Effectif minimal (k)',
      publishedAt: 'Publié le',
      state: 'État',
      compared: 'Comparé à la période',
      changed: 'Réglages différents pour cette période',
    },
    through: (period) => `compté jusqu’à la fin de la période\u00a0: ${period}`,
    caps: 'Valeurs plafonnées à',
    grids: 'Quartiles arrondis au pas de',
    withheld: (minimum) => `Quartiles et histogrammes à partir de ${minimum} personnes.`,
  },
  en: {
    columns: {
      period: { heading: 'Period', description: 'The period that the figures are of.' },
      scope: {
        heading: 'Scope',
        description: 'A row of the report, or the whole ministry (for programs: “cell”, “ministry”).',
      },
      label: { heading: 'What the row holds', description: 'The directions, courses … that the row holds together.' },
      directions: { heading: 'Directions', description: 'Directions that the row holds, separated by “;”.' },
      parcours: { heading: 'Course', description: 'Courses that the row holds (IRIs), separated by “;”.' },
      services: { heading: 'Services', description: 'Services that the row holds, separated by “;”.' },
      sites: { heading: 'Sites', description: 'Sites that the row holds, separated by “;”.' },
      module: { heading: 'Module', description: 'Which module it is about (IRI).' },
      moduleName: { heading: 'Name', description: 'The name of what the column “key” gives the IRI of.' },
      headcount: {
        heading: 'Headcount',
        description: 'How many people the directions of the row have, by the imported headcounts.',
      },
      wider: {
        heading: 'More than asked',
        description: '“yes”: the row holds more than was asked for, which is too small to be shown alone.',
      },
      nobody: { heading: 'Nobody', description: '“yes”: nobody of this row has contributed.' },
      withheld: {
        heading: 'Figures kept back',
        description: 'The figures that are missing because too few people stand behind them.',
      },
      comparison: {
        heading: 'Comparison',
        description: 'What is to be known of the comparison, or why there is none.',
      },
      labelEarlier: { heading: 'Compared with', description: 'What the row held in the earlier period.' },
      key: { heading: 'Key', description: 'What the number is of (IRI).' },
      place: { heading: 'Class', description: 'The class, from 0.' },
      count: { heading: 'Number', description: 'How many have this key, or are in this class.' },
    },
    scopes: { cell: 'row', ministry: 'ministry' },
    kinds: {
      people: 'Number of units with enough data (see “Unit”).',
      sum: 'Sum over the units.',
      mean: 'Mean over the units.',
      quartiles: 'Quartile of the values of the units.',
      count: 'Number of units of which it is true.',
      share: 'One number of this table over another one.',
      tally: 'Number of units by key.',
      histogram: 'Number of units by class.',
    },
    margin: 'Half the width of the 95% confidence interval.',
    capped: (cap) => `A single value counts for ${cap} at most.`,
    stepped: (grid) => `Rounded to the nearest multiple of ${grid}.`,
    notes: {
      report: 'Report',
      asOf: 'Data as of',
      followed: 'Reports up to date as of',
      period: 'Period',
      rows: 'Rows by',
      minimum: 'Minimum group size (k)',
      publishedAt: 'Published on',
      state: 'State',
      compared: 'Compared with the period',
      changed: 'Other settings in that period',
    },
    through: (period) => `counted up to the end of ${period}`,
    caps: 'Values capped at',
    grids: 'Quartiles rounded in steps of',
    withheld: (minimum) => `Quartiles and histograms from ${minimum} people on.`,
  },
};
