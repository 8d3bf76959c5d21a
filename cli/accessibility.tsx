/**
 * The accessibility statement that French law asks of the sites of public bodies (loi n° 2005-102, article 47; décret
 * n° 2019-768), after the model of the RGAA. It says what the settings say and no more.
 */
import type { Request, Response } from 'express';
import {
  type Accessibility,
  Badge,
  type Bilingual,
  type Language,
  languageOf,
  type Severity,
  type Site,
  sendPage,
} from '../web/index.ts';

interface StatementWords {
  title: string;
  /** `who` in brackets, or nothing. */
  lead(who: string): string;
  scope(site: string): string;
  state: string;
  badges: Record<Accessibility, string>;
  states: Record<Accessibility, string>;
  results: string;
  resultsOf: Record<Accessibility, string>;
  contact: string;
  contactLead: string;
  mail: string;
  web: string;
  noContact: string;
  remedies: string;
  remediesLead: string;
  remediesAre: string;
  form: string;
  delegate: string;
  post: string;
}

const words: Bilingual<StatementWords> = {
  fr: {
    title: 'Déclaration d’accessibilité',
    lead: (who) =>
      `L’organisme qui exploite ce site${who} s’engage à rendre ses sites et applications accessibles, conformément à l’article 47 de la loi n°\u00a02005-102 du 11\u00a0février 2005.`,
    scope: (site) => `Cette déclaration d’accessibilité s’applique à ${site}.`,
    state: 'État de conformité',
    badges: { none: 'Non conforme', partial: 'Partiellement conforme', full: 'Totalement conforme' },
    states: {
      none: 'Ce site n’est pas conforme au référentiel général d’amélioration de l’accessibilité (RGAA).',
      partial:
        'Ce site est partiellement conforme au référentiel général d’amélioration de l’accessibilité (RGAA), en raison des non-conformités relevées par l’audit.',
      full: 'Ce site est totalement conforme au référentiel général d’amélioration de l’accessibilité (RGAA).',
    },
    results: 'Résultats des tests',
    resultsOf: {
      none: 'Aucun audit de conformité n’a été déclaré pour ce site\u00a0: il est donc tenu pour non conforme. Ses pages sont vérifiées par des tests automatiques, qui ne remplacent pas un audit.',
      partial:
        'L’organisme qui exploite ce site déclare ce niveau d’après un audit. Demandez-lui le rapport, avec la liste des contenus non accessibles et leurs alternatives.',
      full: 'L’organisme qui exploite ce site déclare ce niveau d’après un audit. Demandez-lui le rapport.',
    },
    contact: 'Signaler une difficulté',
    contactLead:
      'Si vous n’arrivez pas à accéder à un contenu ou à un service, contactez le responsable du site pour être orienté vers une alternative accessible ou obtenir le contenu sous une autre forme.',
    mail: 'Écrire à',
    web: 'Page de contact\u00a0:',
    noContact: 'Adressez-vous au responsable de ce site dans votre administration.',
    remedies: 'Voies de recours',
    remediesLead:
      'Si vous avez signalé au responsable du site un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service, et que vous n’avez pas obtenu de réponse satisfaisante, vous pouvez saisir le Défenseur des droits.',
    remediesAre: 'Vous pouvez\u00a0:',
    form: 'écrire un message au Défenseur des droits',
    delegate: 'contacter le délégué du Défenseur des droits dans votre région',
    post: 'envoyer un courrier par la poste (gratuit, ne pas mettre de timbre)\u00a0: Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.',
  },
  en: {
    title: 'Accessibility statement',
    lead: (who) =>
      `The body that runs this site${who} undertakes to make its sites and applications accessible, in accordance with article 47 of the French law no. 2005-102 of 11 February 2005.`,
    scope: (site) => `This statement applies to ${site}.`,
    state: 'State of compliance',
    badges: { none: 'Not compliant', partial: 'Partially compliant', full: 'Fully compliant' },
    states: {
      none: 'This site is not compliant with the RGAA, the French general accessibility framework.',
      partial:
        'This site is partially compliant with the RGAA, the French general accessibility framework, because of what the audit found.',
      full: 'This site is fully compliant with the RGAA, the French general accessibility framework.',
    },
    results: 'Results of tests',
    resultsOf: {
      none: 'No compliance audit has been declared for this site, which therefore counts as not compliant. Its pages are checked by automatic tests, which do not replace an audit.',
      partial:
        'The body that runs this site declares this level after an audit. Ask it for the report, with the list of content that is not accessible and the alternatives.',
      full: 'The body that runs this site declares this level after an audit. Ask it for the report.',
    },
    contact: 'Reporting a difficulty',
    contactLead:
      'If you cannot reach some content or a service, contact whoever is responsible for this site: you will be led to an accessible alternative, or given the content in another form.',
    mail: 'Write to',
    web: 'Contact page:',
    noContact: 'Turn to whoever is responsible for this site in your administration.',
    remedies: 'Remedies',
    remediesLead:
      'If you have reported an accessibility defect that keeps you from some content or a service, and have not had a satisfactory answer, you may turn to the Défenseur des droits, the French ombudsman.',
    remediesAre: 'You may:',
    form: 'send a message to the Défenseur des droits',
    delegate: 'contact the delegate of the Défenseur des droits in your region',
    post: 'send a letter by post (free of charge, no stamp): Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07, France.',
  },
};

const SEVERITY: Record<Accessibility, Severity> = { none: 'error', partial: 'warning', full: 'success' };

/** GET /accessibility. */
export function sendAccessibility(
  request: Request,
  response: Response,
  siteUrl: string,
  { accessibility = 'none', ministry, contact }: Partial<Site> = {},
): void {
  const lang = languageOf(request);
  const say = words[lang];
  sendPage(request, response, {
    title: say.title,
    breadcrumb: [],
    lead: say.lead(ministry === undefined ? '' : ` (${ministry})`),
    children: (
      <>
        <p>{say.scope(siteUrl)}</p>
        <h2>{say.state}</h2>
        <p>
          <Badge kind={SEVERITY[accessibility]}>{say.badges[accessibility]}</Badge>
        </p>
        <p>{say.states[accessibility]}</p>
        <h3>{say.results}</h3>
        <p>{say.resultsOf[accessibility]}</p>
        <h2>{say.contact}</h2>
        <p>{say.contactLead}</p>
        <p>
          <Contact lang={lang} contact={contact} />
        </p>
        <Remedies lang={lang} />
      </>
    ),
  });
}

function Contact({ lang, contact }: { lang: Language; contact: string | undefined }) {
  const { mail, web, noContact } = words[lang];
  if (contact === undefined) return noContact;
  const isMail = contact.startsWith('mailto:');
  return (
    <>
      {isMail ? mail : web} <a href={contact}>{isMail ? contact.slice('mailto:'.length) : contact}</a>
    </>
  );
}

function Remedies({ lang }: { lang: Language }) {
  const { remedies, remediesLead, remediesAre, form, delegate, post } = words[lang];
  const french = lang === 'fr' ? undefined : 'fr';
  return (
    <>
      <h2>{remedies}</h2>
      <p>{remediesLead}</p>
      <p>{remediesAre}</p>
      <ul>
        <li>
          <a href="https://formulaire.defenseurdesdroits.fr/" hreflang={french}>
            {form}
          </a>
        </li>
        <li>
          <a href="https://www.defenseurdesdroits.fr/saisir/delegues" hreflang={french}>
            {delegate}
          </a>
        </li>
        <li>{post}</li>
      </ul>
    </>
  );
}
