/** Puts a digest together: published figures alone, of what its reader sees now. */
import { formatDay, type Language } from '../../web/index.ts';
import { type Ground, sourcesOf } from '../all-collected.ts';
import type { Asked } from '../find-figures.ts';
import { periodName } from '../pages/period-name.ts';
import { claimsBlocks } from './claims.ts';
import { completionBlocks } from './completion.ts';
import type { Block, Digest } from './digest.ts';
import { words } from './mail-words.ts';
import { LOGIN_COUNTS, type Reader } from './reader.ts';
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

export const PAGE = '/reports/digests';
export const STOP_PAGE = '/digests/stop';

export const stopLink = ({ url }: Place, { stop, lang }: Pick<Subscription, 'stop' | 'lang'>): string =>
  `${url}${STOP_PAGE}?${new URLSearchParams({ token: stop, lang })}`;

/** Rejects what Reports.read rejects with. */
export async function compose(
  ground: Ground,
  place: Place,
  subscription: Subscription,
  { within, direction }: Pick<Reader, 'within' | 'direction'>,
  period: string,
): Promise<Digest> {
  const { lang, sent } = subscription;
  const say = words[lang];
  const sources = sourcesOf(ground, (asked: Asked) => ground.reports.read(asked, lang), within);
  const blocksOf: Record<Section, () => Promise<Block[]>> = {
    completion: () => completionBlocks(sources, period, lang),
    scheduling: () => schedulingBlocks(sources, period, lang),
    claims: () => claimsBlocks(sources, period, direction, lang),
  };
  const blocks: Block[] = [{ kind: 'text', text: say.lead(place.name) }];
  if (sent?.period === period) blocks.push({ kind: 'text', text: say.same });
  for (const section of SECTIONS.filter((each) => subscription.sections.includes(each))) {
    const href = `${place.url}${PAGES[section]}?${new URLSearchParams({ period, lang })}`;
    blocks.push({ kind: 'heading', text: say.headings[section] });
    blocks.push(...(await blocksOf[section]()), { kind: 'link', href, label: say.pages[section] });
  }
  const named = periodName(lang, period);
  return {
    subject: say.subject(place.name, named),
    title: say.title(named),
    blocks,
    footer: footerOf(place, subscription, lang),
  };
}

function footerOf(place: Place, subscription: Subscription, lang: Language): Block[] {
  const say = words[lang];
  const { login } = subscription;
  return [
    { kind: 'text', small: true, text: say.why },
    ...(login
      ? [{ kind: 'text', small: true, text: say.login(formatDay(lang, login.at + LOGIN_COUNTS)) } as const]
      : []),
    { kind: 'link', href: `${place.url}${PAGE}?${new URLSearchParams({ lang })}`, label: say.change },
    { kind: 'link', href: stopLink(place, subscription), label: say.stop },
  ];
}
