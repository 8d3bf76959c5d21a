import type { Bilingual } from '../../../web/index.ts';
import { type Change, placeText, type Role } from '../../directory/index.ts';

/** `name`: of a role. */
type ChangeWords = {
  [Each in Change['what']]: (change: Extract<Change, { what: Each }>, name: (role: Role) => string) => string;
};

export interface PeopleWords {
  title: string;
  lead: string;
  summary: string;
  mine: { title: string; summary: string };
  search: string;
  caption: (count: number) => string;
  columns: { name: string; direction: string; service: string; site: string; state: string };
  direction: string;
  allDirections: string;
  show: string;
  next: string;
  goOn: string;
  none: { title: string; text: string };
  nobodyYet: { title: string; text: string };
  cutShort: string;
  nameless: string;
  left: string;
  toPlace: string;
  import: string;
  person: {
    email: string;
    place: string;
    noPlace: string;
    roles: string;
    memberships: string;
    from: string;
    to: string;
    always: string;
    still: string;
    everywhere: string;
    grants: string;
    grant: string;
    grantLead: string;
    pick: string;
    role: string;
    grantDirection: string;
    grantDirectionHint: string;
    revoke: string;
    move: string;
    identifiers: string;
    identifiersLead: string;
    kind: string;
    kinds: { account: string; mbox: string; mbox_sha1sum: string; openid: string };
    value: string;
    valueHint: string;
    homePage: string;
    homePageHint: string;
    addIdentifier: string;
    remove: string;
    identifier: string;
    merges: string;
    merge: string;
    statements: string;
    mergedAt: string;
    undone: string;
    unmerge: string;
    history: string;
    when: string;
    who: string;
    what: string;
  };
  /** What somebody is told of themselves. */
  own: {
    accounts: string;
    of: string;
    noAccount: string;
    noPlace: string;
    nobody: string;
    byProvider: string;
  };
  waiting: {
    title: string;
    lead: string;
    summary: string;
    sent: string;
    provider: string;
    since: string;
    place: string;
    placeOf: (name: string) => string;
    none: { title: string; text: string };
    caption: (count: number) => string;
    more: string;
  };
  placing: {
    title: (name: string) => string;
    lead: string;
    sent: (sent: string) => string;
    choose: string;
    direction: string;
    pick: string;
    unit: string;
    submit: string;
  };
  merging: {
    title: (name: string) => string;
    lead: string;
    search: string;
    caption: string;
    compare: string;
    compareOf: (name: string) => string;
    confirmTitle: (from: string, into: string) => string;
    rules: string[];
    comparison: string;
    fact: string;
    stays: string;
    goes: string;
    identifiers: string;
    submit: string;
    cancel: string;
  };
  by: { import: string; console: string; link: string; key: string; sso: (provider: string) => string };
  changes: ChangeWords;
  done: Record<Done, string>;
  problems: Record<string, string>;
}

/** What was just done, as the address says it. */
export const DONE = ['placed', 'granted', 'revoked', 'added', 'removed', 'merged', 'unmerged'] as const;
export type Done = (typeof DONE)[number];

