/** The page on which SQL is asked. */

import type { Action, Versioned } from '../../../lrs/index.ts';
import {
  Alert,
  Button,
  ButtonGroup,
  ErrorSummary,
  type FieldError,
  Form,
  type Language,
  Select,
  Textarea,
} from '../../../web/index.ts';
import { Sections } from '../../pages/frame/sections.tsx';
import type { KeptQuery, Over } from '../kept/index.ts';
import type { SqlAnswer } from '../run.ts';
import { type Asked, addressOf, PAGES, queriesPath } from './address.ts';
import { DRAWN } from './drawing.ts';
import { EXAMPLES } from './examples.ts';
import type { Failed } from './failures.ts';
import { KeptFields, KeptList, NameField } from './kept.tsx';
import { ACTIONS } from './pages.ts';
import { Failure, Result } from './result.tsx';
import { Schema } from './schema.tsx';
import { words } from './words.ts';

export interface SqlPageProps {
  lang: Language;
  over: Over;
  asked: Asked;
  /** What it gave, or why nothing; neither where it was not run. */
  answer?: SqlAnswer | undefined;
  failed?: Failed | undefined;
  errors: readonly FieldError[];
  /** Of the reader; undefined for who is nobody of the directory. */
  kept: readonly Versioned<KeptQuery>[] | undefined;
  /** Whether the reader may open what this right opens. */
  may(action: Action): boolean;
}

export function SqlPage(props: SqlPageProps) {
  const { lang, over, asked, answer, failed, errors, kept, may } = props;
  const say = words[lang];
  const other = over === 'cells' ? 'rows' : 'cells';
  return (
    <>
      <Sections here={PAGES.cells} may={may} />
      {may(ACTIONS[other]) && (
        <p>
          <a href={PAGES[other]}>{say.elsewhere[other]}</a>
        </p>
      )}
      {over === 'rows' && (
        <Alert kind="warning" title={say.noted.title}>
          {say.noted.text}
        </Alert>
      )}
      <div class="livret-sql">
        <div>
          <ErrorSummary errors={errors} />
          {failed && <Failure lang={lang} failed={failed} />}
          <QueryForm {...{ lang, over, asked }} error={errors[0]?.message} />
          {answer && <Result {...{ lang, over, asked, answer }} />}
          {answer && kept && <Keep {...{ lang, over, asked, kept }} />}
        </div>
        <div class="livret-on-screen">
          {kept && <KeptList {...{ lang, over, kept }} />}
          <Examples {...{ lang, over }} />
          <Schema lang={lang} over={over} />
        </div>
      </div>
    </>
  );
}

interface QueryFormProps {
  lang: Language;
  over: Over;
  asked: Asked;
  error: string | undefined;
}

/** By POST whatever it is over: of cells the answer is the address of the query, which has no room for a long one. */
function QueryForm({ lang, over, asked: { sql, chart = 'bars', kept }, error }: QueryFormProps) {
  const say = words[lang];
  return (
    <Form action={PAGES[over]}>
      {kept && <KeptFields {...kept} />}
      <Textarea name="query" label={say.query} hint={say.hint} rows={8} value={sql} error={error} code />
      <Select
        name="chart"
        label={say.chart}
        value={chart}
        options={DRAWN.map((value) => ({ value, label: say.charts[value] }))}
      />
      <ButtonGroup>
        <Button>{say.run}</Button>
      </ButtonGroup>
      <p class="fr-hint-text livret-scripted">{say.byKey}</p>
    </Form>
  );
}

interface KeepProps {
  lang: Language;
  over: Over;
  asked: Asked;
  kept: readonly Versioned<KeptQuery>[];
}

/** Gives what was run a name, or puts it in the place of the one that it was. */
function Keep({ lang, over, asked, kept }: KeepProps) {
  const say = words[lang].kept;
  const opened = kept.find(({ id }) => id === asked.kept?.id);
  const changed = opened !== undefined && opened.value.sql !== asked.sql;
  return (
    <section class="livret-on-screen" aria-labelledby="keep-title">
      <h2 id="keep-title" class="fr-h6">
        {say.keepTitle}
      </h2>
      {changed && asked.kept && (
        <Form action={queriesPath(over)}>
          <KeptFields {...asked.kept} />
          <input type="hidden" name="query" value={asked.sql} />
          <Button kind="secondary" name="act" value="replace">
            {say.replace(opened.value.name)}
          </Button>
        </Form>
      )}
      <Form action={queriesPath(over)}>
        <input type="hidden" name="query" value={asked.sql} />
        <NameField lang={lang} />
        <Button kind="secondary" name="act" value="keep">
          {say.keep}
        </Button>
      </Form>
    </section>
  );
}

function Examples({ lang, over }: { lang: Language; over: Over }) {
  return (
    <section aria-labelledby="examples-title">
      <h2 id="examples-title" class="fr-h6">
        {words[lang].examples}
      </h2>
      <ul>
        {EXAMPLES[over].map(({ title, sql }) => (
          <li key={title.en}>
            <a href={addressOf(over, { sql })}>{title[lang]}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
