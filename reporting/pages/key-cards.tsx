/** Key figures of the ministry, or of one direction: each with what it was before, and where there is more. */
import { type Bilingual, linkWith } from '../../web/index.ts';
import type { AnswerCell } from '../answer.ts';
import { writtenNumber } from '../figures/field.ts';
import { KEY_FIGURES, type KeyFigure, keyField } from '../figures/key-figures.ts';
import { metricOf } from '../metrics/index.ts';
import { periodName } from '../periods/names.ts';
import type { Shown } from '../reports.ts';
import { type Reading, showWhere } from './frame/reading.ts';
import { words } from './words.ts';

export interface KeyCard {
  figure: KeyFigure;
  /** null where there is no figure. */
  cell: AnswerCell | null;
  /** Of a cohort: up to the end of which period things counted. */
  through: string | null;
  /** The same of the whole ministry, beside a direction. */
  ministry: AnswerCell | null;
}

const WORDS: Bilingual<{
  none: string;
  before(period: string, value: string): string;
  ministry(value: string): string;
  held(label: string): string;
}> = {
  fr: {
    none: 'pas de chiffre',
    before: (period, value) => `${period}\u00a0: ${value}`,
    ministry: (value) => `ensemble du ministère\u00a0: ${value}`,
    held: (label) => `compté avec\u00a0: ${label}`,
  },
  en: {
    none: 'no figure',
    before: (period, value) => `${period}: ${value}`,
    ministry: (value) => `whole ministry: ${value}`,
    held: (label) => `counted with: ${label}`,
  },
};

export async function readKeyCards(reading: Reading): Promise<KeyCard[]> {
  const answers = new Map<string, Shown | undefined>();
  const cards: KeyCard[] = [];
  for (const figure of KEY_FIGURES) {
    const { report } = figure;
    if (!answers.has(report)) answers.set(report, await showWhere(reading, { report, by: 'total' }));
    const answer = answers.get(report);
    const published = answer?.state === 'published' ? answer : undefined;
    const ministry = published?.ministry ?? null;
    cards.push({
      figure,
      through: published && metricOf(report).family.cohort ? published.through : null,
      cell: reading.direction === undefined ? ministry : onlyOf(published?.cells ?? []),
      ministry: reading.direction === undefined ? null : ministry,
    });
  }
  return cards;
}

/** The one row that holds everybody; none where some are in one row and others in another. */
function onlyOf(cells: readonly AnswerCell[]): AnswerCell | null {
  const [cell, ...others] = cells.filter(({ nobody }) => !nobody);
  return cell && others.length === 0 ? cell : null;
}

export function KeyCards({ reading, cards }: { reading: Reading; cards: readonly KeyCard[] }) {
  return (
    <ul class="livret-keys fr-raw-list">
      {cards.map((card) => (
        <li key={card.figure.name}>
          <Card reading={reading} card={card} />
        </li>
      ))}
    </ul>
  );
}

function Card({ reading, card: { figure, cell, through, ministry } }: { reading: Reading; card: KeyCard }) {
  const { lang, period, compare, direction } = reading;
  const say = WORDS[lang];
  const field = keyField(figure, lang, cell ? [cell] : []);
  const written = (of: AnswerCell | null | undefined): string | null => {
    const value = of ? field.value(of) : null;
    if (value === null) return null;
    return field.unit === undefined
      ? writtenNumber(lang, value, field)
      : `${writtenNumber(lang, value, field)}\u00a0${field.unit}`;
  };
  const [then, whole] = [written(cell?.earlier?.cell), written(ministry)];
  const kept = { period, compare, direction };
  const [path = '', query = ''] = figure.page.split('?');
  return (
    <>
      <p class="livret-key-name">
        <a href={path + linkWith(`?${query}`, kept)}>{field.heading}</a>
      </p>
      <p class="livret-key-value">{written(cell) ?? say.none}</p>
      {through !== null && <p class="livret-beside">{words[lang].countedThrough(periodName(lang, through))}</p>}
      {then !== null && compare !== undefined && (
        <p class="livret-beside">{say.before(periodName(lang, compare), then)}</p>
      )}
      {whole !== null && <p class="livret-beside">{say.ministry(whole)}</p>}
      {cell?.wider && <p class="livret-beside">{say.held(cell.label)}</p>}
    </>
  );
}
