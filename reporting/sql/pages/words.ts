/** The words of the SQL pages. */
import { type Bilingual, formatBytes, formatNumber } from '../../../web/index.ts';
import { MOST_ROWS } from '../../exports/index.ts';
import { MOST_CELLS } from '../file-process.ts';
import { type KeepProblem, LONGEST_NAME, LONGEST_SQL, MOST_KEPT, type Over } from '../kept/index.ts';
import { MOST } from '../sql.ts';
import type { Drawn } from './drawing.ts';
import type { Why } from './failures.ts';

interface SqlWords {
  title: Record<Over, string>;
  lead: Record<Over, string>;
  elsewhere: Record<Over, string>;
  noted: { title: string; text: string };
  query: string;
  hint: string;
  chart: string;
  charts: Record<Drawn, string>;
  run: string;
  byKey: string;
  missing: string;
  refused: Record<Why, string>;
  place(line: string, column: string): string;
  result: string;
  rowCount(count: string, milliseconds: string): string;
  shownFirst(shown: string): string;
  shownColumns(shown: string, count: string): string;
  truncated(count: string): string;
  noRows: string;
  isTrue: string;
  isFalse: string;
  chartTitle(series: string, label: string): string;
  chartDescription(rows: number): string;
  download: string;
  again: string;
  shareLink: string;
  tooLongToShare(limit: string): string;
  fileTitle: Record<Over, string>;
  fileNotes: Record<'query' | 'rows' | 'when', string>;
  schema: string;
  schemaLead: Record<Over, string>;
  wholeFile: string;
  examples: string;
  kept: {
    title: string;
    none: string;
    name: string;
    edit: string;
    editOf(name: string): string;
    keep: string;
    keepTitle: string;
    nameHint: string;
    sql: string;
    replace(name: string): string;
    renameTitle(name: string): string;
    rename: string;
    remove: string;
    removeLead: string;
    cancel: string;
    open: string;
    /** Instead of the problem, where the page shows what is kept now. */
    changedNow: string;
  };
  problems: Record<KeepProblem, string>;
}

const number: Bilingual<(value: number) => string> = {
  fr: (value) => formatNumber('fr', value, 0),
  en: (value) => formatNumber('en', value, 0),
};

