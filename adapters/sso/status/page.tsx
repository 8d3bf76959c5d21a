/** What an administrator needs to see when single sign-on does not do what it should. Secrets are not known here. */

import { placeText } from '../../../lrs/directory/index.ts';
import { agentFromKey, roleNames } from '../../../lrs/index.ts';
import {
  Alert,
  DataTable,
  DateTime,
  DescriptionList,
  EmptyState,
  formatDay,
  inLine,
  type Language,
} from '../../../web/index.ts';
import type { Mapped } from '../mapping.ts';
import type { ProviderStatus } from '../provider.ts';
import type { Seen } from '../seen.ts';
import type { ProviderSettings } from '../settings.ts';
import { words } from './words.ts';

/** A provider as it is known now, and what came from it last, the latest first. */
export interface ShownProvider {
  settings: ProviderSettings;
  status: ProviderStatus;
  seen: readonly Seen[];
}

export function StatusPage({ lang, providers }: { lang: Language; providers: readonly ShownProvider[] }) {
  const { none, noneNext } = words[lang];
  if (providers.length === 0) return <EmptyState title={none}>{noneNext}</EmptyState>;
  return (
    <>
      {providers.map((provider) => (
        <ProviderSection lang={lang} provider={provider} key={provider.settings.id} />
      ))}
    </>
  );
}

function ProviderSection({ lang, provider }: { lang: Language; provider: ShownProvider }) {
  const { settings, status, seen } = provider;
  const say = words[lang];
  const accepted = seen.find(({ attributes }) => attributes !== undefined);
  const refusals = seen.filter(({ refused }) => refused !== undefined);
  return (
    <section class="fr-mb-6w" aria-labelledby={`provider-${settings.id}`}>
      <h2 id={`provider-${settings.id}`}>{settings.label[lang]}</h2>
      {status.failure !== undefined && (
        <Alert kind="warning" title={say.failure}>
          <span lang="en">{status.failure}</span>
        </Alert>
      )}
      <Facts lang={lang} settings={settings} status={status} />
      <h3>{say.last}</h3>
      {accepted === undefined ? (
        <EmptyState title={say.noArrival} level={3}>
          {say.noArrivalNext}
        </EmptyState>
      ) : (
        <LastArrival lang={lang} settings={settings} seen={accepted} />
      )}
      <DataTable
        id={`refusals-${settings.id}`}
        caption={say.refusals}
        empty={say.noRefusal}
        columns={[
          { heading: say.refusalColumns.at, value: ({ at }: Seen) => <DateTime at={at} />, rowHeader: true },
          { heading: say.refusalColumns.reason, value: ({ refused }: Seen) => <span lang="en">{refused}</span> },
        ]}
        rows={refusals}
      />
    </section>
  );
}

function Facts({ lang, settings, status }: { lang: Language } & Omit<ShownProvider, 'seen'>) {
  const say = words[lang];
  return (
    <DescriptionList
      entries={[
        [say.protocol, settings.protocol === 'saml' ? 'SAML 2.0' : 'OpenID Connect'],
        [say.issuer, status.issuer === undefined ? '–' : <code>{status.issuer}</code>],
        [say.homePage, <code>{settings.homePage}</code>],
        [say.read, status.read === undefined ? '–' : <DateTime at={status.read} />],
        [
          say.keys,
          <ul class="fr-raw-list">
            {status.keys.map(({ name, expires }) => (
              <li key={name}>
                <code>{name}</code>
                {expires !== undefined && `, ${say.expires(formatDay(lang, expires))}`}
              </li>
            ))}
          </ul>,
        ],
        [
          say.addresses,
          <ul class="fr-raw-list">
            {Object.entries(status.addresses).map(([name, address]) => (
              <li key={name}>
                {say.addressNames[name] ?? name} <code>{address}</code>
              </li>
            ))}
          </ul>,
        ],
      ]}
    />
  );
}

function LastArrival({ lang, settings, seen }: { lang: Language; settings: ProviderSettings; seen: Seen }) {
  const say = words[lang];
  const useOf = (name: string): string => {
    const uses = Object.entries(settings.attributes).filter(([, attribute]) => attribute === name);
    return uses.map(([use]) => say.uses[use] ?? use).join(', ') || say.notUsed;
  };
  return (
    <>
      <p>
        <DateTime at={seen.at} />
      </p>
      <DataTable
        id={`sent-${settings.id}`}
        caption={say.sent}
        columns={[
          {
            heading: say.sentColumns.name,
            value: ([name]: [string, readonly string[]]) => <code>{name}</code>,
            rowHeader: true,
          },
          { heading: say.sentColumns.values, value: ([, values]) => inLine(lang, values) },
          { heading: say.sentColumns.use, value: ([name]) => useOf(name) },
        ]}
        rows={Object.entries(seen.attributes ?? {})}
      />
      {seen.mapped !== undefined && <Made lang={lang} mapped={seen.mapped} />}
    </>
  );
}

function Made({ lang, mapped }: { lang: Language; mapped: Mapped }) {
  const say = words[lang];
  const { identifier, givenName, familyName, email, sent, placed, roles } = mapped;
  const { account } = agentFromKey(identifier);
  const unknown = sent.direction === undefined ? '–' : say.notPlaced;
  return (
    <>
      <h4>{say.made}</h4>
      <DescriptionList
        entries={[
          [say.madeFacts.identifier, <code>{account?.name ?? identifier}</code>],
          [say.madeFacts.name, [givenName, familyName].filter(Boolean).join(' ') || '–'],
          [say.madeFacts.mail, email ?? '–'],
          [say.madeFacts.sent, placeText(sent) || '–'],
          [say.madeFacts.placed, placed === undefined ? unknown : placeText(placed)],
          [say.madeFacts.roles, roles.map((role) => roleNames[lang][role]).join(', ') || say.noRole],
        ]}
      />
    </>
  );
}
