/** What a cell holds, and its name: « CAB et DAC », « Traitement de texte, hors DAC », « DRH : Tableur et Messagerie ». */
import type { Bilingual, Language } from '../../web/index.ts';
import { groupBy } from './group-by.ts';
import { labelOf } from './label.ts';
import type { Leaf } from './tree.ts';

/** The places of a leaf that can be asked for. */
export const DIMENSIONS = ['direction', 'parcours', 'service', 'site'] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** What stands for a leaf in a dimension; undefined where it has nothing there. */
export function valueIn(leaf: Leaf, dimension: Dimension): string | undefined {
  const value = leaf[DIMENSIONS.indexOf(dimension)];
  return value ?? undefined;
}

export const MINISTRY: Bilingual<string> = { fr: 'Ensemble du ministère', en: 'Whole ministry' };
const WITHOUT: Bilingual<Record<Dimension, string>> = {
  fr: { direction: 'sans direction', parcours: 'sans parcours', service: 'sans service', site: 'sans site' },
  en: { direction: 'no direction', parcours: 'no course', service: 'no service', site: 'no site' },
};
const EXCEPT: Bilingual<(rest: string) => string> = {
  fr: (rest) => `hors ${rest}`,
  en: (rest) => `except ${rest}`,
};
const COLON: Bilingual<string> = { fr: '\u00a0: ', en: ': ' };

/** The name of a parcours, which leaves have by its IRI. */
export type NameOf = (parcours: string, lang: Language) => string;

type Values = ReadonlySet<string | undefined>;
type Sets = Record<Dimension, Values>;

function namesOf(dimension: Dimension, values: Values, lang: Language, nameOf: NameOf): string {
  const names = [...values].map((value) => {
    if (value === undefined) return WITHOUT[lang][dimension];
    return dimension === 'parcours' ? nameOf(value, lang) : value;
  });
  return labelOf(names, lang);
}

const setsOf = (leaves: readonly Leaf[]): Sets => {
  const set = (dimension: Dimension) => new Set(leaves.map((leaf) => valueIn(leaf, dimension)));
  return { direction: set('direction'), parcours: set('parcours'), service: set('service'), site: set('site') };
};

/** The name of some leaves among all of a publication; of all of them, what they are in the dimension that was asked for. */
export function holdingLabel(
  leaves: readonly Leaf[],
  all: readonly Leaf[],
  lang: Language,
  nameOf: NameOf,
  dimension?: Dimension,
): string {
  const sets = setsOf(leaves);
  if (leaves.length === all.length) {
    return dimension ? namesOf(dimension, sets[dimension], lang, nameOf) : MINISTRY[lang];
  }
  const telling = TELLING.find((some) => all.filter((leaf) => lies(leaf, sets, some)).length === leaves.length);
  if (telling) return productLabel(sets, telling, all, lang, nameOf);
  return piecesLabel(leaves, all, lang, nameOf);
}

/** Dimensions by which leaves may be told from all others, the fewest first; a service is named with its direction. */
const TELLING: Dimension[][] = Array.from({ length: 2 ** DIMENSIONS.length }, (_, bits) =>
  DIMENSIONS.filter((_dimension, place) => bits & (1 << place)),
)
  .filter((some) => some.length > 0 && (some.includes('direction') || !some.includes('service')))
  .sort((a, b) => a.length - b.length);

const lies = (leaf: Leaf, sets: Sets, dimensions: readonly Dimension[]): boolean =>
  dimensions.every((dimension) => sets[dimension].has(valueIn(leaf, dimension)));

/** Directions, or those that are missing where these are fewer; then what lies below. */
function productLabel(sets: Sets, telling: Dimension[], all: readonly Leaf[], lang: Language, nameOf: NameOf): string {
  const others = telling.filter((dimension) => dimension !== 'direction');
  const below = others.map((dimension) => namesOf(dimension, sets[dimension], lang, nameOf)).join(', ');
  if (others.length === telling.length) return below;
  const directions = namesOf('direction', sets.direction, lang, nameOf);
  if (below === '') return directions;
  const present = setsOf(all.filter((leaf) => lies(leaf, sets, others))).direction;
  const missing = new Set([...present].filter((direction) => !sets.direction.has(direction)));
  if (missing.size > 0 && missing.size < sets.direction.size)
    return `${below}, ${EXCEPT[lang](namesOf('direction', missing, lang, nameOf))}`;
  return `${directions}${COLON[lang]}${below}`;
}

/** Directions that hold the same of what is below them are named together, then parcours. */
function piecesLabel(leaves: readonly Leaf[], all: readonly Leaf[], lang: Language, nameOf: NameOf): string {
  const directions = groupBy(leaves, ([direction]) => direction).values();
  const alike = groupBy(directions, (own) => own.map(([, ...below]) => JSON.stringify(below)).join());
  const byDirection = [...alike.values()].map((group) => group.flat());
  const byParcours = [...groupBy(leaves, ([, parcours]) => String(parcours)).values()];
  const pieces = [byDirection, byParcours].find((each) => each.length > 1);
  if (!pieces) return productLabel(setsOf(leaves), [...DIMENSIONS], all, lang, nameOf);
  return pieces.map((piece) => holdingLabel(piece, all, lang, nameOf)).join(' ; ');
}
