/** The words of the pages of packages. */
import type { Bilingual } from '../../web/index.ts';
import type { MoveOn, Unit } from '../course.ts';

interface PackageWords {
  packages: string;
  listLead: string;
  none: string;
  noneLead: string;
  noneYet: string;
  /** Stands for the name of a file. */
  file: string;
  caption: string;
  title: string;
  format: string;
  version: string;
  units: string;
  size: string;
  imported: string;
  facts: string;
  course: string;
  files: string;
  description: string;
  structure: string;
  objectives: string;
  untitled: string;
  block: string;
  start: string;
  mastery: string;
  moveOn: Record<MoveOn, string>;
  launchMethod: Record<Unit['launchMethod'], string | undefined>;
}

export const words: Bilingual<PackageWords> = {
  fr: {
    packages: 'Contenus',
    listLead: 'Les contenus de formation importés, du plus récent au plus ancien.',
    none: 'Aucun contenu pour l’instant',
    noneLead: 'Ajoutez-en depuis la console du serveur\u00a0:',
    noneYet: 'Ils apparaîtront ici dès qu’un administrateur en aura ajouté.',
    file: 'FICHIER',
    caption: 'Contenus importés',
    title: 'Titre',
    format: 'Format',
    version: 'Version',
    units: 'Unités',
    size: 'Taille',
    imported: 'Importé le',
    facts: 'En bref',
    course: 'Identifiant du cours',
    files: 'Fichiers',
    description: 'Description',
    structure: 'Structure du cours',
    objectives: 'Objectifs',
    untitled: 'Sans titre',
    block: 'Bloc',
    start: 'Départ\u00a0:',
    mastery: 'seuil',
    moveOn: {
      NotApplicable: 'sans condition',
      Passed: 'à réussir',
      Completed: 'à achever',
      CompletedAndPassed: 'à achever et à réussir',
      CompletedOrPassed: 'à achever ou à réussir',
    },
    launchMethod: { AnyWindow: undefined, OwnWindow: 'dans sa propre fenêtre' },
  },
  en: {
    packages: 'Learning content',
    listLead: 'The learning content that was imported, the newest first.',
    none: 'No content yet',
    noneLead: 'Add some at the console of the server:',
    noneYet: 'They will be here as soon as an administrator has added some.',
    file: 'FILE',
    caption: 'Imported content',
    title: 'Title',
    format: 'Format',
    version: 'Version',
    units: 'Units',
    size: 'Size',
    imported: 'Imported',
    facts: 'At a glance',
    course: 'Course identifier',
    files: 'Files',
    description: 'Description',
    structure: 'Course structure',
    objectives: 'Objectives',
    untitled: 'Untitled',
    block: 'Block',
    start: 'Start:',
    mastery: 'mastery score',
    moveOn: {
      NotApplicable: 'no condition',
      Passed: 'to pass',
      Completed: 'to complete',
      CompletedAndPassed: 'to complete and pass',
      CompletedOrPassed: 'to complete or pass',
    },
    launchMethod: { AnyWindow: undefined, OwnWindow: 'in a window of its own' },
  },
};
