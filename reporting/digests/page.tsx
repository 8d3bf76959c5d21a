/** One's subscriptions: what there is, and the form for one more or another. */

import { GRANTED_COUNTS, type Versioned } from '../../lrs/index.ts';
import {
  Alert,
  Button,
  ButtonGroup,
  Checkbox,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  type FieldError,
  Form,
  formatDate,
  LANGUAGES,
  type Language,
  LinkButton,
  Select,
} from '../../web/index.ts';
import { DAY } from '../calendar/index.ts';
import { periodName } from '../periods/names.ts';
import { PAGE } from './compose.ts';
import { FIRST_SECTION, type Filled } from './form.ts';
import { FREQUENCIES, SECTIONS, type Subscription } from './subscription.ts';
import { words } from './words.ts';

export interface DigestsPageProps {
  lang: Language;
  subscriptions: readonly Versioned<Subscription>[];
  /** Undefined where none is known. */
  email: string | undefined;
  /** Where readers may write to: a link. */
  contact: string | undefined;
  /** Whether the site sends mail at all. */
  mails: boolean;
  /** Whether anything is published yet. */
  published: boolean;
  /** Directions that the reader may name. */
  directions: readonly string[];
  /** The reader's role is one of the login alone. */
  byLogin: boolean;
  filled: Filled;
  errors: readonly FieldError[];
  /** Id of the one that is being changed. */
  changing?: string | undefined;
}

export function DigestsPage(props: DigestsPageProps) {
  const { lang, subscriptions, email, mails, byLogin } = props;
  const say = words[lang];
  return (
    <>
      <ErrorSummary errors={props.errors} />
      {!mails && (
        <Alert kind="warning" title={say.off.title}>
          {say.off.sentence}
        </Alert>
      )}
      {email === undefined ? <NoAddress lang={lang} contact={props.contact} /> : <p>{say.address(email)}</p>}
      <p>{say.privacy}</p>
      {byLogin && <p>{say.login(GRANTED_COUNTS / DAY)}</p>}
      {subscriptions.length > 0 ? (
        <List {...props} />
      ) : (
        <EmptyState title={say.none.title}>{say.none.sentence}</EmptyState>
      )}
      <ChoiceForm {...props} />
    </>
  );
}

function NoAddress({ lang, contact }: Pick<DigestsPageProps, 'lang' | 'contact'>) {
  const { title, sentence, contact: write } = words[lang].noAddress;
  return (
    <Alert kind="warning" title={title}>
      <p>{sentence}</p>
      {contact !== undefined && (
        <p>
          <a href={contact}>{write}</a>
        </p>
      )}
    </Alert>
  );
}

export interface ListProps extends Pick<DigestsPageProps, 'lang' | 'subscriptions' | 'published' | 'mails'> {
  mayChange?: boolean;
}

/** One under the other, with room for what is said of each: a table would hide its buttons beyond the edge. */
export function List({ lang, subscriptions, published, mails, mayChange = true }: ListProps) {
  const say = words[lang];
  return (
    <section aria-labelledby="digests">
      <h2 id="digests" class="fr-h4">
        {say.caption}
      </h2>
      {subscriptions.map(({ id, value }) => {
        const content = value.sections.map((each) => say.sections[each]).join(', ');
        return (
          <section aria-labelledby={`digest-${id}`} class="fr-mb-4w" key={id}>
            <h3 id={`digest-${id}`} class="fr-h6">
              {content}
            </h3>
            <DescriptionList
              entries={[
                [say.columns.frequency, say.frequencies[value.frequency]],
                [say.columns.direction, value.direction ?? say.everything],
                [say.columns.language, say.languages[value.lang]],
                // To who may read none any more none goes out.
                ...(mayChange
                  ? [[say.columns.state, stateOf(value, firstMail(lang, { published, mails }), lang)] as const]
                  : []),
              ]}
            />
            <Form action={`${PAGE}/stop`}>
              <input type="hidden" name="id" value={id} />
              <ButtonGroup>
                {mayChange && (
                  <LinkButton
                    kind="secondary"
                    href={`${PAGE}?${new URLSearchParams({ change: id })}#choice`}
                    title={say.changeOf(content)}
                  >
                    {say.change}
                  </LinkButton>
                )}
                <Button kind="tertiary">
                  {say.stop}
                  <span class="fr-sr-only">{` (${content})`}</span>
                </Button>
              </ButtonGroup>
            </Form>
          </section>
        );
      })}
    </section>
  );
}

