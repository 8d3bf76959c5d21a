/** What stands on the pages of keys. */
import {
  Alert,
  Badge,
  Button,
  ButtonGroup,
  Checkbox,
  type Column,
  DataTable,
  DateTime,
  DescriptionList,
  ErrorSummary,
  type FieldError,
  Form,
  formatDay,
  Input,
  type Language,
  LinkButton,
} from '../../../web/index.ts';
import { type Key, type KeyPair, SCOPES } from '../../access/index.ts';
import { words } from './words.ts';

/** The last instant of a day is kept as the first of the next one. */
const lastDay = (expires: number): number => expires - 1;

export function KeyList({ lang, keys, now }: { lang: Language; keys: readonly Key[]; now: number }) {
  const say = words[lang];
  const columns: Column<Key>[] = [
    { heading: say.columns.label, value: ({ label }) => label, rowHeader: true },
    { heading: say.columns.key, value: ({ key }) => <code>{key}</code> },
    {
      heading: say.columns.scopes,
      value: ({ scopes }) => (
        <ul class="fr-raw-list">
          {scopes.map((scope) => (
            <li key={scope}>{say.scopes[scope]}</li>
          ))}
        </ul>
      ),
    },
    { heading: say.columns.created, value: ({ created }) => <DateTime at={created} day /> },
    { heading: say.columns.state, value: (key) => <State lang={lang} of={key} now={now} /> },
    {
      heading: say.columns.action,
      value: ({ key, label, revoked }) =>
        revoked === undefined ? (
          <LinkButton kind="tertiary" size="sm" href={`/keys/${encodeURIComponent(key)}`} title={say.revokeOf(label)}>
            {say.revoke}
          </LinkButton>
        ) : (
          ''
        ),
    },
  ];
  return (
    <>
      <p>
        <LinkButton href="/keys/new" icon="add-line">
          {say.add}
        </LinkButton>
      </p>
      <DataTable id="keys" caption={say.caption} columns={columns} rows={keys} />
    </>
  );
}

function State({ lang, of: { revoked, expires }, now }: { lang: Language; of: Key; now: number }) {
  const say = words[lang].state;
  if (revoked !== undefined) return <Badge kind="error">{say.revoked}</Badge>;
  if (expires === undefined) return <Badge kind="success">{say.open}</Badge>;
  if (now >= expires) return <Badge kind="warning">{say.expired}</Badge>;
  return <Badge kind="success">{say.until(formatDay(lang, lastDay(expires)))}</Badge>;
}

/** What was filled in, and what of it will not do. */
export interface KeyForm {
  label: string;
  scopes: readonly string[];
  expires: string;
  errors: readonly FieldError[];
}

export function NewKeyForm({ lang, label, scopes, expires, errors }: KeyForm & { lang: Language }) {
  const say = words[lang].form;
  const errorAt = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <Form action="/keys">
      <ErrorSummary errors={errors} />
      <Input
        name="label"
        label={say.label}
        hint={say.labelHint}
        value={label}
        error={errorAt('label')}
        maxLength={200}
      />
      <Scopes lang={lang} chosen={scopes} error={errorAt(FIRST_SCOPE)} />
      <Input
        name="expires"
        type="date"
        label={say.expires}
        hint={say.expiresHint}
        value={expires}
        error={errorAt('expires')}
        optional
      />
      <ButtonGroup>
        <Button>{say.make}</Button>
        <LinkButton kind="secondary" href="/keys">
          {words[lang].cancel}
        </LinkButton>
      </ButtonGroup>
    </Form>
  );
}

const scopeField = (scope: string): string => `scope-${scope.replaceAll('/', '-')}`;

/** Where what is wrong with the scopes leads to: a group cannot be focused. */
export const FIRST_SCOPE = scopeField(SCOPES[0]);

interface ScopesProps {
  lang: Language;
  chosen: readonly string[];
  error: string | undefined;
}

function Scopes({ lang, chosen, error }: ScopesProps) {
  return (
    <fieldset
      class={`fr-fieldset${error === undefined ? '' : ' fr-fieldset--error'}`}
      aria-labelledby="scopes-legend"
      aria-describedby="scopes-messages"
    >
      <legend class="fr-fieldset__legend" id="scopes-legend">
        {words[lang].form.scopes}
      </legend>
      <div class="fr-fieldset__element">
        {SCOPES.map((scope) => (
          <Checkbox
            name="scope"
            id={scopeField(scope)}
            value={scope}
            label={words[lang].scopes[scope]}
            hint={scope}
            checked={chosen.includes(scope)}
            key={scope}
          />
        ))}
      </div>
      <div class="fr-messages-group" id="scopes-messages" aria-live="polite">
        {error !== undefined && <p class="fr-message fr-message--error">{error}</p>}
      </div>
    </fieldset>
  );
}

export function MadeKey({ lang, pair, siteUrl }: { lang: Language; pair: KeyPair; siteUrl: string }) {
  const say = words[lang];
  return (
    <>
      <Alert kind="success" title={say.made} live>
        {say.madeLead}
      </Alert>
      <DescriptionList
        entries={[
          [say.columns.key, <code>{pair.key}</code>],
          [say.secret, <code>{pair.secret}</code>],
          [say.endpoint, <code>{`${siteUrl}/xapi`}</code>],
        ]}
      />
      <LinkButton kind="secondary" href="/keys">
        {say.back}
      </LinkButton>
    </>
  );
}

export function RevokeKey({ lang, shown }: { lang: Language; shown: Key }) {
  const say = words[lang];
  return (
    <Form action={`/keys/${encodeURIComponent(shown.key)}/revoke`}>
      <ButtonGroup>
        <Button>{say.revoke}</Button>
        <LinkButton kind="secondary" href="/keys">
          {say.cancel}
        </LinkButton>
      </ButtonGroup>
    </Form>
  );
}
