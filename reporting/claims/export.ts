/** The claims of 2006 as a table for files: one row a criterion. */
import type { Language } from '../../web/index.ts';
import { answerWords } from '../answer-words.ts';
import type { ColumnType, Export, ExportRow } from '../exports/index.ts';
import { periodName } from '../periods/names.ts';
import { MINISTRY } from '../privacy/index.ts';
import type { Claims, Judged, JudgedClaim } from './judged.ts';
import { type ClaimColumn, words } from './words.ts';

const TYPES: Record<ClaimColumn, ColumnType> = {
  ...{
    claim: 'text',
    claimText: 'text',
    claimVerdict: 'text',
    judged: 'text',
    criterion: 'text',
    measure: 'text',
    report: 'text',
  },
  ...{ label: 'text', wider: 'text', n: 'integer', value: 'number', low: 'number', high: 'number', unit: 'text' },
  ...{ criterionText: 'text', above: 'number', below: 'number', verdict: 'text', empty: 'text', asOf: 'instant' },
};

export function claimsExport({ period, direction, claims }: Claims, lang: Language): Export {
  const { columns, method, privacy, ...text } = words[lang];
  const title = `${text.title}, ${periodName(lang, period)}`;
  const notes = [
    { label: text.direction, value: direction ?? MINISTRY[lang] },
    { label: privacy.heading, value: privacy.description },
    ...claims.flatMap(({ texts }) => (texts[lang].note ? [{ label: texts[lang].claim, value: texts[lang].note }] : [])),
  ];
  const described = Object.entries(TYPES).map(([name, type]) => ({ name, type, ...columns[name as ClaimColumn] }));
  const rows = claims.flatMap((claim) => claim.criteria.map((judged) => rowOf(claim, judged, lang)));
  return {
    title,
    lang,
    tables: [{ name: 'claims', title, columns: described, rows, notes }],
    definitions: [{ label: method.heading, value: method.description }],
  };
}

/** In the order of TYPES. */
function rowOf({ name, texts, verdict, tested, withFigures }: JudgedClaim, judged: Judged, lang: Language): ExportRow {
  const { verdicts, units, judgedOf } = words[lang];
  const { yes, no, states } = answerWords[lang];
  const empties = { ...states, ...words[lang].empties };
  const { measure, criterion } = judged.texts[lang];
  return [
    ...[name, texts[lang].claim, verdicts[verdict], judgedOf(withFigures, tested), judged.name, measure, judged.report],
    ...[judged.label, judged.wider ? yes : no, judged.n, judged.value, judged.low, judged.high],
    ...[judged.unit === null ? null : (units[judged.unit] ?? judged.unit), criterion],
    ...[judged.test?.above ?? null, judged.test?.below ?? null],
    judged.verdict === null ? null : verdicts[judged.verdict],
    judged.empty === null ? null : empties[judged.empty],
    judged.asOf,
  ];
}
