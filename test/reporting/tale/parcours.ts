/** The parcours of the tale and their modules. */
import type { record } from '../../../lrs/profile/index.ts';
import { quarterNumber } from './quarters.ts';

const ACTIVITIES = 'https://contenus.demo.example';

type Words = readonly [path: string, fr: string, en: string];

/** One in each quarter, by turns: who entered a parcours in another quarter is not enrolled anew. */
const PARCOURS: readonly Words[] = [
  ['bureautique', 'Bureautique : les essentiels', 'Office software: the essentials'],
  ['securite-numerique', 'Sécurité numérique au quotidien', 'Everyday digital security'],
  ['donnees-personnelles', 'Données personnelles : les réflexes', 'Personal data: good habits'],
];

const MODULES: readonly Words[] = [
  ['decouvrir', 'Découvrir', 'Discover'],
  ['pratiquer', 'Pratiquer', 'Practise'],
  ['approfondir', 'Approfondir', 'Go further'],
  ['evaluer', 'S’évaluer', 'Check what you know'],
];

export const MODULE_COUNT = MODULES.length;
/** The module that is an assessment. */
const ASSESSMENT = 'evaluer';

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
}

/** The parcours of the quarter that begins then. */
export function parcoursOf(start: number): record.Named {
  const [path, fr, en] = pick(PARCOURS, quarterNumber(start));
  return { id: `${ACTIVITIES}/${path}`, name: { fr, en } };
}

/** Counted from 0, round and round. */
export function moduleOf(parcours: record.Named, index: number): record.Module & { isAssessment: boolean } {
  const [path, fr, en] = pick(MODULES, index);
  return { id: `${parcours.id}/${path}`, name: { fr, en }, isAssessment: path === ASSESSMENT };
}
