import type { Bilingual } from '../../../web/index.ts';
import type { Column } from '../columns.ts';

export interface ImportWords {
  title: string;
  lead: string;
  file: string;
  fileHint: string;
  complete: string;
  completeHint: string;
  check: string;
  columnsTitle: string;
  meanings: Record<Column, string>;
  column: string;
  meaning: string;
  preview: { title: string; lead: string };
  result: { title: string; lead: string };
  counts: Record<'new' | 'changed' | 'unchanged' | 'refused' | 'moves' | 'left', string>;
  people: string;
  recognised: string;
  header: string;
  first: string;
  line: string;
  name: string;
  identifier: string;
  place: string;
  roles: string;
  newDirections: string;
  newDirectionsLead: string;
  moves: string;
  from: string;
  to: string;
  refused: string;
  refusedMore: (count: string) => string;
  problem: string;
  left: (provider: string, found: string, of: string) => string;
  leftMissing: (provider: string, found: string, of: string) => string;
  leftClosed: (provider: string, found: string, of: string) => string;
  leftNobody: string;
  leftRefused: { unread: string; tooMany: string };
  leavers: string;
  leaversMore: (count: string) => string;
  force: (count: string) => string;
  confirmHint: string;
  apply: string;
  another: string;
  toPeople: string;
  problems: { none: string; gone: string; tooLarge: string; unreadable: string };
  /** What the import says of lines, in words of the page: pattern and replacement. */
  sentences: readonly (readonly [RegExp, string])[];
}

