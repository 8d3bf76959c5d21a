/** Key figures of the ministry, or of one direction: each with what it was before, and where there is more. */
import { type Bilingual, labelled, linkWith } from '../../web/index.ts';
import type { AnswerCell } from '../answer.ts';
import { writtenWithUnit } from '../figures/field.ts';
import { type KeyFigure, keyField, readKeyFigures } from '../figures/key-figures.ts';
import { oneRowOf } from '../figures/one-row.ts';
import { metricOf } from '../metrics/index.ts';
import { ofPeriod, periodName } from '../periods/names.ts';
import { isPart, placeOf, type Reading, showWhere } from './frame/reading.ts';
import { words } from './words.ts';

interface KeyCard {
  figure: KeyFigure;
  /** null where there is no figure. */
  cell: AnswerCell | null;
  /** There are figures of them, but in more than one row. */
  several: boolean;
  /** Of a cohort: up to the end of which period things counted. */
  through: string | null;
  /** The same of the whole ministry, beside a direction. */
  ministry: AnswerCell | null;
}

const WORDS: Bilingual<{
  title: string;
  none: string;
  several: string;
  before(period: string, value: string): string;
  /** A cohort as it stood when it was as old. */
  sameAge(period: string): string;
  ministry(value: string): string;
  held(label: string): string;
}> = {
  fr: {
    title: 'Chiffres clés',
    none: 'pas de chiffre',
    several: 'dans plusieurs lignes',
    before: (period, value) => `${period}\u00a0: ${value}`,
    sameAge: (period) => `${period}, au même âge`,
    ministry: (value) => `ensemble du ministère\u00a0: ${value}`,
    held: (label) => `compté avec\u00a0: ${label}`,
  },
  en: {
    title: 'Key figures',
    none: 'no figure',
    several: 'in several rows',
    before: (period, value) => `${period}: ${value}`,
    sameAge: (period) => `${period}, at the same age`,
    ministry: (value) => `whole ministry: ${value}`,
    held: (label) => `counted with: ${label}`,
  },
};

export async function readKeyCards(reading: Reading): Promise<KeyCard[]> {
  const read = await readKeyFigures((report) => showWhere(reading, { report, by: 'total' }));
  return read.map(({ figure, answer }) => {
    const published = answer?.state === 'published' ? answer : undefined;
    const ministry = published?.ministry ?? null;
    return {
      figure,
      through: published && metricOf(figure.report).family.cohort ? published.through : null,
      ...(published ? oneRowOf(published, isPart(reading)) : { cell: null, several: false }),
      ministry: isPart(reading) ? ministry : null,
    };
  });
}

export function KeyCards({ reading, cards }: { reading: Reading; cards: readonly KeyCard[] }) {
  return (
    <>
      <h2 class="fr-h4">{labelled(reading.lang, WORDS[reading.lang].title, placeOf(reading))}</h2>
      <ul class="livret-keys fr-raw-list">
        {cards.map((card) => (
          <li key={card.figure.name}>
            <Card reading={reading} card={card} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Card({ reading, card: { figure, cell, several, through, ministry } }: { reading: Reading; card: KeyCard }) {
  const { lang, period, compare, direction } = reading;
  const say = WORDS[lang];
  const field = keyField(figure, lang, cell ? [cell] : []);
  const written = (of: AnswerCell | null | undefined): string | null => {
    const value = of ? field.value(of) : null;
    return value === null ? null : writtenWithUnit(lang, value, field);
  };
  const [then, whole] = [written(cell?.earlier?.cell), written(ministry)];
  const kept = { period, compare, direction };
  const [path = '', query = ''] = figure.page.split('?');
  return (
    <>
      <p>
        <a href={path + linkWith(`?${query}`, kept)}>{field.heading}</a>
      </p>
      <p class="livret-key-value">{written(cell) ?? (several ? say.several : say.none)}</p>
      {through !== null && <p class="livret-beside">{words[lang].countedThrough(ofPeriod(lang, through))}</p>}
      {then !== null && compare !== undefined && (
        <p class="livret-beside">
          {say.before(through === null ? periodName(lang, compare) : say.sameAge(periodName(lang, compare)), then)}
        </p>
      )}
      {whole !== null && <p class="livret-beside">{say.ministry(whole)}</p>}
      {cell?.wider && <p class="livret-beside">{say.held(cell.label)}</p>}
    </>
  );
}
