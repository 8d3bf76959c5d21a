/** What stands on the page at the root: what this is, who one is here, and where to go. */
import type { Role } from '../../lrs/directory/index.ts';
import { OwnFacts, type Visitor } from '../../lrs/index.ts';
import {
  Alert,
  DescriptionList,
  EmptyState,
  type Language,
  LinkButton,
  type NavigationItem,
  Tiles,
} from '../../web/index.ts';
import { words } from './words.ts';

/** The furthest first: whoever holds several comes for what the first of them is for. */
const FURTHEST: readonly Role[] = ['administrator', 'correspondent', 'analyst', 'tutor', 'agent'];

/** Pages that a role comes for, before all others that it may open. */
const FIRST: Record<Role, readonly string[]> = {
  agent: ['/packages', '/learning', '/people/me'],
  tutor: ['/people', '/packages'],
  correspondent: ['/progress', '/people', '/reports', '/directions'],
  analyst: ['/reports', '/directions'],
  administrator: ['/people', '/directions', '/reports'],
};

/** The role that says what a page is like for somebody. Everybody is an agent. */
export const furthestRole = ({ roles }: Pick<Visitor, 'roles'>): Role =>
  FURTHEST.find((role) => roles.some((held) => held.role === role)) ?? 'agent';

/** Who waits to be placed: so many, and whether there are more. */
export interface WaitingCount {
  count: number;
  more: boolean;
}

interface HomeProps {
  lang: Language;
  visitor: Visitor;
  /** Pages that they may open. */
  items: readonly NavigationItem[];
  siteUrl: string;
  /** For whoever can place people. */
  waiting?: WaitingCount;
  now: number;
}

export function Home({ lang, visitor, items, siteUrl, waiting, now }: HomeProps) {
  const say = words[lang];
  const role = furthestRole(visitor);
  const daily = byUse(
    items.filter(({ administers }) => !administers),
    FIRST[role],
  );
  const administration = items.filter(({ administers }) => administers);
  return (
    <>
      {waiting && waiting.count > 0 && (
        <Alert kind="warning">
          {say.waiting(waiting.count, waiting.more)} <a href="/people/to-place">{say.toPlace}</a>
        </Alert>
      )}
      {items.length === 0 && <EmptyState title={say.nothing}>{say.nothingLead}</EmptyState>}
      {daily.length > 0 && <Tiles tiles={daily.map((item) => tileOf(item, lang))} />}
      {administration.length > 0 && (
        <>
          <h2>{say.administration}</h2>
          <Tiles tiles={administration.map((item) => tileOf(item, lang))} level={3} />
        </>
      )}
      <h2>{say.you}</h2>
      <OwnFacts lang={lang} visitor={visitor} now={now} />
      {role === 'administrator' && <Technical lang={lang} siteUrl={siteUrl} />}
    </>
  );
}

/** Those that are named first, in that order; then the others as they were. */
function byUse(items: readonly NavigationItem[], first: readonly string[]): NavigationItem[] {
  const rank = ({ path }: NavigationItem): number => (first.includes(path) ? first.indexOf(path) : first.length);
  return items.toSorted((a, b) => rank(a) - rank(b));
}

const tileOf = ({ path, label, description }: NavigationItem, lang: Language) => ({
  href: path,
  title: label[lang],
  description: description[lang],
});

function Technical({ lang, siteUrl }: { lang: Language; siteUrl: string }) {
  const { technical, endpoint, state } = words[lang];
  return (
    <>
      <h2>{technical}</h2>
      <DescriptionList
        entries={[
          [endpoint, <code>{siteUrl}/xapi</code>],
          [state, <a href="/ready">/ready</a>],
        ]}
      />
    </>
  );
}

/** For whoever is not logged in. */
export function Welcome({ lang, siteUrl }: { lang: Language; siteUrl: string }) {
  const say = words[lang];
  return (
    <>
      <p>{say.loginLead}</p>
      <p>
        <LinkButton href="/login" size="lg" icon="lock-line">
          {say.login}
        </LinkButton>
      </p>
      <div class="fr-grid-row fr-grid-row--gutters fr-mt-4w">
        {say.offers.map(([title, sentence]) => (
          <section class="fr-col-12 fr-col-md-4" key={title}>
            <h2 class="fr-h5">{title}</h2>
            <p>{sentence}</p>
          </section>
        ))}
      </div>
      <p class="fr-text--sm fr-mt-4w">
        {say.endpoint}
        {say.colon} <code>{siteUrl}/xapi</code>
      </p>
    </>
  );
}
