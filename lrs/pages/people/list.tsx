/** People: the list, and those who are to be placed. */
import {
  Alert,
  Badge,
  ButtonGroup,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  FilterForm,
  type Language,
  LinkButton,
  linkWith,
  SearchForm,
  Select,
  usePage,
} from '../../../web/index.ts';
import { lastPlaceOf, type PeoplePage, type Person, placeOf, placeText } from '../../directory/index.ts';
import { nameOf } from './who.ts';
import { words } from './words.ts';

/** A person's name, leading to their page. */
export function PersonLink({ lang, person }: { lang: Language; person: Person }) {
  return <a href={`/people/${person.id}`}>{nameOf(person) ?? words[lang].nameless}</a>;
}

/** What is unusual about where they are: nothing for most. */
export function State({ lang, person, now }: { lang: Language; person: Person; now: number }) {
  const say = words[lang];
  if (placeOf(person, now)) return null;
  return person.waiting ? <Badge kind="warning">{say.toPlace}</Badge> : <Badge>{say.left}</Badge>;
}

export interface PeopleListProps {
  lang: Language;
  page: PeoplePage;
  /** Directions that can be chosen, and the one that is. */
  directions: readonly string[];
  chosen: string | undefined;
  /** Something is asked for: nobody then means that nobody matches. */
  asked: boolean;
  manages: boolean;
  now: number;
}

export function PeopleList({ lang, page, directions, chosen, asked, manages, now }: PeopleListProps) {
  const say = words[lang];
  return (
    <>
      {manages && (
        <ButtonGroup>
          <LinkButton kind="secondary" href="/people/to-place">
            {say.waiting.title}
          </LinkButton>
          <LinkButton kind="secondary" href="/import/people">
            {say.import}
          </LinkButton>
        </ButtonGroup>
      )}
      <SearchForm label={say.search} />
      {directions.length > 1 && (
        <FilterForm sets={['direction']} submit={say.show}>
          <Select
            name="direction"
            label={say.direction}
            optional
            placeholder={say.allDirections}
            value={chosen}
            options={directions.map((name) => ({ value: name, label: name }))}
          />
        </FilterForm>
      )}
      <Found lang={lang} page={page} asked={asked} now={now} />
    </>
  );
}

function Found({ lang, page: { people, next }, asked, now }: Pick<PeopleListProps, 'lang' | 'page' | 'asked' | 'now'>) {
  const say = words[lang];
  const { path } = usePage();
  if (people.length === 0 && next === undefined) {
    const { title, text } = asked ? say.none : say.nobodyYet;
    return <EmptyState title={title}>{text}</EmptyState>;
  }
  return (
    <>
      {people.length === 0 ? (
        <Alert>{say.cutShort}</Alert>
      ) : (
        <DataTable id="people" caption={say.caption(people.length)} columns={columns(lang, now)} rows={people} />
      )}
      {next !== undefined && (
        <p>
          <LinkButton kind="secondary" href={linkWith(path, { after: next })}>
            {people.length === 0 ? say.goOn : say.next}
          </LinkButton>
        </p>
      )}
    </>
  );
}

function columns(lang: Language, now: number): Column<Person>[] {
  const { columns: heads } = words[lang];
  return [
    { heading: heads.name, value: (person) => <PersonLink lang={lang} person={person} />, rowHeader: true },
    { heading: heads.direction, value: (person) => lastPlaceOf(person, now)?.direction },
    { heading: heads.service, value: (person) => lastPlaceOf(person, now)?.service },
    { heading: heads.site, value: (person) => lastPlaceOf(person, now)?.site },
    { heading: heads.state, value: (person) => <State lang={lang} person={person} now={now} /> },
  ];
}

export function WaitingList({ lang, people, more }: { lang: Language; people: readonly Person[]; more: boolean }) {
  const say = words[lang].waiting;
  if (people.length === 0) return <EmptyState title={say.none.title}>{say.none.text}</EmptyState>;
  const columns: Column<Person>[] = [
    {
      heading: words[lang].columns.name,
      value: (person) => <PersonLink lang={lang} person={person} />,
      rowHeader: true,
    },
    { heading: say.sent, value: ({ waiting }) => placeText(waiting?.sent) },
    { heading: say.provider, value: ({ waiting }) => waiting?.by.replace(/^sso:/, '') },
    { heading: say.since, value: ({ waiting }) => waiting && <DateTime at={waiting.since} /> },
    {
      heading: say.place,
      value: (person) => (
        <LinkButton
          size="sm"
          href={`/people/${person.id}/place`}
          title={say.placeOf(nameOf(person) ?? words[lang].nameless)}
        >
          {say.place}
        </LinkButton>
      ),
    },
  ];
  return (
    <>
      <DataTable id="waiting" caption={say.caption(people.length)} columns={columns} rows={people} />
      {more && <p>{say.more}</p>}
    </>
  );
}
