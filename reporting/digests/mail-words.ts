/** The words of the mail itself. */
import type { Bilingual } from '../../web/index.ts';

interface MailWords {
  subject(site: string, period: string): string;
  title(period: string): string;
  lead(site: string): string;
  /** Nothing new since the mail before. */
  same: string;
  /** That of the claims is theirs. */
  headings: Record<'completion' | 'scheduling', string>;
  captions: Record<'completion' | 'scheduling' | 'claims', (period: string) => string>;
  direction: string;
  ministry: string;
  noValue: string;
  percentOfEntries: string;
  /** Between a name and its value. */
  colon: string;
  claim: string;
  verdict(place: string): string;
  /** `count`: how many of how many. */
  withFigures(count: string): string;
  claimsMeaning: string;
  leastPeople(people: number): string;
  noneOf(names: string): string;
  pages: Record<'completion' | 'scheduling' | 'claims', string>;
  why: string;
  login(day: string): string;
  change: string;
  stop: string;
}

export const words: Bilingual<MailWords> = {
  fr: {
    subject: (site, period) => `Formation, ${period} – ${site}`,
    title: (period) => `La formation, ${period}`,
    lead: (site) => `Les chiffres publiés par Livret (${site}). Ils portent sur des groupes et ne désignent personne.`,
    same: 'Rien de nouveau n’a été publié depuis le courriel précédent\u00a0: ce sont les mêmes chiffres.',
    headings: {
      completion: 'Des inscriptions aux achèvements',
      scheduling: 'Organisation du temps',
    },
    captions: {
      completion: (period) => `Entrées en parcours, ${period}, et ce qu’elles sont devenues`,
      scheduling: (period) => `Organisation du temps, ${period}`,
      claims: (period) => `Les affirmations de 2006 devant les chiffres, ${period}`,
    },
    direction: 'Direction',
    ministry: 'Ministère',
    noValue: '–',
    percentOfEntries: 'Entre parenthèses, la part des entrées.',
    colon: '\u00a0: ',
    claim: 'Affirmation',
    verdict: (place) => `Verdict, ${place}`,
    withFigures: (count) => `critères avec des chiffres\u00a0: ${count}`,
    claimsMeaning: 'Sans groupe témoin, un chiffre qui confirme une affirmation ne dit pas ce qui l’a causé.',
    leastPeople: (people) => `Un chiffre porte toujours sur au moins ${people} personnes.`,
    noneOf: (names) => `Sans chiffres pour cette période\u00a0: ${names}.`,
    pages: {
      completion: 'Voir les directions',
      scheduling: 'Voir l’organisation du temps',
      claims: 'Voir les affirmations et leurs chiffres',
    },
    why: 'Vous recevez ce courriel parce que vous vous y êtes abonné dans Livret. N’y répondez pas\u00a0: personne ne lit les réponses.',
    login: (day) =>
      `Votre rôle vient de votre connexion\u00a0: ces courriels vont jusqu’au ${day}. Se connecter les prolonge.`,
    change: 'Modifier l’abonnement',
    stop: 'Ne plus recevoir ce courriel',
  },
  en: {
    subject: (site, period) => `Training, ${period} – ${site}`,
    title: (period) => `Training in ${period}`,
    lead: (site) => `The figures that Livret (${site}) has published. They are about groups and single nobody out.`,
    same: 'Nothing new has been published since the mail before: these are the same figures.',
    headings: { completion: 'From enrolment to completion', scheduling: 'Managing time' },
    captions: {
      completion: (period) => `Entries into courses, ${period}, and what became of them`,
      scheduling: (period) => `Managing time, ${period}`,
      claims: (period) => `The claims of 2006 beside the figures, ${period}`,
    },
    direction: 'Direction',
    ministry: 'Ministry',
    noValue: '—',
    percentOfEntries: 'In brackets, the share of the entries.',
    colon: ': ',
    claim: 'Claim',
    verdict: (place) => `Verdict, ${place}`,
    withFigures: (count) => `criteria with figures: ${count}`,
    claimsMeaning: 'Without a control group, a figure that supports a claim does not say what caused it.',
    leastPeople: (people) => `A figure always stands for at least ${people} people.`,
    noneOf: (names) => `Without figures for this period: ${names}.`,
    pages: {
      completion: 'See the directions',
      scheduling: 'See the managing of time',
      claims: 'See the claims and their figures',
    },
    why: 'You get this mail because you subscribed to it in Livret. Do not answer it: nobody reads answers.',
    login: (day) => `Your role comes with your login: this mail goes on until ${day}. Logging in prolongs it.`,
    change: 'Change the subscription',
    stop: 'Stop this mail',
  },
};
