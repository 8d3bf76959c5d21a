/** The words of the pages of packages. */
import type { Bilingual } from '../../web/index.ts';
import type { MoveOn, Unit } from '../course.ts';

interface PackageWords {
  packages: string;
  listLead: string;
  none: string;
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
  back: string;
  start: string;
  mastery: string;
  moveOn: Record<MoveOn, string>;
  launchMethod: Record<Unit['launchMethod'], string | undefined>;
}

export const words: Bilingual<PackageWords> = {
  fr: {
    packages: 'Contenus',
    listLead: 'Les contenus de formation importés, du plus récent au plus ancien.',
    none: 'Aucun contenu pour l’instant. La commande « livret package import » en ajoute un.',
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
    back: 'Tous les contenus',
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
    packages: 'Packages',
    listLead: 'The learning content that was imported, newest first.',
    none: 'No content yet. The command "livret package import" adds some.',
    caption: 'Imported packages',
    title: 'Title',
    format: 'Format',
    version: 'Version',
    units: 'Units',
    size: 'Size',
    imported: 'Imported',
    facts: 'In short',
    course: 'Id of the course',
    files: 'Files',
    description: 'Description',
    structure: 'Course structure',
    objectives: 'Objectives',
    untitled: 'Untitled',
    block: 'Block',
    back: 'All packages',
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