export const words: Bilingual<PeopleWords> = {
  fr: {
    title: 'Personnes',
    lead: 'Qui suit une formation, où, et avec quel rôle.',
    summary: 'Rechercher une personne, voir sa direction et ses rôles.',
    mine: { title: 'Ma fiche', summary: 'Ce que Livret sait de vous : direction, rôles.' },
    search: 'Rechercher par nom, identifiant ou adresse électronique',
    caption: (count) => (count === 1 ? 'Une personne' : `${count} personnes sur cette page`),
    columns: { name: 'Nom', direction: 'Direction', service: 'Service', site: 'Site', state: 'Situation' },
    direction: 'Direction',
    allDirections: 'Toutes les directions',
    show: 'Afficher',
    next: 'Page suivante',
    goOn: 'Continuer la recherche',
    none: { title: 'Personne ne correspond', text: 'Vérifiez l’orthographe, ou ne tapez que le début du nom.' },
    nobodyYet: {
      title: 'Personne pour l’instant',
      text: 'Les personnes arrivent par un import, ou quand elles se connectent pour la première fois.',
    },
    cutShort:
      'Personne parmi les premiers milliers de noms qui commencent ainsi. Tapez le nom en entier, un identifiant ou une adresse électronique, ou continuez la recherche.',
    nameless: '(sans nom)',
    left: 'Partie',
    toPlace: 'À placer',
    import: 'Importer des personnes',
    person: {
      email: 'Adresse électronique',
      place: 'Affectation',
      noPlace: 'Aucune',
      roles: 'Rôles',
      memberships: 'Affectations',
      from: 'Du',
      to: 'Au',
      always: 'Depuis toujours',
      still: 'En cours',
      everywhere: 'Partout',
      grants: 'Rôles attribués',
      grant: 'Attribuer un rôle',
      grantLead: 'En plus des rôles de l’affectation, et sans prendre fin avec elle.',
      pick: 'Choisir',
      role: 'Rôle',
      grantDirection: 'Direction',
      grantDirectionHint: 'Le rôle vaut aussi pour tout ce qui est en dessous d’elle.',
      revoke: 'Retirer',
      move: 'Changer l’affectation',
      identifiers: 'Identifiants',
      identifiersLead: 'Les traces d’apprentissage enregistrées sous l’un d’eux sont celles de cette personne.',
      kind: 'Type',
      kinds: {
        account: 'Compte',
        mbox: 'Adresse électronique',
        mbox_sha1sum: 'Empreinte SHA-1 d’une adresse',
        openid: 'OpenID',
      },
      value: 'Identifiant',
      valueHint: 'Exemples : 1234567 pour un compte, prenom.nom@interieur.gouv.fr pour une adresse.',
      homePage: 'Fournisseur du compte',
      homePageHint: 'Seulement pour un compte : son adresse, par exemple https://passage2.interieur.gouv.fr',
      addIdentifier: 'Ajouter un identifiant',
      remove: 'Enlever',
      identifier: 'Identifiant',
      merges: 'Fusions',
      merge: 'Fusionner avec une autre fiche',
      statements: 'Voir ses traces',
      mergedAt: 'Fusionnée',
      undone: 'Annulée',
      unmerge: 'Annuler la fusion',
      history: 'Historique',
      when: 'Quand',
      who: 'Par',
      what: 'Quoi',
    },
    own: {
      accounts: 'Compte des traces d’apprentissage',
      of: 'chez',
      noAccount: 'Aucun compte pour l’instant',
      noPlace: 'Pas encore connue : un administrateur la précisera.',
      nobody: 'Aucune : cette session vient du lien d’urgence et n’est celle de personne.',
      byProvider: 'donné par votre connexion',
    },
    waiting: {
      title: 'Personnes à placer',
      lead: 'Leur fournisseur d’identité a envoyé une direction que Livret ne connaît pas. Dites où elles sont.',
      summary: 'Personnes dont la direction n’est pas connue.',
      sent: 'Direction reçue',
      provider: 'Fournisseur',
      since: 'Depuis',
      place: 'Placer',
      placeOf: (name) => `Placer ${name}`,
      none: { title: 'Personne n’est à placer', text: 'Toutes les personnes connectées ont une direction connue.' },
      caption: (count) => (count === 1 ? 'Une personne à placer' : `${count} personnes à placer`),
      more: 'Il y en a d’autres : elles apparaîtront quand celles-ci seront placées.',
    },
    placing: {
      title: (name) => `Placer ${name}`,
      lead: 'La personne devient agent de l’unité choisie ; les rôles de son ancienne affectation prennent fin.',
      sent: (sent) => `Direction reçue du fournisseur : ${sent}`,
      choose: 'Choisir la direction',
      direction: 'Direction',
      pick: 'Choisir une direction',
      unit: 'Direction, service ou site',
      submit: 'Placer',
    },
    merging: {
      title: (name) => `Fusionner une fiche avec ${name}`,
      lead: 'Quand une personne a deux fiches, par exemple sous deux identifiants.',
      search: 'Rechercher l’autre fiche par nom, identifiant ou adresse électronique',
      caption: 'Fiches trouvées',
      compare: 'Comparer',
      compareOf: (name) => `Comparer avec ${name}`,
      confirmTitle: (from, into) => `Fusionner ${from} dans ${into} ?`,
      rules: [
        'Les identifiants et les rôles attribués des deux fiches sont réunis.',
        'Lorsque les deux fiches indiquent une affectation pour la même période, celle qui reste l’emporte.',
        'Les noms et l’adresse de la fiche qui reste l’emportent ; ce qui lui manque est repris de l’autre.',
        'Les sessions ouvertes de l’autre fiche prennent fin.',
        'La fusion peut être annulée : l’autre fiche est gardée entière.',
      ],
      comparison: 'Les deux fiches',
      fact: 'Fiche',
      stays: 'Reste',
      goes: 'Est absorbée',
      identifiers: 'Identifiants',
      submit: 'Fusionner',
      cancel: 'Ne pas fusionner',
    },
    by: {
      import: 'import',
      console: 'ligne de commande',
      link: 'administrateur (lien d’urgence)',
      key: 'clé d’accès',
      sso: (provider) => `connexion par ${provider}`,
    },
    changes: {
      known: () => 'Connue pour la première fois',
      names: () => 'Nom ou adresse modifiés',
      identifierAdded: ({ identifier }) => `Identifiant ajouté : ${identifier}`,
      identifierRemoved: ({ identifier }) => `Identifiant enlevé : ${identifier}`,
      moved: ({ from, to }) =>
        from ? `Passée de ${placeText(from)} à ${placeText(to)}` : `Affectée à ${placeText(to)}`,
      left: () => 'Partie',
      roles: ({ roles }, name) => `Rôles de l’affectation : ${roles.map(name).join(', ')}`,
      memberships: () => 'Affectations passées ou à venir modifiées',
      waits: ({ sent }) => `À placer : direction reçue « ${placeText(sent)} »`,
      granted: ({ role, direction }, name) => `Rôle attribué : ${name(role)}, ${direction ?? 'partout'}`,
      revoked: ({ role, direction }, name) => `Rôle retiré : ${name(role)}, ${direction ?? 'partout'}`,
      merged: ({ other }) => `A absorbé la fiche ${other}`,
      mergedInto: ({ other }) => `Absorbée par la fiche ${other}`,
      unmerged: ({ other }) => `Fusion annulée : la fiche ${other} est de nouveau à part`,
      unmergedFrom: ({ other }) => `Fusion annulée : de nouveau à part de la fiche ${other}`,
    },
    done: {
      placed: 'La personne est placée.',
      granted: 'Le rôle est attribué.',
      revoked: 'Le rôle est retiré.',
      added: 'L’identifiant est ajouté.',
      removed: 'L’identifiant est enlevé.',
      merged: 'Les deux fiches n’en font plus qu’une.',
      unmerged: 'La fusion est annulée : les deux fiches sont de nouveau à part.',
    },
    problems: {
      'people.identity': 'Cet identifiant est celui d’une autre personne. Si c’est la même, fusionnez les deux fiches.',
      'people.administrator': 'Un administrateur l’est partout : choisissez « Partout ».',
      'people.left': 'Cette personne est partie. Placez-la d’abord : qui est parti n’a plus de rôle.',
      'people.lastIdentifier': 'Une personne garde au moins un identifiant.',
      'people.merge': 'Choisissez deux fiches différentes.',
      'people.unknown': 'L’autre fiche n’existe pas.',
      'people.merged': 'L’une des deux fiches a été fusionnée entre-temps.',
      'people.unmerge':
        'Cette fusion ne peut pas être annulée : elle l’est déjà, une fusion plus récente est à annuler d’abord, ou l’une des deux fiches n’aurait plus d’identifiant.',
      'people.membership': 'La fin du rôle doit être à venir.',
      'direction.unknown': 'Choisissez une direction, un service ou un site de la liste.',
      identifier: 'Cet identifiant n’a pas la bonne forme.',
      homePage: 'Donnez l’adresse complète du fournisseur, par exemple https://passage2.interieur.gouv.fr',
      role: 'Choisissez un rôle de la liste.',
    },
  },
  en: {
    title: 'People',
    lead: 'Who is being trained, where, and in which role.',
    summary: 'Search for somebody, see their direction and their roles.',
    mine: { title: 'My record', summary: 'What Livret knows of you: direction, roles.' },
    search: 'Search by name, identifier or e-mail address',
    caption: (count) => (count === 1 ? 'One person' : `${count} people on this page`),
    columns: { name: 'Name', direction: 'Direction', service: 'Service', site: 'Site', state: 'Status' },
    direction: 'Direction',
    allDirections: 'All directions',
    show: 'Show',
    next: 'Next page',
    goOn: 'Go on searching',
    none: { title: 'Nobody matches', text: 'Check the spelling, or type only the beginning of the name.' },
    nobodyYet: { title: 'Nobody yet', text: 'People come by an import, or when they log in for the first time.' },
    cutShort:
      'Nobody among the first thousands whose names begin like that. Type the whole name, an identifier or an e-mail address, or go on searching.',
    nameless: '(no name)',
    left: 'Left',
    toPlace: 'To be placed',
    import: 'Import people',
    person: {
      email: 'E-mail address',
      place: 'Place',
      noPlace: 'None',
      roles: 'Roles',
      memberships: 'Places',
      from: 'From',
      to: 'To',
      always: 'Since ever',
      still: 'Still',
      everywhere: 'Everywhere',
      grants: 'Granted roles',
      grant: 'Grant a role',
      grantLead: 'Beside the roles of the place, and without ending with it.',
      pick: 'Choose',
      role: 'Role',
      grantDirection: 'Direction',
      grantDirectionHint: 'The role holds for everything below it as well.',
      revoke: 'Revoke',
      move: 'Change the place',
      identifiers: 'Identifiers',
      identifiersLead: 'What was recorded under one of them is this person’s.',
      kind: 'Kind',
      kinds: {
        account: 'Account',
        mbox: 'E-mail address',
        mbox_sha1sum: 'SHA-1 of an address',
        openid: 'OpenID',
      },
      value: 'Identifier',
      valueHint: 'Such as 1234567 for an account, firstname.name@interieur.gouv.fr for an address.',
      homePage: 'Provider of the account',
      homePageHint: 'For an account only: its address, such as https://passage2.interieur.gouv.fr',
      addIdentifier: 'Add an identifier',
      remove: 'Remove',
      identifier: 'Identifier',
      merges: 'Merges',
      merge: 'Merge with another record',
      statements: 'See their statements',
      mergedAt: 'Merged',
      undone: 'Undone',
      unmerge: 'Undo the merge',
      history: 'History',
      when: 'When',
      who: 'By',
      what: 'What',
    },
    own: {
      accounts: 'Account of the learning records',
      of: 'at',
      noAccount: 'No account yet',
      noPlace: 'Not known yet: an administrator will say.',
      nobody: 'None: this session came by the emergency link and is nobody’s.',
      byProvider: 'given by your login',
    },
    waiting: {
      title: 'People to be placed',
      lead: 'Their identity provider sent a direction that Livret does not know. Say where they are.',
      summary: 'People whose direction is not known.',
      sent: 'Direction sent',
      provider: 'Provider',
      since: 'Since',
      place: 'Place',
      placeOf: (name) => `Place ${name}`,
      none: { title: 'Nobody to be placed', text: 'Everybody who has logged in has a known direction.' },
      caption: (count) => (count === 1 ? 'One person to be placed' : `${count} people to be placed`),
      more: 'There are more: they appear once these are placed.',
    },
    placing: {
      title: (name) => `Place ${name}`,
      lead: 'The person becomes an agent of the unit; roles of the place before end.',
      sent: (sent) => `Direction that the provider sent: ${sent}`,
      choose: 'Choose the direction',
      direction: 'Direction',
      pick: 'Choose a direction',
      unit: 'Direction, service or site',
      submit: 'Place',
    },
    merging: {
      title: (name) => `Merge a record with ${name}`,
      lead: 'Where one person has two records, under two identifiers for example.',
      search: 'Search for the other record by name, identifier or e-mail address',
      caption: 'Records found',
      compare: 'Compare',
      compareOf: (name) => `Compare with ${name}`,
      confirmTitle: (from, into) => `Merge ${from} into ${into}?`,
      rules: [
        'Identifiers and granted roles of both are joined.',
        'Where both say a place for the same time, the record that stays wins.',
        'Names and address of the record that stays win; what it lacks is taken from the other.',
        'Sessions of the other record end.',
        'The merge can be undone: the other record is kept whole.',
      ],
      comparison: 'The two records',
      fact: 'Record',
      stays: 'Stays',
      goes: 'Is absorbed',
      identifiers: 'Identifiers',
      submit: 'Merge',
      cancel: 'Do not merge',
    },
    by: {
      import: 'import',
      console: 'command line',
      link: 'administrator (emergency link)',
      key: 'access key',
      sso: (provider) => `login by ${provider}`,
    },
    changes: {
      known: () => 'Known for the first time',
      names: () => 'Name or address changed',
      identifierAdded: ({ identifier }) => `Identifier added: ${identifier}`,
      identifierRemoved: ({ identifier }) => `Identifier removed: ${identifier}`,
      moved: ({ from, to }) =>
        from ? `Moved from ${placeText(from)} to ${placeText(to)}` : `Placed in ${placeText(to)}`,
      left: () => 'Left',
      roles: ({ roles }, name) => `Roles of the place: ${roles.map(name).join(', ')}`,
      memberships: () => 'Earlier or later places changed',
      waits: ({ sent }) => `To be placed: direction sent “${placeText(sent)}”`,
      granted: ({ role, direction }, name) => `Role granted: ${name(role)}, ${direction ?? 'everywhere'}`,
      revoked: ({ role, direction }, name) => `Role revoked: ${name(role)}, ${direction ?? 'everywhere'}`,
      merged: ({ other }) => `Absorbed the record ${other}`,
      mergedInto: ({ other }) => `Absorbed by the record ${other}`,
      unmerged: ({ other }) => `Merge undone: the record ${other} is apart again`,
      unmergedFrom: ({ other }) => `Merge undone: apart again from the record ${other}`,
    },
    done: {
      placed: 'The person is placed.',
      granted: 'The role is granted.',
      revoked: 'The role is revoked.',
      added: 'The identifier is added.',
      removed: 'The identifier is removed.',
      merged: 'The two records are one.',
      unmerged: 'The merge is undone: the two records are apart again.',
    },
    problems: {
      'people.identity': 'This identifier is somebody else’s. If it is the same person, merge the two records.',
      'people.administrator': 'An administrator is one everywhere: choose “Everywhere”.',
      'people.left': 'This person has left. Place them first: who has left holds no role.',
      'people.lastIdentifier': 'A person keeps one identifier at least.',
      'people.merge': 'Choose two different records.',
      'people.unknown': 'There is no such other record.',
      'people.merged': 'One of the two records has been merged meanwhile.',
      'people.unmerge':
        'This merge cannot be undone: it is already, a later one has to be undone first, or one of the two would have no identifier.',
      'people.membership': 'The role must end later than now.',
      'direction.unknown': 'Choose a direction, a service or a site of the list.',
      identifier: 'This identifier does not have the right form.',
      homePage: 'Give the whole address of the provider, such as https://passage2.interieur.gouv.fr',
      role: 'Choose a role of the list.',
    },
  },
};
