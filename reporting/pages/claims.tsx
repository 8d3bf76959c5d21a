/** « Les affirmations de 2006 » as a page: each claim, what the figures say of it, and how sure they are. */

import {
  Badge,
  type Bilingual,
  Chart,
  type Column,
  DataTable,
  formatDate,
  type Language,
  labelled,
} from '../../web/index.ts';
import { answerWords } from '../answer-words.ts';
import { basisWords } from '../basis-words.ts';
import { claimsOf, claimWords, type Judged, type JudgedClaim } from '../claims/index.ts';
import { writtenNumber, writtenWithUnit } from '../figures/field.ts';
import { settingsSentence } from '../setting-lines.ts';
import type { ReportsPage } from './frame/reports-page.ts';
import { Beside } from './panels/figures.tsx';
import { Files } from './panels/files.tsx';
import { NoteList } from './panels/note-list.tsx';

const VERDICT_KINDS = {
  supports: 'success',
  refutes: 'error',
  undecided: 'info',
  noFigures: undefined,
} as const;

const WORDS: Bilingual<{
  interval: string;
  chart(claim: string): string;
  description: string;
  nothing: string;
}> = {
  fr: {
    interval: 'Valeur (intervalle à 95\u00a0%)',
    chart: (claim) => `Parts mesurées et leur intervalle\u00a0: ${claim}`,
    description: 'Chaque part avec son intervalle de confiance à 95\u00a0%, et le seuil écrit d’avance.',
    nothing: 'Pas de critère\u00a0: ce chiffre aide à lire les autres.',
  },
  en: {
    interval: 'Value (95% interval)',
    chart: (claim) => `Measured shares and their intervals: ${claim}`,
    description: 'Each share with its 95% confidence interval, and the threshold written down beforehand.',
    nothing: 'No criterion: this figure helps to read the others.',
  },
};

export const claims: ReportsPage = {
  path: '/reports/claims',
  texts: {
    fr: {
      title: claimWords.fr.title,
      lead: 'Ce que le ministère disait de l’autoformation en 2006, et ce que les chiffres en disent. Les critères ont été écrits avant de voir les chiffres.',
    },
    en: {
      title: claimWords.en.title,
      lead: 'What the ministry said of self-paced learning in 2006, and what the figures say. The criteria were written down before the figures were seen.',
    },
  },
  filters: ['period', 'direction'],
  async body(reading) {
    const { lang, period, direction } = reading;
    const found = await claimsOf(reading.sources, period, direction);
    const { method, privacy } = claimWords[lang];
    return (
      <>
        {found.claims.map((claim) => (
          <ClaimSection claim={claim} lang={lang} key={claim.name} />
        ))}
        <p class="livret-ways-out">
          <Files lang={lang} report="claims" asked={{ period, ...(direction && { direction }) }} />
        </p>
        <h2 class="fr-h4">{method.heading}</h2>
        <p>{method.description}</p>
        <p>{privacy.description}</p>
      </>
    );
  },
};

function ClaimSection({ claim, lang }: { claim: JudgedClaim; lang: Language }) {
  const { verdicts, judgedOf, columns } = claimWords[lang];
  const { name, texts, verdict, tested, withFigures, criteria } = claim;
  const { claim: text, note } = texts[lang];
  return (
    <section class="livret-panel" id={name} aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`} class="fr-h4">
        {text}
      </h2>
      <p>
        <VerdictBadge verdict={verdict} label={verdicts[verdict]} />{' '}
        {`${labelled(lang, columns.judged.heading, judgedOf(withFigures, tested))}.`}
      </p>
      {note !== undefined && <p>{note}</p>}
      <Shares claim={claim} lang={lang} />
      <DataTable id={`${name}-table`} caption={text} captionHidden columns={columnsOf(lang)} rows={criteria} />
      <Basis criteria={criteria} lang={lang} />
    </section>
  );
}

export function VerdictBadge({ verdict, label }: { verdict: keyof typeof VERDICT_KINDS; label: string }) {
  const kind = VERDICT_KINDS[verdict];
  return <Badge {...(kind && { kind })}>{label}</Badge>;
}

/** Shares with one threshold in one picture. */
function Shares({ claim: { name, texts, criteria }, lang }: { claim: JudgedClaim; lang: Language }) {
  const say = WORDS[lang];
  const shares = criteria.filter(({ unit, value, test }) => unit === 'share' && value !== null && test);
  const thresholds = new Set(shares.map(({ test }) => test?.above));
  const [threshold] = thresholds;
  if (shares.length === 0 || thresholds.size > 1) return null;
  return (
    <Chart
      kind="intervals"
      id={`${name}-chart`}
      title={say.chart(texts[lang].claim)}
      description={say.description}
      caption={say.description}
      lang={lang}
      percent
      digits={0}
      labels={shares.map((each) => each.texts[lang].measure)}
      values={shares.map(({ value, low, high }) =>
        value === null ? null : { at: value, low: low ?? value, high: high ?? value },
      )}
      reference={threshold}
    />
  );
}

function columnsOf(lang: Language): Column<Judged>[] {
  const { columns, verdicts, empties, units } = claimWords[lang];
  const { states } = answerWords[lang];
  const say = WORDS[lang];
  const written = (value: number, { unit }: Judged): string =>
    unit === 'share'
      ? writtenNumber(lang, value, { percent: true, digits: 0 })
      : // A ratio has no unit: one reads « 1,03 ».
        writtenWithUnit(lang, value, {
          ...{ percent: false, digits: 2 },
          ...(unit !== null && unit !== 'ratio' && { unit: units[unit] ?? unit }),
        });
  return [
    { heading: columns.measure.heading, rowHeader: true, value: (each) => each.texts[lang].measure },
    {
      heading: say.interval,
      value(each) {
        const { value, low, high, empty } = each;
        if (value === null) return empty === null ? null : { ...states, ...empties }[empty];
        const isOne = low === null || high === null || low === high;
        return (
          <Beside
            main={written(value, each)}
            beside={isOne ? [] : [`${written(low, each)}\u00a0– ${written(high, each)}`]}
          />
        );
      },
    },
    { heading: columns.n.heading, numeric: true, value: ({ n }) => n },
    { heading: columns.label.heading, value: ({ label }) => label },
    {
      heading: columns.criterionText.heading,
      value: (each) => (each.test ? each.texts[lang].criterion : say.nothing),
    },
    {
      heading: columns.verdict.heading,
      value: ({ verdict }) => (verdict === null ? null : <VerdictBadge verdict={verdict} label={verdicts[verdict]} />),
    },
  ];
}

/** Settings and freshness of what stands above; one line for those that are alike. */
function Basis({ criteria, lang }: { criteria: readonly Judged[]; lang: Language }) {
  const lines = new Set(
    criteria.flatMap(({ asOf, settings }) => {
      if (asOf === null) return [];
      return [
        [basisWords[lang].dataAsOf(formatDate(lang, Date.parse(asOf))), settingsSentence(settings, lang)]
          .filter(Boolean)
          .join(' '),
      ];
    }),
  );
  return <NoteList lines={[...lines]} />;
}
