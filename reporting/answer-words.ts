/** Words that every way of writing answers down shares. */
import type { Bilingual } from '../web/index.ts';
import type { AnswerState } from './answer.ts';

interface AnswerWords {
  states: Record<AnswerState, string>;
  yes: string;
  no: string;
}

export const answerWords: Bilingual<AnswerWords> = {
  fr: {
    states: {
      published: 'publié',
      nobody: 'personne n’a encore contribué',
      tooFew: 'trop peu de personnes pour donner un chiffre',
      notPublished: 'pas encore publié',
    },
    yes: 'oui',
    no: 'non',
  },
  en: {
    states: {
      published: 'published',
      nobody: 'nobody has contributed yet',
      tooFew: 'too few people to give a figure',
      notPublished: 'not published yet',
    },
    yes: 'yes',
    no: 'no',
  },
};