/** When the first mail goes out, to whom none has yet. */
function firstMail(lang: Language, { published, mails }: Pick<DigestsPageProps, 'published' | 'mails'>): string {
  const { state } = words[lang];
  if (!mails) return state.noMail;
  return published ? state.first : state.nothingYet;
}

function stateOf({ sent, attempt, gaveUp }: Subscription, first: string, lang: Language): string {
  const { state: say, reasons } = words[lang];
  const reason = (code: string): string => reasons[code] ?? code;
  const last = sent ? [say.sent(formatDate(lang, sent.at), periodName(lang, sent.period))] : [];
  if (attempt?.error !== undefined) {
    last.push(say.failing(attempt.tries, reason(attempt.error), formatDate(lang, attempt.next)));
  } else if (gaveUp) last.push(say.gaveUp(formatDate(lang, gaveUp.at), reason(gaveUp.error)));
  return last.length > 0 ? last.join(' ') : first;
}

function ChoiceForm({ lang, filled, errors, directions, changing, published, mails }: DigestsPageProps) {
  const say = words[lang];
  const errorAt = (field: string) => errors.find((error) => error.field === field)?.message;
  const wrong = errorAt(FIRST_SECTION);
  return (
    <section aria-labelledby="choice" class="fr-mt-6w">
      <h2 id="choice" class="fr-h4">
        {changing === undefined ? say.form.add : say.form.change}
      </h2>
      {changing === undefined && <p>{firstMail(lang, { published, mails })}</p>}
      <Form action={PAGE}>
        {changing !== undefined && <input type="hidden" name="id" value={changing} />}
        <fieldset
          class={`fr-fieldset${wrong === undefined ? '' : ' fr-fieldset--error'}`}
          aria-labelledby="sections-legend"
          aria-describedby="sections-messages"
        >
          <legend class="fr-fieldset__legend" id="sections-legend">
            {say.form.sections}
          </legend>
          <div class="fr-fieldset__element">
            {SECTIONS.map((section) => (
              <Checkbox
                name="section"
                id={`section-${section}`}
                value={section}
                label={say.sections[section]}
                checked={filled.sections.includes(section)}
                key={section}
              />
            ))}
          </div>
          <div class="fr-messages-group" id="sections-messages" aria-live="polite">
            {wrong !== undefined && <p class="fr-message fr-message--error">{wrong}</p>}
          </div>
        </fieldset>
        <Select
          name="frequency"
          label={say.form.frequency}
          hint={say.form.frequencyHint}
          value={filled.frequency}
          options={FREQUENCIES.map((value) => ({ value, label: say.frequencies[value] }))}
          error={errorAt('frequency')}
        />
        <Select
          name="direction"
          label={say.form.direction}
          hint={say.form.directionHint}
          value={filled.direction}
          placeholder={say.everything}
          options={directions.map((value) => ({ value, label: value }))}
          error={errorAt('direction')}
          optional
        />
        <Select
          name="language"
          label={say.form.language}
          value={filled.lang}
          options={LANGUAGES.map((value) => ({ value, label: say.languages[value] }))}
          error={errorAt('language')}
        />
        <ButtonGroup>
          <Button>{changing === undefined ? say.form.subscribe : say.form.save}</Button>
          {changing !== undefined && (
            <LinkButton kind="secondary" href={PAGE}>
              {say.form.cancel}
            </LinkButton>
          )}
        </ButtonGroup>
      </Form>
    </section>
  );
}
