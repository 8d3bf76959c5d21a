/** One's own learning as a page: what comes next, then time and habits in words, and everything that is recorded below. */
import { ButtonGroup, EmptyState, formatDate, type Language, LinkButton } from '../../web/index.ts';
import { type Calendar, settingsNote } from '../calendar/index.ts';
import { OwnHabits } from './habits.tsx';
import type { OwnLearning } from './model.ts';
import { NextSteps } from './next-steps.tsx';
import { RawLists, SHOWN } from './raw-lists.tsx';
import { sentences } from './sentences.ts';
import { interruptionsOf, slotCounts, underWay } from './standing.ts';
import { OwnTime } from './time.tsx';
import { words } from './words.ts';

export interface OwnPageProps {
  lang: Language;
  learning: OwnLearning;
  /** Of where the person belongs now. */
  calendar: Calendar | undefined;
  /** Of parcours and modules. */
  nameOf(iri: string): string;
  /** Milliseconds since 1970. */
  now: number;
}

interface About {
  parcours: string | null;
  module: string | null;
}

const irisIn = (parcours: readonly { parcours: string }[], about: readonly About[]): Set<string> =>
  new Set([
    ...parcours.map((each) => each.parcours),
    ...about.flatMap((each) => [each.parcours, each.module].flatMap((iri) => iri ?? [])),
  ]);

/** Parcours and modules that the page names. */
export function irisOf(learning: OwnLearning, now: number): Set<string> {
  const { enrolments, modules, slots, slotStates, tutor, interruptions } = learning;
  const about: About[] = [
    ...modules.slice(0, SHOWN),
    ...slots.slice(0, SHOWN),
    ...tutor.slice(0, SHOWN),
    ...slotStates.slice(0, SHOWN),
    ...interruptions.slice(0, SHOWN),
    ...interruptionsOf(interruptions).open.slice(0, SHOWN),
    ...underWay(learning, now).flatMap(({ module }) => module ?? []),
  ];
  return irisIn(enrolments, about);
}

/** All that there are, for files. */
export const allIrisOf = ({ enrolments, modules, slots, tutor, interruptions }: OwnLearning): Set<string> =>
  irisIn(enrolments, [...modules, ...slots, ...tutor, ...interruptions]);

export function OwnPage({ lang, learning, calendar, nameOf, now }: OwnPageProps) {
  const say = words[lang];
  const { lists, out } = sentences[lang];
  const { sessions, enrolments, settings } = learning;
  const nothing = sessions.length + enrolments.length === 0;
  return (
    <>
      {nothing ? (
        <EmptyState title={say.nothing.title}>{say.nothing.sentence}</EmptyState>
      ) : (
        <>
          <NextSteps {...{ lang, learning, nameOf, now }} />
          <OwnTime {...{ lang, learning }} />
          <OwnHabits {...{ lang, learning }} />
          <Slots {...{ lang, learning }} />
          <Interruptions {...{ lang, learning, nameOf }} />
          <Tutor {...{ lang, learning }} />
          <section>
            <h2>{lists.title}</h2>
            <p>{lists.lead}</p>
            <RawLists {...{ lang, learning, nameOf }} />
          </section>
        </>
      )}
      <section>
        <h2>{out.title}</h2>
        <p>{say.privacy}</p>
        <ButtonGroup>
          <LinkButton kind="secondary" href={`/api/me/learning?format=xlsx&lang=${lang}`}>
            {out.xlsx}
          </LinkButton>
          <LinkButton kind="secondary" href="/api/me/learning?format=json">
            {out.json}
          </LinkButton>
          <LinkButton kind="tertiary" href="/people/me">
            {out.me}
          </LinkButton>
        </ButtonGroup>
      </section>
      <p class="fr-text--sm">
        {say.dataAsOf(formatDate(lang, Date.parse(learning.asOf), settings.timeZone))}{' '}
        {settingsNote(settings.sessionGap, calendar ? [calendar] : [])[lang]}.
      </p>
    </>
  );
}

function Slots({ lang, learning: { slotStates } }: Pick<OwnPageProps, 'lang' | 'learning'>) {
  const say = sentences[lang].slots;
  const counts = slotCounts(slotStates);
  return (
    <section>
      <h2>{say.title}</h2>
      {slotStates.length === 0 ? (
        <p>{say.none}</p>
      ) : (
        <p>
          {say.counts(counts)} {say.moved(counts.moved)} {say.use}
        </p>
      )}
    </section>
  );
}

function Tutor({ lang, learning: { tutor } }: Pick<OwnPageProps, 'lang' | 'learning'>) {
  const say = sentences[lang].tutor;
  const calls = tutor.filter(({ kind }) => kind === 'tutorCalled').length;
  return (
    <section>
      <h2>{say.title}</h2>
      <p>{calls === 0 ? say.none : `${say.calls(calls, tutor.length - calls)} ${say.use}`}</p>
    </section>
  );
}

function Interruptions({ lang, learning, nameOf }: Pick<OwnPageProps, 'lang' | 'learning' | 'nameOf'>) {
  const say = sentences[lang].interruptions;
  const { all, resumed, open } = interruptionsOf(learning.interruptions);
  const waiting = [...new Set(open.slice(0, SHOWN).map(({ module }) => nameOf(module)))];
  return (
    <section>
      <h2>{say.title}</h2>
      <p>{all === 0 ? say.none : `${say.counts(all, resumed)} ${say.use}`}</p>
      {waiting.length > 0 && (
        <>
          <p>{say.open}</p>
          <ul>
            {waiting.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      )}
      <p class="fr-text--sm">{say.how(learning.settings.sessionGap)}</p>
    </section>
  );
}
