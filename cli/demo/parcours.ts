/** The parcours of the demonstration and their modules: office software, about an hour a module. */
import type { record } from '../../lrs/profile/index.ts';

const ACTIVITIES = 'https://contenus.demo.example';

type Words = readonly [path: string, fr: string, en: string];

export interface Parcours extends record.Named {
  modules: readonly Module[];
}

export interface Module extends record.Module {
  isAssessment: boolean;
}

const ASSESSMENT = 'evaluation';
const LAST: Words = [ASSESSMENT, 'Évaluation finale', 'Final assessment'];

function parcours([path, fr, en]: Words, modules: readonly Words[]): Parcours {
  const id = `${ACTIVITIES}/${path}`;
  return {
    id,
    name: { fr, en },
    modules: [...modules, LAST].map(([own, french, english]) => ({
      id: `${id}/${own}`,
      name: { fr: `${fr} : ${french}`, en: `${en}: ${english}` },
      isAssessment: own === ASSESSMENT,
    })),
  };
}

/** The first one is what most begin with. */
export const PARCOURS: readonly Parcours[] = [
  parcours(
    ['bureautique', 'Bureautique', 'Office software'],
    [
      ['poste-de-travail', 'le poste de travail', 'the workstation'],
      ['traitement-de-texte', 'le traitement de texte', 'word processing'],
      ['tableur', 'le tableur', 'spreadsheets'],
      ['messagerie-et-agenda', 'la messagerie et l’agenda', 'mail and calendar'],
      ['presentation', 'la présentation', 'slides'],
      ['fichiers-partages', 'les fichiers partagés', 'shared files'],
    ],
  ),
  parcours(
    ['traitement-de-texte', 'Traitement de texte', 'Word processing'],
    [
      ['mise-en-page', 'mise en page', 'page layout'],
      ['styles', 'styles et table des matières', 'styles and table of contents'],
      ['tableaux', 'tableaux et images', 'tables and pictures'],
      ['publipostage', 'publipostage', 'mail merge'],
      ['revision', 'révision à plusieurs', 'reviewing together'],
      ['courrier', 'la note et le courrier administratifs', 'official notes and letters'],
    ],
  ),
  parcours(
    ['tableur', 'Tableur', 'Spreadsheets'],
    [
      ['formules', 'formules', 'formulas'],
      ['filtres', 'listes et filtres', 'lists and filters'],
      ['graphiques', 'graphiques', 'charts'],
      ['tableaux-croises', 'tableaux croisés', 'pivot tables'],
      ['import-de-donnees', 'importer des données', 'bringing in data'],
      ['controles', 'contrôles et protection', 'checks and protection'],
    ],
  ),
  parcours(
    ['messagerie', 'Messagerie et agenda', 'Mail and calendar'],
    [
      ['courriels', 'écrire des courriels utiles', 'writing useful mail'],
      ['classement', 'classer et retrouver', 'filing and finding'],
      ['agenda', 'l’agenda partagé', 'the shared calendar'],
      ['reunions', 'préparer une réunion', 'preparing a meeting'],
      ['absences', 'absences et délégations', 'absence and delegation'],
      ['surete', 'reconnaître un courriel frauduleux', 'recognising a fraudulent mail'],
    ],
  ),
];
