/** Puts a digest together: published figures alone, of what its reader sees now. */
import { formatDay, type Language } from '../../web/index.ts';
import { type Ground, sourcesOf } from '../all-collected.ts';
import { claimWords } from '../claims/index.ts';
import type { Asked } from '../find-figures.ts';
import { periodName } from '../periods/names.ts';
import { claimsBlocks } from './claims.ts';
import { completionBlocks } from './completion.ts';
import type { Block, Digest } from './digest.ts';
import { words } from './mail-words.ts';
import type { Reader } from './reader.ts';
import { schedulingBlocks } from './scheduling.ts';
import { SECTIONS, type Section, type Subscription } from './subscription.ts';

export interface Place {
  /** Address of the site. */
  url: string;
  /** Who runs it, or its host. */
  name: string;
}

/** Pages where the same figures stand, with all that belongs to them. */
const PAGES: Record<Section, string> = {
  completion: '/reports/directions',
  scheduling: '/reports/scheduling',
  claims: '/reports/claims',
};

/** What of a reader decides what stands in it. */
type Seen = { [Name in 'within' | 'direction' | 'until']?: Reader[Name] | undefined };

export const PAGE = '/reports/digests';
export const STOP_PAGE = '/digests/stop';

export const stopLink = ({ url }: Place, { stop, lang }: Pick<Subscription, 'stop' | 'lang'>): string =>
  `${url}${STOP_PAGE}?${new URLSearchParams({ token: stop, lang })}`;

/** Puts the digests of one run together: many readers see the same, and the figures of a period are asked for once for all of these. */
export class Composer {
  readonly #ground: Ground;
  readonly #place: Place;
  readonly #known = new Map<string, Promise<Block[]>>();

  constructor(ground: Ground, place: Place) {
    this.#ground = ground;
    this.#place = place;
  }

  /** Rejects what Reports.read rejects with. */
  async compose(subscription: Subscription, reader: Seen, period: string): Promise<Digest> {
    const { lang, sent, sections, direction } = subscription;
    const query = new URLSearchParams({ period, lang, ...(direction !== undefined && { direction }) });
    const { name, url } = this.#place;
    const say = words[lang];
    const blocks: Block[] = [{ kind: 'text', text: say.lead(name) }];
    if (sent?.period === period) blocks.push({ kind: 'text', text: say.same });
    for (const section of SECTIONS.filter((each) => sections.includes(each))) {
      const href = `${url}${PAGES[section]}?${query}`;
      blocks.push({ kind: 'heading', text: section === 'claims' ? claimWords[lang].title : say.headings[section] });
      blocks.push(...(await this.#blocks(section, reader, period, lang)));
      blocks.push({ kind: 'link', href, label: say.pages[section] });
    }
    const named = periodName(lang, period);
    const footer = footerOf(this.#place, subscription, reader.until, lang);
    return { subject: say.subject(name, named), title: say.title(named), blocks, footer };
  }

  #blocks(
    section: Section,
    { within, direction }: Omit<Seen, 'until'>,
    period: string,
    lang: Language,
  ): Promise<Block[]> {
    const seen = within === undefined ? null : [...within].sort();
    const key = JSON.stringify([section, seen, section === 'claims' ? direction : undefined, period, lang]);
    const known = this.#known.get(key) ?? this.#ask(section, { within, direction }, period, lang);
    this.#known.set(key, known);
    return known;
  }

  #ask(section: Section, { within, direction }: Omit<Seen, 'until'>, period: string, lang: Language): Promise<Block[]> {
    const { reports } = this.#ground;
    const sources = sourcesOf(this.#ground, (asked: Asked) => reports.read(asked, lang), within);
    if (section === 'completion') return completionBlocks(sources, period, lang);
    if (section === 'scheduling') return schedulingBlocks(sources, period, lang);
    return claimsBlocks(sources, period, direction, lang);
  }
}

function footerOf(place: Place, subscription: Subscription, until: number | undefined, lang: Language): Block[] {
  const say = words[lang];
  return [
    { kind: 'text', small: true, text: say.why },
    ...(until === undefined ? [] : [{ kind: 'text', small: true, text: say.login(formatDay(lang, until)) } as const]),
    { kind: 'link', href: `${place.url}${PAGE}?${new URLSearchParams({ lang })}`, label: say.change },
    { kind: 'link', href: stopLink(place, subscription), label: say.stop },
  ];
}