export const words: Bilingual<ImportWords> = {
  fr: {
    title: 'Importer des personnes',
    lead: 'D’un fichier CSV, vérifié avant que rien ne change.',
    file: 'Fichier CSV',
    fileHint: 'UTF-8 ou Windows-1252, séparé par des points-virgules ou des virgules. 50 Mo au plus.',
    complete: 'Le fichier est complet',
    completeHint:
      'Toutes les personnes de ses fournisseurs y sont : l’affectation de celles qui n’y sont plus prend fin. Rien n’est supprimé.',
    check: 'Vérifier le fichier',
    columnsTitle: 'Colonnes attendues',
    column: 'Colonne',
    meaning: 'Contenu',
    meanings: {
      identifiant: 'Nom du compte de la personne (obligatoire)',
      fournisseur: 'Adresse du fournisseur du compte (obligatoire)',
      nom: 'Nom de famille ; vide : inchangé',
      prenom: 'Prénom ; vide : inchangé',
      courriel: 'Adresse électronique ; vide : inchangée',
      direction: 'Direction (obligatoire)',
      service: 'Service',
      site: 'Site',
      roles: 'agent, tuteur, correspondant, analyste, administrateur ; vide : agent',
      debut: 'Premier jour, 2026-01-31 ou 31/01/2026 ; vide : inconnu',
      fin: 'Dernier jour ; vide : en cours',
    },
    preview: {
      title: 'Ce que l’import changerait',
      lead: 'Rien n’a encore changé. Vérifiez, puis confirmez en bas de la page.',
    },
    result: { title: 'Import terminé', lead: 'Importer le même fichier une seconde fois ne changerait rien.' },
    counts: {
      new: 'Nouvelles',
      changed: 'Modifiées',
      unchanged: 'Inchangées',
      refused: 'Lignes refusées',
      moves: 'Changent d’affectation',
      left: 'Absentes du fichier',
    },
    people: 'Personnes',
    recognised: 'Colonnes reconnues',
    header: 'Dans le fichier',
    first: 'Premières lignes, comme elles sont comprises',
    line: 'Ligne',
    name: 'Nom',
    identifier: 'Identifiant',
    place: 'Affectation',
    roles: 'Rôles',
    newDirections: 'Nouvelles directions',
    newDirectionsLead: 'Elles n’existent pas encore. Une faute de frappe en crée une de trop : vérifiez leurs noms.',
    moves: 'Changements d’affectation',
    from: 'De',
    to: 'À',
    refused: 'Lignes refusées',
    refusedMore: (count) => `${count} autres lignes sont refusées.`,
    problem: 'Ce qui ne va pas',
    left: (provider, found, of) =>
      `${provider} : ${found} personnes sur ${of} ne sont pas dans le fichier : leur affectation prendrait fin.`,
    leftMissing: (provider, found, of) => `${provider} : ${found} personnes sur ${of} ne sont pas dans le fichier.`,
    leftClosed: (provider, found, of) =>
      `${provider} : ${found} personnes sur ${of} n’étaient pas dans le fichier : leur affectation a pris fin.`,
    leftNobody: 'Toutes les personnes de ses fournisseurs sont dans le fichier.',
    leftRefused: {
      unread: 'Leur affectation ne prend pas fin : de certaines lignes on ne sait pas de qui elles parlent.',
      tooMany:
        'Leur affectation ne prend pas fin : c’est plus de 10 % de ce fournisseur, et le fichier est peut-être incomplet.',
    },
    leavers: 'Absentes du fichier : affectation et rôles attribués prendraient fin',
    leaversMore: (count) => `${count} autres sont absentes du fichier.`,
    force: (count) => `Ces ${count} personnes sont vraiment parties : mettre fin à leur affectation`,
    confirmHint: 'À confirmer dans le quart d’heure, une seule fois, par vous seulement.',
    apply: 'Confirmer l’import',
    another: 'Choisir un autre fichier',
    toPeople: 'Voir les personnes',
    problems: {
      none: 'Choisissez un fichier qui n’est pas vide.',
      gone: 'Cette vérification ne compte plus : elle a plus d’un quart d’heure, a déjà servi, ou est celle d’une autre personne. Envoyez de nouveau le fichier.',
      tooLarge: 'Le fichier dépasse 50 Mo.',
      unreadable: 'Le fichier ne peut pas être lu.',
    },
    sentences: [
      [/^is empty$/, 'est vide'],
      [/^is not an absolute URL$/, 'n’est pas une adresse complète (https://…)'],
      [/^is not an e-mail address$/, 'n’est pas une adresse électronique'],
      [/^has an unknown role: (.*)$/s, 'contient un rôle inconnu : $1'],
      [/^is not a date .*$/, 'n’est pas une date (AAAA-MM-JJ ou JJ/MM/AAAA)'],
      [/^is longer than (\d+) characters$/, 'dépasse $1 caractères'],
      [/^has (\d+) cells, not as many as the header$/, '$1 cellules, pas autant que l’en-tête'],
      [
        /^line (\d+) is about the same person: each line needs a start of its own$/,
        'la ligne $1 parle de la même personne : chaque ligne doit avoir son propre début',
      ],
      [/^It ends before it starts\.$/, 'finit avant de commencer'],
      [
        /^It has ended, and without a start it cannot be said which place came first\.$/,
        'est finie, et sans début on ne sait pas quelle affectation vient en premier',
      ],
      [/^These identifiers belong to different people\.$/, 'ces identifiants sont ceux de personnes différentes'],
      [/^It is empty\.$/, 'Il est vide.'],
      [/^This is a workbook, not CSV.*$/, 'C’est un classeur, pas du CSV : enregistrez-le comme « CSV UTF-8 ».'],
      [/^This is UTF-16.*$/, 'C’est de l’UTF-16 : enregistrez-le comme « CSV UTF-8 ».'],
      [/^This is a gzip file.*$/, 'C’est un fichier gzip : décompressez-le d’abord.'],
      [/^It has a line of more than 1 MB\.$/, 'Une de ses lignes dépasse 1 Mo.'],
      [/^Not CSV after line (\d+): (\w+)\.$/, 'Ce n’est plus du CSV après la ligne $1 ($2).'],
      [/^Columns missing: /, 'Colonnes manquantes : '],
      [/^Columns unknown: /, 'Colonnes inconnues : '],
      [/^Columns twice: /, 'Colonnes en double : '],
      [/; unknown: /, ' ; inconnues : '],
      [/; twice: /, ' ; en double : '],
    ],
  },
  en: {
    title: 'Import people',
    lead: 'From a CSV file, checked before anything changes.',
    file: 'CSV file',
    fileHint: 'UTF-8 or Windows-1252, separated by semicolons or commas. At most 50 MB.',
    complete: 'The file is complete',
    completeHint:
      'Everybody of its providers is in it: where those belong who are not in it any more ends. Nothing is deleted.',
    check: 'Check the file',
    columnsTitle: 'Columns that are expected',
    column: 'Column',
    meaning: 'Holds',
    meanings: {
      identifiant: 'Name of the person’s account (needed)',
      fournisseur: 'Address of the provider of the account (needed)',
      nom: 'Family name; empty: as it is',
      prenom: 'Given name; empty: as it is',
      courriel: 'E-mail address; empty: as it is',
      direction: 'Direction (needed)',
      service: 'Service',
      site: 'Site',
      roles: 'agent, tutor, correspondent, analyst, administrator; empty: agent',
      debut: 'First day, 2026-01-31 or 31/01/2026; empty: not known',
      fin: 'Last day; empty: not over',
    },
    preview: {
      title: 'What the import would change',
      lead: 'Nothing has changed yet. Check, then confirm at the bottom of the page.',
    },
    result: { title: 'Import done', lead: 'Importing the same file again would change nothing.' },
    counts: {
      new: 'New',
      changed: 'Changed',
      unchanged: 'Unchanged',
      refused: 'Refused lines',
      moves: 'Move',
      left: 'Not in the file',
    },
    people: 'People',
    recognised: 'Columns as recognised',
    header: 'In the file',
    first: 'First lines, as they are understood',
    line: 'Line',
    name: 'Name',
    identifier: 'Identifier',
    place: 'Place',
    roles: 'Roles',
    newDirections: 'New directions',
    newDirectionsLead: 'They are not there yet. A slip of the pen makes one too many: look at their names.',
    moves: 'Moves',
    from: 'From',
    to: 'To',
    refused: 'Refused lines',
    refusedMore: (count) => `${count} more lines are refused.`,
    problem: 'What is wrong',
    left: (provider, found, of) =>
      `${provider}: ${found} of ${of} people are not in the file: where they belong would end.`,
    leftMissing: (provider, found, of) => `${provider}: ${found} of ${of} people are not in the file.`,
    leftClosed: (provider, found, of) =>
      `${provider}: ${found} of ${of} people were not in the file: where they belong has ended.`,
    leftNobody: 'Everybody of its providers is in the file.',
    leftRefused: {
      unread: 'It does not end for them: of some lines nobody can tell whose they are.',
      tooMany: 'It does not end for them: that is more than 10 % of this provider, and the file may not be whole.',
    },
    leavers: 'Not in the file: where they belong and their granted roles would end',
    leaversMore: (count) => `${count} more are not in the file.`,
    force: (count) => `These ${count} people have really left: end where they belong`,
    confirmHint: 'To be confirmed within a quarter of an hour, once, and by you only.',
    apply: 'Confirm the import',
    another: 'Choose another file',
    toPeople: 'See the people',
    problems: {
      none: 'Choose a file that is not empty.',
      gone: 'This check counts no more: it is older than a quarter of an hour, was used already, or is somebody else’s. Send the file again.',
      tooLarge: 'The file has more than 50 MB.',
      unreadable: 'The file cannot be read.',
    },
    sentences: [],
  },
};

/** What the import says of a line or of the file, in the language of the page. */
export const sayIn = (sentences: ImportWords['sentences'], sentence: string): string =>
  sentences.reduce((said, [pattern, replacement]) => said.replace(pattern, replacement), sentence);
