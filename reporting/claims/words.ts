/** The words of the claims of 2006. */
import type { Bilingual } from '../../web/index.ts';
import type { AnswerState } from '../answer.ts';
import type { Empty } from './judged.ts';
import type { Verdict } from './verdict.ts';

interface Text {
  heading: string;
  description: string;
}

export type ClaimColumn =
  | 'claim'
  | 'claimText'
  | 'claimVerdict'
  | 'judged'
  | 'criterion'
  | 'measure'
  | 'report'
  | 'label'
  | 'wider'
  | 'n'
  | 'value'
  | 'low'
  | 'high'
  | 'unit'
  | 'criterionText'
  | 'above'
  | 'below'
  | 'verdict'
  | 'empty'
  | 'asOf';

interface Words {
  title: string;
  columns: Record<ClaimColumn, Text>;
  verdicts: Record<Verdict, string>;
  empties: Record<Exclude<Empty, AnswerState>, string>;
  units: Record<string, string>;
  method: Text;
  privacy: Text;
  direction: string;
  judgedOf(judged: number, tested: number): string;
}

export const words: Bilingual<Words> = {
  fr: {
    title: 'Les affirmations de 2006',
    columns: {
      claim: { heading: 'Affirmation (code)', description: 'Nom de l’affirmation.' },
      claimText: { heading: 'Affirmation', description: 'Ce que disait le récit de 2006.' },
      claimVerdict: {
        heading: 'Verdict d’ensemble',
        description: 'Ce sur quoi s’accordent les critères qui ont des chiffres ; « confirme » : tous en ont.',
      },
      judged: { heading: 'Critères jugés', description: 'Combien des critères de l’affirmation ont des chiffres.' },
      criterion: { heading: 'Critère (code)', description: 'Nom du critère.' },
      measure: { heading: 'Mesure', description: 'Ce qui est mesuré.' },
      report: { heading: 'Rapport', description: 'Le rapport dont vient le chiffre.' },
      label: { heading: 'Ce que contient le chiffre', description: 'Les directions, ou les périodes, qu’il réunit.' },
      wider: { heading: 'Plus que demandé', description: '« oui » : il contient plus que la direction demandée.' },
      n: { heading: 'Effectif', description: 'Combien de personnes (ou d’entrées) sont derrière le chiffre.' },
      value: { heading: 'Valeur', description: 'Dans l’unité de la ligne ; une part est une fraction.' },
      low: { heading: 'Borne basse', description: 'De l’intervalle de confiance à 95\u00a0%.' },
      high: { heading: 'Borne haute', description: 'De l’intervalle de confiance à 95\u00a0%.' },
      unit: { heading: 'Unité', description: 'De la valeur et de ses bornes.' },
      criterionText: { heading: 'Critère', description: 'Écrit avant d’avoir vu les chiffres.' },
      above: { heading: 'Plus de', description: 'Seuil bas du critère.' },
      below: { heading: 'Moins de', description: 'Seuil haut du critère.' },
      verdict: { heading: 'Verdict', description: 'Du critère ; vide : le chiffre n’est que montré.' },
      empty: { heading: 'Pourquoi il n’y a pas de chiffre', description: 'Vide : il y en a un.' },
      asOf: { heading: 'Données au', description: 'Tout ce qui était enregistré alors est compté.' },
    },
    verdicts: {
      supports: 'confirme',
      refutes: 'infirme',
      undecided: 'ne permet pas de conclure',
      noFigures: 'pas de chiffres',
    },
    empties: {
      withheld: 'trop peu de personnes pour ce chiffre',
      nobodyChanged: 'personne n’a changé, ou presque',
      notRecorded: 'n’est enregistré nulle part',
    },
    units: {
      share: 'part',
      minutes: 'min',
      hours: 'h',
      bits: 'bit',
      calls: 'appels',
      ratio: 'rapport',
      people: 'personnes',
    },
    method: {
      heading: 'Méthode',
      description:
        'Un critère est rempli quand tout l’intervalle à 95\u00a0% est du bon côté du seuil, infirmé quand tout l’intervalle est de l’autre ; entre les deux il ne permet pas de conclure. Intervalles : Student (moyennes), Wilson 1927 (parts ; élargi de ce que l’arrondi des effectifs ajoute), McGill, Tukey et Larsen 1978 (médianes). Les seuils ont été écrits avant d’avoir vu les chiffres. Sans groupe témoin, un chiffre qui confirme une affirmation ne dit pas ce qui l’a causé.',
    },
    privacy: {
      heading: 'Confidentialité',
      description:
        'Seulement des cellules publiées : un chiffre vient toujours d’un groupe d’un nombre minimal de personnes. L’effectif de « mieux ÷ (mieux + moins bien) » est de celles d’entre elles qui ont changé ; il peut être plus petit.',
    },
    direction: 'Direction',
    judgedOf: (judged, tested) => `${judged} sur ${tested}`,
  },
  en: {
    title: 'The claims of 2006',
    columns: {
      claim: { heading: 'Claim (code)', description: 'Name of the claim.' },
      claimText: { heading: 'Claim', description: 'What the story of 2006 said.' },
      claimVerdict: {
        heading: 'Verdict of all',
        description: 'What the criteria that have figures agree on; “supports”: all have.',
      },
      judged: { heading: 'Criteria judged', description: 'How many criteria of the claim have figures.' },
      criterion: { heading: 'Criterion (code)', description: 'Name of the criterion.' },
      measure: { heading: 'Measure', description: 'What is measured.' },
      report: { heading: 'Report', description: 'The report that the figure comes from.' },
      label: {
        heading: 'What the figure holds',
        description: 'The directions, or the periods, that it holds together.',
      },
      wider: { heading: 'More than asked', description: '“yes”: it holds more than the direction asked for.' },
      n: { heading: 'Number', description: 'How many people (or entries) stand behind the figure.' },
      value: { heading: 'Value', description: 'In the unit of the row; a share is a fraction.' },
      low: { heading: 'Lower bound', description: 'Of the 95% confidence interval.' },
      high: { heading: 'Upper bound', description: 'Of the 95% confidence interval.' },
      unit: { heading: 'Unit', description: 'Of the value and its bounds.' },
      criterionText: { heading: 'Criterion', description: 'Written down before the figures were seen.' },
      above: { heading: 'More than', description: 'Lower threshold of the criterion.' },
      below: { heading: 'Less than', description: 'Upper threshold of the criterion.' },
      verdict: { heading: 'Verdict', description: 'Of the criterion; empty: the figure is only shown.' },
      empty: { heading: 'Why there is no figure', description: 'Empty: there is one.' },
      asOf: { heading: 'Data as of', description: 'Everything that was stored by then is counted.' },
    },
    verdicts: { supports: 'supports', refutes: 'refutes', undecided: 'undecided', noFigures: 'no figures' },
    empties: {
      withheld: 'too few people for this figure',
      nobodyChanged: 'nobody changed, or nearly',
      notRecorded: 'recorded nowhere',
    },
    units: {
      share: 'share',
      minutes: 'min',
      hours: 'h',
      bits: 'bit',
      calls: 'calls',
      ratio: 'ratio',
      people: 'people',
    },
    method: {
      heading: 'Method',
      description:
        'A criterion holds when the whole 95% interval lies on its side of the threshold, and is refuted when the whole interval lies on the other; in between it is undecided. Intervals: Student (means), Wilson 1927 (shares; widened by what the rounding of counts adds), McGill, Tukey and Larsen 1978 (medians). Thresholds were written down before figures were seen. Without a control group, a figure that supports a claim does not say what caused it.',
    },
    privacy: {
      heading: 'Privacy',
      description:
        'Published cells alone: a figure is always of a group of at least so many people. The number of “better ÷ (better + worse)” is of those among them who changed; it may be smaller.',
    },
    direction: 'Direction',
    judgedOf: (judged, tested) => `${judged} of ${tested}`,
  },
};
