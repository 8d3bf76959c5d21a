import { type Bilingual, formatNumber } from '../../../web/index.ts';
import type { UnitKind } from '../../directory/index.ts';

export interface DirectionWords {
  title: string;
  lead: string;
  summary: string;
  none: { title: string; text: string };
  kinds: Record<UnitKind, string>;
  people: (count: number) => string;
  withBelow: (count: string) => string;
  counted: string;
  caption: string;
  columns: { name: string; kind: string; people: string };
  seePeople: string;
  parent: { title: string; label: string; hint: string; top: string; submit: string };
  add: { title: string; kind: string; name: string; submit: string; above: string };
  addTop: string;
  done: { added: string; moved: string };
  problems: Record<string, string>;
}

export const words: Bilingual<DirectionWords> = {
  fr: {
    title: 'Directions',
    lead: 'Les directions, avec le nombre de personnes qui s’y trouvent aujourd’hui.',
    summary: 'L’arbre des directions, de leurs services et de leurs sites, avec leurs effectifs.',
    none: {
      title: 'Aucune direction pour l’instant',
      text: 'Elles arrivent avec l’import des personnes, ou un administrateur les ajoute.',
    },
    kinds: { direction: 'Direction', service: 'Service', site: 'Site' },
    people: (count) => `${formatNumber('fr', count)} ${count < 2 ? 'personne' : 'personnes'}`,
    withBelow: (count) => `${count} avec ce qui est en dessous`,
    counted: 'Effectifs comptés le',
    caption: 'Ce qui en fait partie',
    columns: { name: 'Nom', kind: 'Type', people: 'Personnes' },
    seePeople: 'Voir les personnes',
    parent: {
      title: 'Place dans l’arbre',
      label: 'Direction au-dessus',
      hint: 'Qui a un rôle dans la direction au-dessus l’a aussi dans celle-ci.',
      top: 'Aucune : en haut de l’arbre',
      submit: 'Changer la place',
    },
    add: { title: 'Ajouter', kind: 'Type', name: 'Nom', submit: 'Ajouter', above: 'Direction au-dessus' },
    addTop: 'Ajouter une direction',
    done: { added: 'L’unité est ajoutée.', moved: 'La direction a changé de place.' },
    problems: {
      'direction.exists': 'Cette direction, ce service ou ce site existe déjà.',
      'direction.name': 'Donnez un nom de 200 caractères au plus.',
      'direction.parent': 'Elle ne peut pas être là : une direction n’est jamais en dessous d’elle-même.',
      'direction.unknown': 'Choisissez une direction de la liste.',
    },
  },
  en: {
    title: 'Directions',
    lead: 'The directions, with how many people are there today.',
    summary: 'The tree of directions, their services and their sites, with headcounts.',
    none: { title: 'No directions yet', text: 'They come with the import of people, or an administrator adds them.' },
    kinds: { direction: 'Direction', service: 'Service', site: 'Site' },
    people: (count) => `${formatNumber('en', count)} ${count === 1 ? 'person' : 'people'}`,
    withBelow: (count) => `${count} with what is below`,
    counted: 'Counted on',
    caption: 'What is part of it',
    columns: { name: 'Name', kind: 'Kind', people: 'People' },
    seePeople: 'See the people',
    parent: {
      title: 'Where it stands in the tree',
      label: 'Direction above',
      hint: 'Who has a role in the direction above has it in this one as well.',
      top: 'None: at the top of the tree',
      submit: 'Change its place',
    },
    add: { title: 'Add', kind: 'Kind', name: 'Name', submit: 'Add', above: 'Direction above' },
    addTop: 'Add a direction',
    done: { added: 'The unit is added.', moved: 'The direction has changed its place.' },
    problems: {
      'direction.exists': 'That direction, service or site is there already.',
      'direction.name': 'Give a name of at most 200 characters.',
      'direction.parent': 'It cannot stand there: a direction is never below itself.',
      'direction.unknown': 'Choose a direction of the list.',
    },
  },
};
