/** Who somebody is here, told to themselves: where they belong, what they may do, and whose their records are. */
import { DescriptionList, type Language } from '../../../web/index.ts';
import type { Visitor } from '../../access/index.ts';
import { placeOf, placeText, rolesOf } from '../../directory/index.ts';
import { roleText } from '../role-names.ts';
import { shownIdentifier } from './identifier.ts';
import { words } from './words.ts';

/** `now`: ms since 1970. */
export function OwnFacts({ lang, visitor, now }: { lang: Language; visitor: Visitor; now: number }) {
  const { person: say, own } = words[lang];
  const { person } = visitor;
  const here = person && placeOf(person, now);
  return (
    <DescriptionList
      entries={[
        [say.place, here ? placeText(here) : person ? own.noPlace : own.nobody],
        [say.roles, <Roles lang={lang} visitor={visitor} now={now} />],
        ...(person?.email === undefined ? [] : [[say.email, person.email] as const]),
        ...(person ? [[own.accounts, <Accounts lang={lang} identifiers={person.identifiers} />] as const] : []),
      ]}
    />
  );
}

/** Each once; those that only the identity provider gives say so. */
function Roles({ lang, visitor: { person, roles }, now }: { lang: Language; visitor: Visitor; now: number }) {
  const { own } = words[lang];
  const text = (held: Visitor['roles'][number]): string => roleText(lang, held);
  const kept = new Set((person ? rolesOf(person, now) : []).map(text));
  const all = [...new Set(roles.map(text))];
  // Everybody is an agent, also before they are placed.
  const shown = all.length > 0 ? all : [roleText(lang, { role: 'agent' })];
  return (
    <ul class="fr-raw-list">
      {shown.map((role) => (
        <li key={role}>
          {role}
          {person && all.length > 0 && !kept.has(role) && <span class="fr-hint-text"> {own.byProvider}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The accounts that statements name: never an address. */
function Accounts({ lang, identifiers }: { lang: Language; identifiers: readonly string[] }) {
  const accounts = identifiers.map(shownIdentifier).filter(({ kind }) => kind === 'account');
  if (accounts.length === 0) return <>{words[lang].own.noAccount}</>;
  return (
    <ul class="fr-raw-list">
      {accounts.map(({ value, homePage }) => (
        <li key={`${homePage}|${value}`}>
          <code>{value}</code> {words[lang].own.of} <code>{homePage}</code>
        </li>
      ))}
    </ul>
  );
}