export const words: Bilingual<SqlWords> = {
  fr: {
    title: { cells: 'Requêtes SQL', rows: 'Requêtes SQL sur les lignes de personnes' },
    lead: {
      cells: 'Les chiffres publiés, interrogés en SQL. Quoi que l’on combine, ils ne désignent personne.',
      rows: 'Les séances, les heures et les parcours de chaque personne, sous pseudonyme.',
    },
    elsewhere: { cells: 'Interroger les chiffres publiés', rows: 'Interroger les lignes de personnes' },
    noted: {
      title: 'Chaque requête est notée',
      text: 'Ces lignes peuvent désigner quelqu’un à qui le connaît. Chaque exécution et chaque fichier sont notés pour toujours\u00a0: qui, quand, le texte de la requête, le nombre de lignes. Une requête ne s’exécute que d’ici, jamais par un lien.',
    },
    query: 'Requête',
    hint: 'Un seul SELECT, dans le dialecte de DuckDB.',
    chart: 'Graphique',
    charts: { bars: 'Barres', lines: 'Lignes', none: 'Aucun' },
    run: 'Exécuter',
    byKey: 'Ou Ctrl + Entrée dans la requête.',
    missing: 'Écrivez une requête, par exemple\u00a0: FROM publications',
    refused: {
      statement: 'Une seule instruction SELECT à la fois, sans paramètre.',
      refused: 'La base de données refuse cette requête.',
      tooLong:
        'La requête a été arrêtée\u00a0: elle a pris plus de temps qu’il ne lui en est donné. Restreignez-la, ou téléchargez le fichier.',
      tooLarge:
        'La requête a été arrêtée\u00a0: elle a pris plus de mémoire qu’il ne lui en est donné. Restreignez-la, ou téléchargez le fichier.',
      tooManyColumns: 'Le résultat a trop de colonnes (1\u202f000 au plus). Nommez celles qu’il vous faut.',
      busy: 'Trop de requêtes s’exécutent en ce moment. Réessayez dans quelques secondes.',
      tooManyRows: `Un classeur contient au plus ${number.fr(MOST_ROWS)} lignes et ${number.fr(MOST_CELLS)} cases. Choisissez CSV ou Parquet, ou restreignez la requête.`,
    },
    place: (line, column) => `Ligne ${line}, colonne ${column}.`,
    result: 'Résultat',
    rowCount: (count, milliseconds) => `${count} en ${milliseconds}\u00a0ms`,
    shownFirst: (shown) => `Les ${shown} premières lignes sont affichées\u00a0; les fichiers les contiennent toutes.`,
    shownColumns: (shown, count) =>
      `Les ${shown} premières colonnes sur ${count} sont affichées\u00a0; les fichiers les contiennent toutes.`,
    truncated: (count) =>
      `Le résultat est coupé à ${count} lignes (au plus ${number.fr(MOST.rows)} lignes et ${formatBytes('fr', MOST.bytes)})\u00a0: il y en avait davantage, et les fichiers sont coupés de même.`,
    noRows: 'La requête n’a donné aucune ligne.',
    isTrue: 'vrai',
    isFalse: 'faux',
    chartTitle: (series, label) => `${series} selon ${label}`,
    chartDescription: (rows) => `Les ${rows} lignes du tableau ci-dessous.`,
    download: 'Télécharger ce résultat\u00a0:',
    again: 'La requête est exécutée à nouveau pour le fichier, et notée.',
    shareLink: 'Lien vers cette requête',
    tooLongToShare: (limit) =>
      `Cette requête est trop longue pour tenir dans une adresse (${limit} caractères, codage compris)\u00a0: gardez-la sous un nom, ou envoyez son texte.`,
    fileTitle: { cells: 'Requête sur les chiffres publiés', rows: 'Requête sur les lignes de personnes' },
    fileNotes: { query: 'Requête', rows: 'Lignes', when: 'Exécutée le' },
    schema: 'Tables et colonnes',
    schemaLead: {
      cells: 'Les mêmes chiffres que dans les rapports, pour les directions que vous voyez.',
      rows: 'Une personne garde son pseudonyme un trimestre.',
    },
    wholeFile: 'Télécharger toutes les tables (fichier DuckDB)',
    examples: 'Exemples',
    kept: {
      title: 'Mes requêtes',
      none: 'Vous n’avez gardé aucune requête. Exécutez-en une, puis donnez-lui un nom.',
      name: 'Nom',
      edit: 'Modifier',
      editOf: (name) => `Modifier «\u00a0${name}\u00a0»\u00a0: renommer ou supprimer`,
      keep: 'Garder la requête',
      keepTitle: 'Garder une requête',
      nameHint: `De 1 à ${LONGEST_NAME} caractères. Vous seul voyez vos requêtes.`,
      sql: 'Texte de la requête',
      replace: (name) => `Remplacer «\u00a0${name}\u00a0»`,
      renameTitle: (name) => `Requête «\u00a0${name}\u00a0»`,
      rename: 'Renommer',
      remove: 'Supprimer',
      removeLead: 'Une requête supprimée ne se rétablit pas.',
      cancel: 'Annuler',
      open: 'Ouvrir la requête',
      changedNow:
        'Cette requête a été changée entre-temps, peut-être dans un autre onglet\u00a0: la voici telle qu’elle est gardée.',
    },
    problems: {
      name: `Donnez un nom de 1 à ${LONGEST_NAME} caractères.`,
      nameTaken: 'Vous avez déjà une requête de ce nom. Donnez-en un autre, ou ouvrez-la pour la remplacer.',
      sqlMissing: 'Écrivez une requête avant de la garder.',
      sqlText: 'La requête contient un caractère qui n’en est pas un.',
      sqlTooLong: `Une requête gardée contient au plus ${number.fr(LONGEST_SQL)} caractères.`,
      tooMany: `Vous gardez déjà ${number.fr(MOST_KEPT)} requêtes\u00a0: supprimez-en une d’abord.`,
      changed:
        'Cette requête a été changée entre-temps, peut-être dans un autre onglet. Gardez la vôtre sous un autre nom, ou ouvrez celle qui est gardée.',
      gone: 'Cette requête n’existe plus. Gardez la vôtre sous un nom.',
    },
  },
  en: {
    title: { cells: 'SQL queries', rows: 'SQL queries over rows of people' },
    lead: {
      cells: 'The published figures, asked in SQL. Whatever is combined, they single nobody out.',
      rows: 'Sessions, hours and courses of each person, under pseudonyms.',
    },
    elsewhere: { cells: 'Ask the published figures', rows: 'Ask the rows of people' },
    noted: {
      title: 'Each query is noted',
      text: 'These rows can point to somebody for whoever knows them. Each run and each file is noted for good: who, when, the text of the query, how many rows. A query is run from here alone, never by a link.',
    },
    query: 'Query',
    hint: 'A single SELECT, in the dialect of DuckDB.',
    chart: 'Chart',
    charts: { bars: 'Bars', lines: 'Lines', none: 'None' },
    run: 'Run',
    byKey: 'Or Ctrl + Enter in the query.',
    missing: 'Write a query, for example: FROM publications',
    refused: {
      statement: 'A single SELECT statement at a time, without parameters.',
      refused: 'The database refuses this query.',
      tooLong: 'The query was ended: it took longer than it is given. Narrow it down, or download the file.',
      tooLarge: 'The query was ended: it took more memory than it is given. Narrow it down, or download the file.',
      tooManyColumns: 'The result has too many columns (1,000 at most). Name those that you need.',
      busy: 'Too many queries are running at the moment. Try again in a few seconds.',
      tooManyRows: `A workbook holds ${number.en(MOST_ROWS)} rows and ${number.en(MOST_CELLS)} cells at most. Choose CSV or Parquet, or narrow the query down.`,
    },
    place: (line, column) => `Line ${line}, column ${column}.`,
    result: 'Result',
    rowCount: (count, milliseconds) => `${count} in ${milliseconds}\u00a0ms`,
    shownFirst: (shown) => `The first ${shown} rows are shown; the files hold all of them.`,
    shownColumns: (shown, count) => `The first ${shown} of ${count} columns are shown; the files hold all of them.`,
    truncated: (count) =>
      `The result is cut at ${count} rows (${number.en(MOST.rows)} rows and ${formatBytes('en', MOST.bytes)} at most): there were more, and the files are cut as well.`,
    noRows: 'The query has given no rows.',
    isTrue: 'true',
    isFalse: 'false',
    chartTitle: (series, label) => `${series} by ${label}`,
    chartDescription: (rows) => `The ${rows} rows of the table below.`,
    download: 'Download this result:',
    again: 'The query is run again for the file, and noted.',
    shareLink: 'Link to this query',
    tooLongToShare: (limit) =>
      `This query is too long to fit into an address (${limit} characters, encoded): keep it by a name, or send its text.`,
    fileTitle: { cells: 'Query over the published figures', rows: 'Query over rows of people' },
    fileNotes: { query: 'SQL query', rows: 'Rows', when: 'Run on' },
    schema: 'Tables and columns',
    schemaLead: {
      cells: 'The same figures as in the reports, for the directions that you see.',
      rows: 'A person keeps their pseudonym for a quarter.',
    },
    wholeFile: 'Download all tables (DuckDB file)',
    examples: 'Examples to try',
    kept: {
      title: 'My queries',
      none: 'You have kept no query. Run one, then give it a name.',
      name: 'Name',
      edit: 'Edit',
      editOf: (name) => `Edit “${name}”: rename or delete`,
      keep: 'Keep the query',
      keepTitle: 'Keep a query',
      nameHint: `1 to ${LONGEST_NAME} characters. Only you see your queries.`,
      sql: 'Text of the query',
      replace: (name) => `Replace “${name}”`,
      renameTitle: (name) => `Query “${name}”`,
      rename: 'Rename',
      remove: 'Delete',
      removeLead: 'A deleted query cannot be brought back.',
      cancel: 'Cancel',
      open: 'Open the query',
      changedNow: 'This query was changed meanwhile, perhaps in another tab: here it is as it is kept now.',
    },
    problems: {
      name: `Give a name of 1 to ${LONGEST_NAME} characters.`,
      nameTaken: 'You have a query of that name already. Give another one, or open it to replace it.',
      sqlMissing: 'Write a query before you keep it.',
      sqlText: 'The query holds what is no character of a text.',
      sqlTooLong: `A kept query holds ${number.en(LONGEST_SQL)} characters at most.`,
      tooMany: `You keep ${number.en(MOST_KEPT)} queries already: delete one first.`,
      changed:
        'This query was changed meanwhile, perhaps in another tab. Keep yours by another name, or open the one that is kept.',
      gone: 'This query is no more. Keep yours by a name.',
    },
  },
};

export const rowsOf = {
  fr: (count: number) => (count > 1 ? 'lignes' : 'ligne'),
  en: (count: number) => (count === 1 ? 'row' : 'rows'),
};
