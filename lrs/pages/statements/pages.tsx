/** Statements as a list, and one with its text. */
import {
  Badge,
  type Column,
  DataTable,
  DateTime,
  DescriptionList,
  EmptyState,
  formatNumber,
  formatPercent,
  type Language,
  LinkButton,
  LocalText,
  linkWith,
  ScrollRegion,
  usePage,
} from '../../../web/index.ts';
import { indentJson } from '../../xapi/index.ts';
import type { Actor, Statement } from '../../xapi/types.ts';
import { words } from './words.ts';

/** A statement, with the names that are known of its activity. */
export interface Shown {
  id: string;
  statement: Statement;
  /** Its timestamp, ms since 1970. */
  at: number | undefined;
  /** The activity's, by language. */
  names: Readonly<Record<string, string>>;
}

export interface StatementListProps {
  lang: Language;
  shown: readonly Shown[];
  /** Where the next page begins. */
  next?: number | undefined;
  registration?: string | undefined;
  /** They are all of one person, who is not named in each row. */
  ofPerson: boolean;
}

export function StatementList({ lang, shown, next, registration, ofPerson }: StatementListProps) {
  const say = words[lang];
  const { path } = usePage();
  return (
    <>
      {registration !== undefined && <p>{say.registration(registration)}</p>}
      {shown.length === 0 ? (
        <EmptyState title={say.empty.title}>{say.empty.sentence}</EmptyState>
      ) : (
        <DataTable id="statements" caption={say.caption(shown.length)} columns={columns(lang, ofPerson)} rows={shown} />
      )}
      {next !== undefined && (
        <p>
          <LinkButton kind="secondary" href={linkWith(path, { after: next })}>
            {say.next}
          </LinkButton>
        </p>
      )}
      <p class="fr-text--sm">{say.noted}</p>
    </>
  );
}

function columns(lang: Language, ofPerson: boolean): Column<Shown>[] {
  const { columns: heads, open } = words[lang];
  const who: Column<Shown> = { heading: heads.actor, value: ({ statement }) => actorText(statement.actor) };
  return [
    {
      heading: heads.timestamp,
      rowHeader: true,
      value: ({ at }) => at !== undefined && <DateTime at={at} />,
    },
    ...(ofPerson ? [] : [who]),
    { heading: heads.verb, value: ({ statement }) => <Verb lang={lang} statement={statement} /> },
    { heading: heads.object, value: (row) => <ObjectOf lang={lang} {...row} /> },
    { heading: heads.result, value: ({ statement }) => resultText(lang, statement) },
    {
      heading: heads.statement,
      value: ({ id }) => (
        <a href={`/statements/${id}`} title={`${open} ${id}`}>
          {open} {id.slice(0, 8)}
        </a>
      ),
    },
  ];
}

/** Name, or what the account or address is called. */
const actorText = ({ name, account, mbox, mbox_sha1sum, openid }: Actor): string | null =>
  name ?? account?.name ?? mbox?.replace(/^mailto:/, '') ?? openid ?? mbox_sha1sum ?? null;

/** What an IRI ends with. */
const lastOf = (iri: string): string => /([^/#]+)[/#]?$/.exec(iri)?.[1] ?? iri;

function Verb({ lang, statement: { verb } }: { lang: Language; statement: Statement }) {
  return <LocalText lang={lang} texts={verb.display ?? {}} fallback={lastOf(verb.id)} />;
}

function ObjectOf({ lang, statement: { object }, names }: Shown & { lang: Language }) {
  if (object.objectType === 'StatementRef') return <a href={`/statements/${object.id}`}>{object.id}</a>;
  if (object.objectType === 'SubStatement') return <>SubStatement</>;
  return 'id' in object ? <LocalText lang={lang} texts={names} fallback={object.id} /> : actorText(object);
}

function resultText(lang: Language, { result }: Statement): string | null {
  const { results } = words[lang];
  const { completion, success, score: given } = result ?? {};
  const parts = [
    ...(completion === true ? [results.completed] : []),
    ...(success === undefined ? [] : [success ? results.passed : results.failed]),
    ...(given?.scaled === undefined ? [] : [formatPercent(lang, given.scaled, 0)]),
  ];
  return parts.join(', ') || null;
}

/** Characters that are shown of a text; a longer one is not indented either. */
const LONGEST = 200_000;

/** `text`: JSON as it is stored. */
export function OneStatement(props: { lang: Language; shown: Shown; text: string; stored: number; voided: boolean }) {
  const { lang, shown, text, stored, voided } = props;
  const say = words[lang];
  const { statement, at, id } = shown;
  return (
    <>
      <DescriptionList
        entries={[
          [say.columns.actor, actorText(statement.actor)],
          [say.columns.verb, <Verb lang={lang} statement={statement} />],
          [say.columns.object, <ObjectOf lang={lang} {...shown} />],
          [say.timestamp, at !== undefined && <DateTime at={at} />],
          [say.stored, <DateTime at={stored} />],
          ...(voided ? [[say.columns.statement, <Badge kind="warning">{say.voided}</Badge>] as const] : []),
        ]}
      />
      <h2 class="fr-h4">{say.text}</h2>
      <ScrollRegion label={say.text}>
        <pre>{text.length > LONGEST ? text.slice(0, LONGEST) : indentJson(text)}</pre>
      </ScrollRegion>
      {text.length > LONGEST && <p>{say.cut(formatNumber(lang, LONGEST, 0), formatNumber(lang, text.length, 0))}</p>}
      <p>
        <LinkButton kind="secondary" href={`/statements/${id}?format=json`}>
          {say.file}
        </LinkButton>
      </p>
      <p class="fr-text--sm">{say.noted}</p>
    </>
  );
}
