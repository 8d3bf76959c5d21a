/** What a cell holds, and its name: « CAB et DAC », « Traitement de texte, hors DAC », « DRH : Tableur et Messagerie ». */
import type { Bilingual, Language } from '../../web/index.ts';
import { DIMENSIONS, type Dimension, type Sets, setsOf } from './dimensions.ts';
import { groupBy } from './group-by.ts';
import { labelOf } from './label.ts';
import { Layout, type Region } from './layout.ts';
import type { Leaf } from './tree.ts';

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

function namesOf(dimension: Dimension, values: Values, lang: Language, nameOf: NameOf): string {
  const names = [...values].map((value) => {
    if (value === undefined) return WITHOUT[lang][dimension];
    return dimension === 'parcours' ? nameOf(value, lang) : value;
  });
  return labelOf(names, lang);
}

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
  const way = wayOf(leaves, all);
  if ('telling' in way) return productLabel(sets, way.telling, way.missing, lang, nameOf);
  return way.pieces.map((piece) => holdingLabel(piece, all, lang, nameOf)).join(' ; ');
}

/** Dimensions by which leaves may be told from all others, the fewest first; a service is named with its direction. */
const TELLING: Dimension[][] = Array.from({ length: 2 ** DIMENSIONS.length }, (_, bits) =>
  DIMENSIONS.filter((_dimension, place) => bits & (1 << place)),
)
  .filter((some) => some.length > 0 && (some.includes('direction') || !some.includes('service')))
  .sort((a, b) => a.length - b.length);

/** How some leaves among all are named: by what tells them from all others, or in pieces. */
type Way = { telling: Dimension[]; missing: ReadonlySet<string | undefined> } | { pieces: Leaf[][] };

const ways = new WeakMap<readonly Leaf[], { all: readonly Leaf[]; way: Way }>();

/** Found once for the same arrays. */
function wayOf(leaves: readonly Leaf[], all: readonly Leaf[]): Way {
  const known = ways.get(leaves);
  if (known?.all === all) return known.way;
  const way = findWay(leaves, all);
  ways.set(leaves, { all, way });
  return way;
}

function findWay(leaves: readonly Leaf[], all: readonly Leaf[]): Way {
  const [sets, layout] = [setsOf(leaves), Layout.of(all)];
  const telling = TELLING.find((some) => layout.holds(regionOf(sets, some), leaves.length));
  const pieces = telling ? undefined : piecesOf(leaves);
  if (pieces) return { pieces };
  return { telling: telling ?? [...DIMENSIONS], missing: missingFrom(sets, telling ?? DIMENSIONS, all) };
}

/** Directions that have the same as these below them, and are none of them. */
function missingFrom(sets: Sets, telling: readonly Dimension[], all: readonly Leaf[]): Set<string | undefined> {
  const others = telling.filter((dimension) => dimension !== 'direction');
  const missing = new Set<string | undefined>();
  if (others.length === 0 || others.length === telling.length) return missing;
  for (const place of Layout.of(all).within(regionOf(sets, others))) {
    const direction = all[place]?.[0];
    if (!sets.direction.has(direction)) missing.add(direction);
  }
  return missing;
}

/** Directions that hold the same of what is below them are one piece, or else parcours; undefined where that is all of it. */
function piecesOf(leaves: readonly Leaf[]): Leaf[][] | undefined {
  const directions = groupBy(leaves, ([direction]) => direction).values();
  const alike = groupBy(directions, (own) => own.map(([, ...below]) => JSON.stringify(below)).join());
  const byDirection = [...alike.values()].map((group) => group.flat());
  const byParcours = [...groupBy(leaves, ([, parcours]) => String(parcours)).values()];
  return [byDirection, byParcours].find((each) => each.length > 1);
}

const regionOf = (sets: Sets, dimensions: readonly Dimension[]): Region =>
  Object.fromEntries(
    dimensions.map((dimension) => [dimension, new Set([...sets[dimension]].map((value) => value ?? ''))]),
  );

/** Directions, or those that are missing where these are fewer; then what lies below. */
function productLabel(
  sets: Sets,
  telling: readonly Dimension[],
  missing: ReadonlySet<string | undefined>,
  lang: Language,
  nameOf: NameOf,
): string {
  const others = telling.filter((dimension) => dimension !== 'direction');
  const below = others.map((dimension) => namesOf(dimension, sets[dimension], lang, nameOf)).join(', ');
  if (others.length === telling.length) return below;
  const directions = namesOf('direction', sets.direction, lang, nameOf);
  if (below === '') return directions;
  if (missing.size > 0 && missing.size < sets.direction.size)
    return `${below}, ${EXCEPT[lang](namesOf('direction', missing, lang, nameOf))}`;
  return `${directions}${COLON[lang]}${below}`;
}
