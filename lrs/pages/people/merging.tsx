/** Two records of one person: found, compared, merged. */
import {
  Button,
  ButtonGroup,
  type Column,
  DataTable,
  EmptyState,
  Form,
  type Language,
  LinkButton,
  SearchForm,
} from '../../../web/index.ts';
import { lastPlaceOf, type Person, placeText, rolesOf } from '../../directory/index.ts';
import { roleNames } from '../role-names.ts';
import { shownIdentifier } from './identifier.ts';
import { nameOf } from './who.ts';
import { words } from './words.ts';

export interface CandidatesProps {
  lang: Language;
  person: Person;
  /** Undefined before anything was searched. */
  found: readonly Person[] | undefined;
  now: number;
}

export function Candidates({ lang, person, found, now }: CandidatesProps) {
  const { merging: say, none, nameless, columns: heads } = words[lang];
  const columns: Column<Person>[] = [
    { heading: heads.name, value: (other) => nameOf(other) ?? nameless, rowHeader: true },
    { heading: heads.direction, value: (other) => lastPlaceOf(other, now)?.direction },
    {
      heading: say.identifiers,
      value: (other) => other.identifiers.map((key) => shownIdentifier(key).value).join(', '),
    },
    {
      heading: say.compare,
      value: (other) => (
        <LinkButton
          kind="tertiary"
          size="sm"
          href={`/people/${person.id}/merge?with=${encodeURIComponent(other.id)}`}
          title={say.compareOf(nameOf(other) ?? nameless)}
        >
          {say.compare}
        </LinkButton>
      ),
    },
  ];
  return (
    <>
      <SearchForm label={say.search} />
      {found?.length === 0 && <EmptyState title={none.title}>{none.text}</EmptyState>}
      {found && found.length > 0 && <DataTable id="found" caption={say.caption} columns={columns} rows={found} />}
    </>
  );
}

export interface ComparisonProps {
  lang: Language;
  into: Person;
  from: Person;
  now: number;
}

export function Comparison({ lang, into, from, now }: ComparisonProps) {
  const { merging: say, person: fields, columns: heads, nameless } = words[lang];
  const facts: { name: string; of: (person: Person) => string | undefined }[] = [
    { name: heads.name, of: (person) => nameOf(person) ?? nameless },
    { name: fields.email, of: ({ email }) => email },
    { name: heads.direction, of: (person) => placeText(lastPlaceOf(person, now)) || undefined },
    {
      name: fields.roles,
      of: (person) =>
        rolesOf(person, now)
          .map(({ role }) => roleNames[lang][role])
          .join(', '),
    },
    { name: say.identifiers, of: ({ identifiers }) => identifiers.map((key) => shownIdentifier(key).value).join(', ') },
  ];
  const columns: Column<(typeof facts)[number]>[] = [
    { heading: say.fact, value: ({ name }) => name, rowHeader: true },
    { heading: say.stays, value: ({ of }) => of(into) },
    { heading: say.goes, value: ({ of }) => of(from) },
  ];
  return (
    <>
      <DataTable id="comparison" caption={say.comparison} columns={columns} rows={facts} />
      <ul>
        {say.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <Form action={`/people/${into.id}/merge`}>
        <input type="hidden" name="with" value={from.id} />
        <ButtonGroup>
          <Button>{say.submit}</Button>
          <LinkButton kind="secondary" href={`/people/${into.id}`}>
            {say.cancel}
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}
