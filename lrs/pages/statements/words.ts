/** The words of the statement explorer. */
import type { Bilingual } from '../../../web/index.ts';

interface StatementWords {
  title: string;
  summary: string;
  lead: string;
  of(name: string): string;
  registration(id: string): string;
  caption(rows: number): string;
  columns: Record<'timestamp' | 'actor' | 'verb' | 'object' | 'result' | 'statement', string>;
  results: Record<'completed' | 'passed' | 'failed', string>;
  open: string;
  next: string;
  empty: { title: string; sentence: string };
  one: string;
  stored: string;
  timestamp: string;
  voided: string;
  text: string;
  /** Of a text that is shown in part. */
  cut(shown: string, all: string): string;
  file: string;
  noted: string;
}

export const words: Bilingual<StatementWords> = {
  fr: {
    title: 'Traces',
    summary: 'Les traces enregistrées, une par une, et leur texte.',
    lead: 'Les traces enregistrées, les dernières reçues d’abord.',
    of: (name) => `Traces\u00a0: ${name}`,
    registration: (id) => `Seulement l’inscription ${id}.`,
    caption: (rows) => (rows === 1 ? '1 trace' : `${rows} traces`),
    columns: {
      timestamp: 'Quand',
      actor: 'Qui',
      verb: 'A fait quoi',
      object: 'Sur quoi',
      result: 'Résultat',
      statement: 'Trace',
    },
    results: { completed: 'achevé', passed: 'réussi', failed: 'échoué' },
    open: 'Lire',
    next: 'Page suivante',
    empty: { title: 'Aucune trace', sentence: 'Aucune trace ne correspond à cette demande.' },
    one: 'Trace',
    stored: 'Enregistrée le',
    timestamp: 'Faite le',
    voided: 'Annulée',
    text: 'Texte de la trace (JSON)',
    cut: (shown, all) => `Les ${shown} premiers caractères sur ${all}\u00a0; le fichier a tout.`,
    file: 'Télécharger le texte tel qu’il est enregistré (JSON)',
    noted: 'La consultation des traces est consignée au journal.',
  },
  en: {
    title: 'Statements',
    summary: 'The statements that are stored, one by one, and their text.',
    lead: 'The statements that are stored, the last received first.',
    of: (name) => `Statements: ${name}`,
    registration: (id) => `Only the registration ${id}.`,
    caption: (rows) => (rows === 1 ? '1 statement' : `${rows} statements`),
    columns: {
      timestamp: 'When',
      actor: 'Who',
      verb: 'Did what',
      object: 'On what',
      result: 'Result',
      statement: 'Statement',
    },
    results: { completed: 'completed', passed: 'passed', failed: 'failed' },
    open: 'Read',
    next: 'Next page',
    empty: { title: 'No statement', sentence: 'No statement answers to this.' },
    one: 'Statement',
    stored: 'Stored on',
    timestamp: 'Made on',
    voided: 'Voided',
    text: 'Text of the statement (JSON)',
    cut: (shown, all) => `The first ${shown} characters of ${all}; the file has them all.`,
    file: 'Download the text as it is stored (JSON)',
    noted: 'Reading statements is noted in the log.',
  },
};
