/** Queries kept by name: the list, and the pages on which one is named, renamed or removed. */

import type { Versioned } from '../../../lrs/index.ts';
import {
  Alert,
  Button,
  ButtonGroup,
  ErrorSummary,
  Form,
  Input,
  type Language,
  LinkButton,
  Textarea,
} from '../../../web/index.ts';
import { type KeepProblem, type KeptQuery, LONGEST_NAME, type Over, type Seen } from '../kept/index.ts';
import { PAGES, queriesPath } from './address.ts';
import { AS_IT_IS } from './as-it-is.ts';
import { words } from './words.ts';

type Query = Versioned<KeptQuery>;

export const openPath = (over: Over, id: string): string => `${PAGES[over]}?kept=${encodeURIComponent(id)}`;

export function KeptList({ lang, over, kept }: { lang: Language; over: Over; kept: readonly Query[] }) {
  const say = words[lang].kept;
  return (
    <section aria-labelledby="kept-title">
      <h2 id="kept-title" class="fr-h6">
        {say.title}
      </h2>
      {kept.length === 0 ? (
        <p class="fr-text--sm">{say.none}</p>
      ) : (
        <ul>
          {kept.map(({ id, value }) => (
            <li key={id}>
              <a href={openPath(over, id)} {...AS_IT_IS}>
                {value.name}
              </a>{' '}
              <a
                class="fr-text--sm"
                href={`${queriesPath(over)}?id=${encodeURIComponent(id)}`}
                title={say.editOf(value.name)}
              >
                {say.edit}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Which kept query is meant, in the version that is before the reader. */
export const KeptFields = ({ id, version }: Seen) => (
  <>
    <input type="hidden" name="kept" value={id} />
    <input type="hidden" name="version" value={version} />
  </>
);

interface NameFieldProps {
  lang: Language;
  value?: string;
  error?: string | undefined;
}

export function NameField({ lang, value, error }: NameFieldProps) {
  const { name, nameHint } = words[lang].kept;
  return <Input name="name" label={name} hint={nameHint} value={value} error={error} maxLength={LONGEST_NAME} />;
}

function ActButtons({ lang, over, act }: { lang: Language; over: Over; act: 'keep' | 'rename' }) {
  const say = words[lang].kept;
  return (
    <ButtonGroup>
      <Button name="act" value={act}>
        {say[act]}
      </Button>
      <LinkButton kind="secondary" href={PAGES[over]}>
        {say.cancel}
      </LinkButton>
    </ButtonGroup>
  );
}

export interface KeepPageProps {
  lang: Language;
  over: Over;
  name: string;
  sql: string;
  problem?: KeepProblem | undefined;
  /** The one that was to be changed, as it is kept. */
  other?: Query | undefined;
}

/** For what could not be kept as it was sent: the query and its name, to be corrected. */
export function KeepPage({ lang, over, name, sql, problem, other }: KeepPageProps) {
  const say = words[lang];
  const field = problem === undefined ? undefined : FIELDS[problem];
  const message = problem && say.problems[problem];
  const errorAt = (at: string): string | undefined => (field === at ? message : undefined);
  return (
    <Form action={queriesPath(over)}>
      {message !== undefined && field !== undefined && <ErrorSummary errors={[{ field, message }]} />}
      {message !== undefined && field === undefined && (
        <Alert kind="error" live>
          {message}
        </Alert>
      )}
      {other && (
        <p>
          <a href={openPath(over, other.id)}>{say.kept.open}</a>
        </p>
      )}
      <NameField lang={lang} value={name} error={errorAt('name')} />
      <Textarea name="query" label={say.kept.sql} rows={8} value={sql} error={errorAt('query')} code />
      <ActButtons lang={lang} over={over} act="keep" />
    </Form>
  );
}

const FIELDS: Partial<Record<KeepProblem, string>> = {
  name: 'name',
  nameTaken: 'name',
  sqlMissing: 'query',
  sqlTooLong: 'query',
};

export interface EditPageProps {
  lang: Language;
  over: Over;
  query: Query;
  /** As it was sent, where it was refused. */
  name?: string | undefined;
  problem?: KeepProblem | undefined;
}

export function EditPage({ lang, over, query: { id, value, version }, name = value.name, problem }: EditPageProps) {
  const say = words[lang];
  const message = problem && (problem === 'changed' ? say.kept.changedNow : say.problems[problem]);
  return (
    <>
      {message !== undefined && <ErrorSummary errors={[{ field: 'name', message }]} />}
      <pre class="livret-code" {...AS_IT_IS}>
        <code>{value.sql}</code>
      </pre>
      <p>
        <a href={openPath(over, id)}>{say.kept.open}</a>
      </p>
      <Form action={queriesPath(over)}>
        <KeptFields id={id} version={version} />
        <NameField lang={lang} value={name} error={message} />
        <ActButtons lang={lang} over={over} act="rename" />
      </Form>
      <Form action={queriesPath(over)}>
        <KeptFields id={id} version={version} />
        <p>{say.kept.removeLead}</p>
        <Button kind="tertiary" icon="delete-line" name="act" value="remove">
          {say.kept.remove}
        </Button>
      </Form>
    </>
  );
}
