/** What the tables of published cells hold. */
import { column } from './column.ts';
import type { TableSpec } from './publish.ts';

const METRIC = column('metric', 'VARCHAR', 'Nom de la mesure.', 'Name of the metric.');
const PERIOD = column('period', 'VARCHAR', 'Période, par exemple 2021-Q4.', 'Period, such as 2021-Q4.');
const THROUGH = column(
  'through',
  'VARCHAR',
  'Période jusqu’à la fin de laquelle on a compté : pour une cohorte, la dernière publiée.',
  'Period up to whose end things counted: for a cohort the latest one published.',
);
const FIGURE = column('figure', 'VARCHAR', 'Nom du chiffre.', 'Name of the figure.');

export const CELLS: TableSpec = {
  name: 'cells',
  description: {
    fr: 'Cellules publiées : un chiffre d’un groupe pour une période. Aucun groupe plus petit ne s’en déduit.',
    en: 'Published cells: one figure of a group for a period. No smaller group can be computed from them.',
  },
  columns: [
    METRIC,
    PERIOD,
    THROUGH,
    column(
      'breakdown',
      'VARCHAR',
      'Ce que sont les lignes : direction, parcours, service, site, module, ou total (le ministère). Ne pas additionner plusieurs découpages.',
      'What the rows are: direction, parcours, service, site, module, or total (the ministry). Do not add up several breakdowns.',
    ),
    column('holds', 'VARCHAR', 'Ce que contient la cellule, en clair.', 'What the cell holds, in words (French).'),
    column('directions', 'VARCHAR[]', 'Directions qu’elle contient.', 'Directions that it holds.'),
    column('parcours', 'VARCHAR[]', 'Parcours qu’elle contient (IRI).', 'Courses that it holds (IRI).'),
    column('services', 'VARCHAR[]', 'Services qu’elle contient.', 'Services that it holds.'),
    column('sites', 'VARCHAR[]', 'Sites qu’elle contient.', 'Sites that it holds.'),
    column('module', 'VARCHAR', 'Module (IRI), dans ce découpage.', 'Module (IRI), in that breakdown.'),
    column(
      'wider',
      'BOOLEAN',
      'Vrai si elle contient plus que ce qui porte son nom, trop petit pour être seul.',
      'True where it holds more than what it is named by, which is too small to stand alone.',
    ),
    FIGURE,
    column(
      'key',
      'VARCHAR',
      'Pour un chiffre à plusieurs valeurs : laquelle (module, rang à partir de 0) ; sinon vide.',
      'For a figure of several values: which one (module, place from 0); else empty.',
    ),
    column('value', 'DOUBLE', 'Valeur ; vide si elle est retenue.', 'Value; empty where it is withheld.'),
    column(
      'withheld',
      'BOOLEAN',
      'Vrai si trop peu de personnes sont derrière ce chiffre pour le donner.',
      'True where too few people stand behind the figure for it to be given.',
    ),
  ],
};

export const PUBLICATIONS: TableSpec = {
  name: 'publications',
  description: {
    fr: 'Les périodes publiées de chaque mesure, et comment elles ont été calculées.',
    en: 'The published periods of each metric, and how they were computed.',
  },
  columns: [
    METRIC,
    PERIOD,
    THROUGH,
    column('first_day', 'DATE', 'Premier jour de la période.', 'First day of the period.'),
    column('last_day', 'DATE', 'Dernier jour de la période.', 'Last day of the period.'),
    column('minimum', 'INTEGER', 'Nombre minimal de personnes derrière un chiffre.', 'Fewest people behind a figure.'),
    column('time_zone', 'VARCHAR', 'Fuseau des jours et des heures.', 'Time zone of days and hours.'),
    column('settings', 'VARCHAR', 'Réglages du calcul (JSON).', 'Settings of the computation (JSON).'),
    column(
      'as_of',
      'TIMESTAMP',
      'Ce qui était enregistré alors est compté (UTC).',
      'All stored by then is counted (UTC).',
    ),
    column('published_at', 'TIMESTAMP', 'Date de publication (UTC).', 'When it was published (UTC).'),
  ],
};

export const METRIC_TEXTS: TableSpec = {
  name: 'metrics',
  description: { fr: 'Ce que veut dire chaque mesure.', en: 'What each metric means.' },
  columns: [
    METRIC,
    column('title_fr', 'VARCHAR', 'Titre.', 'Title in French.'),
    column('title_en', 'VARCHAR', 'Titre en anglais.', 'Title.'),
    column('definition_fr', 'VARCHAR', 'Définition.', 'Definition in French.'),
    column('definition_en', 'VARCHAR', 'Définition en anglais.', 'Definition.'),
    column('formula_fr', 'VARCHAR', 'Formule.', 'Formula in French.'),
    column('formula_en', 'VARCHAR', 'Formule en anglais.', 'Formula.'),
    column('source', 'VARCHAR', 'D’où vient la définition.', 'Where the definition comes from.'),
  ],
};

export const FIGURE_TEXTS: TableSpec = {
  name: 'figures',
  description: {
    fr: 'Ce que veut dire chaque chiffre. …Margin : demi-largeur de l’intervalle à 95 % ; …Q1, …Median, …Q3 : quartiles.',
    en: 'What each figure means. …Margin: half-width of the 95 % interval; …Q1, …Median, …Q3: quartiles.',
  },
  columns: [
    METRIC,
    FIGURE,
    column('kind', 'VARCHAR', 'Comment il est fait (people, mean, share…).', 'How it is made (people, mean, share…).'),
    column('heading_fr', 'VARCHAR', 'Intitulé.', 'Heading in French.'),
    column('heading_en', 'VARCHAR', 'Intitulé en anglais.', 'Heading.'),
    column('unit_fr', 'VARCHAR', 'Unité.', 'Unit in French.'),
    column('unit_en', 'VARCHAR', 'Unité en anglais.', 'Unit.'),
    column(
      'cap',
      'DOUBLE',
      'Le plus qu’une seule valeur puisse compter.',
      'A single value counts for this much at most.',
    ),
    column('grid', 'DOUBLE', 'Pas de l’arrondi.', 'Rounded to a multiple of this.'),
  ],
};

/** All of them. */
export const CELL_TABLES: readonly TableSpec[] = [CELLS, PUBLICATIONS, METRIC_TEXTS, FIGURE_TEXTS];
