/** One person: where they belong, their roles; for administrators identifiers, merges and history as well. */
import {
  Alert,
  Button,
  ButtonGroup,
  type Column,
  DataTable,
  DateTime,
  DescriptionList,
  Form,
  type Language,
  LinkButton,
  Select,
} from '../../../web/index.ts';
import type { Visitor } from '../../access/index.ts';
import {
  type Grant,
  type HistoryEntry,
  inForce,
  leftAt,
  type Membership,
  type Merge,
  type Person,
  placeOf,
  placeText,
  ROLES,
  rolesOf,
} from '../../directory/index.ts';
import { fieldsOf, type Refused, WhyRefused } from '../refused.tsx';
import { roleNames, roleText } from '../role-names.ts';
import { EVERYWHERE } from './everywhere.ts';
import { Identifiers } from './identifiers.tsx';
import { OwnFacts } from './own-facts.tsx';
import { History, Merges } from './past.tsx';
import { type Done, words } from './words.ts';

export interface PersonPageProps {
  lang: Language;
  person: Person;
  /** Those that the reader may see. */
  memberships: readonly Membership[];
  now: number;
  done?: Done;
  /** The form that was refused. */
  refused?: Refused;
  /** For whoever may see the identifiers. */
  identifiers: boolean;
  /** Who looks at it, where that is the person themselves. */
  self?: Visitor;
  /** For administrators. */
  managed?: Managed;
}

export interface Managed {
  directions: readonly string[];
  merges: readonly Merge[];
  history: readonly HistoryEntry[];
  /** Names of the people who did what is in the history, by id. */
  names: ReadonlyMap<string, string>;
}

export function PersonPage(props: PersonPageProps) {
  const { lang, person, memberships, now, done, refused, managed } = props;
  const say = words[lang];
  return (
    <>
      {refused && <WhyRefused refused={refused} problems={say.problems} />}
      {done && (
        <Alert kind="success" live>
          {say.done[done]}
        </Alert>
      )}
      {managed && person.waiting && (
        <Alert kind="warning" title={say.toPlace}>
          <p>{say.placing.sent(placeText(person.waiting.sent))}</p>
        </Alert>
      )}
      {props.self ? (
        <OwnFacts lang={lang} visitor={props.self} now={now} />
      ) : (
        <Facts lang={lang} person={person} now={now} />
      )}
      {managed && (
        <ButtonGroup>
          <LinkButton kind="secondary" href={`/people/${person.id}/place`}>
            {say.person.move}
          </LinkButton>
          <LinkButton kind="secondary" href={`/people/${person.id}/merge`}>
            {say.person.merge}
          </LinkButton>
          <LinkButton kind="tertiary" href={`/statements?person=${person.id}`}>
            {say.person.statements}
          </LinkButton>
        </ButtonGroup>
      )}
      {memberships.length > 0 && (
        <DataTable
          id="memberships"
          caption={say.person.memberships}
          columns={membershipColumns(lang)}
          rows={memberships.toReversed()}
        />
      )}
      <Grants
        lang={lang}
        person={person}
        now={now}
        refused={refused}
        {...(managed && { directions: managed.directions })}
      />
      {props.identifiers && (
        <Identifiers lang={lang} person={person} manages={managed !== undefined} refused={refused} />
      )}
      {managed && <Merges lang={lang} merges={managed.merges} names={managed.names} />}
      {managed && <History lang={lang} history={managed.history} names={managed.names} />}
    </>
  );
}

function Facts({ lang, person, now }: { lang: Language; person: Person; now: number }) {
  const say = words[lang].person;
  const here = placeOf(person, now);
  const roles = [...new Set(rolesOf(person, now).map((held) => roleText(lang, held)))];
  return (
    <DescriptionList
      entries={[
        [say.place, here ? placeText(here) : say.noPlace],
        [say.roles, roles.join(', ') || '–'],
        ...(person.email === undefined ? [] : [[say.email, person.email] as const]),
      ]}
    />
  );
}

function membershipColumns(lang: Language): Column<Membership>[] {
  const { columns, person: say } = words[lang];
  return [
    { heading: columns.direction, value: ({ direction }) => direction, rowHeader: true },
    { heading: columns.service, value: ({ service }) => service },
    { heading: columns.site, value: ({ site }) => site },
    { heading: say.from, value: ({ from }) => (from === undefined ? say.always : <DateTime at={from} day />) },
    // The last day, of which the end is kept as the first instant of the next one.
    { heading: say.to, value: ({ to }) => (to === undefined ? say.still : <DateTime at={to - 1} day />) },
    { heading: say.roles, value: ({ roles }) => roles.map((role) => roleNames[lang][role]).join(', ') },
  ];
}

interface GrantsProps {
  lang: Language;
  person: Person;
  now: number;
  refused: Refused | undefined;
  /** There for administrators. */
  directions?: readonly string[];
}

function Grants({ lang, person, now, refused, directions }: GrantsProps) {
  const { person: say, columns: heads, problems } = words[lang];
  const fields = fieldsOf('roles', refused, problems);
  const grants = person.grants ?? [];
  const columns: Column<Grant>[] = [
    { heading: say.role, value: ({ role }) => roleNames[lang][role], rowHeader: true },
    { heading: heads.direction, value: ({ direction }) => direction ?? say.everywhere },
    { heading: say.from, value: ({ from }) => <DateTime at={from} day /> },
    { heading: say.to, value: ({ to }) => (to === undefined ? say.still : <DateTime at={to - 1} day />) },
  ];
  if (directions) {
    columns.push({
      heading: say.revoke,
      value: (grant) =>
        leftAt(person, now) === undefined && inForce(grant, now) && <Revoke lang={lang} id={person.id} grant={grant} />,
    });
  }
  return (
    <>
      {grants.length > 0 && <DataTable id="grants" caption={say.grants} columns={columns} rows={grants} />}
      {directions && (
        <>
          <h2 class="fr-h4 fr-mt-4w">{say.grant}</h2>
          <p>{say.grantLead}</p>
          <Form action={`/people/${person.id}/roles`}>
            <Select
              name="role"
              label={say.role}
              placeholder={say.pick}
              value={fields.value('role')}
              error={fields.error('role')}
              options={roleOptions(lang)}
            />
            <Select
              name="direction"
              label={say.grantDirection}
              hint={say.grantDirectionHint}
              placeholder={say.pick}
              value={fields.value('direction')}
              error={fields.error('direction')}
              options={[
                { value: EVERYWHERE, label: say.everywhere },
                ...directions.map((name) => ({ value: name, label: name })),
              ]}
            />
            <Button kind="secondary">{say.grant}</Button>
          </Form>
        </>
      )}
    </>
  );
}

/** Everybody is an agent: that is not granted. */
const roleOptions = (lang: Language) =>
  ROLES.filter((role) => role !== 'agent').map((role) => ({ value: role, label: roleNames[lang][role] }));

function Revoke({ lang, id, grant: { role, direction } }: { lang: Language; id: string; grant: Grant }) {
  const { person: say } = words[lang];
  return (
    <Form action={`/people/${id}/roles/revoke`}>
      <input type="hidden" name="role" value={role} />
      <input type="hidden" name="direction" value={direction ?? EVERYWHERE} />
      <Button kind="tertiary" size="sm">
        {say.revoke} <span class="fr-sr-only">{`${roleNames[lang][role]}, ${direction ?? say.everywhere}`}</span>
      </Button>
    </Form>
  );
}
