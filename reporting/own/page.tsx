/** One's own learning as a page: what is there, list by list, and what it was made with. */
import {
  type Column,
  DataTable,
  DateTime,
  DescriptionList,
  EmptyState,
  formatDate,
  formatNumber,
  type Language,
  LinkButton,
} from '../../web/index.ts';
import { type Calendar, settingsNote } from '../calendar/index.ts';
import type { OwnEnrolment, OwnLearning, OwnModule, OwnSession, OwnSlotFact, OwnTutorFact } from './model.ts';
import { kindName, words } from './words.ts';

export interface OwnPageProps {
  lang: Language;
  learning: OwnLearning;
  /** The site's calendar first. */
  calendars: readonly Calendar[];
  /** Of parcours and modules. */
  nameOf(iri: string): string;
}

/** Rows of a list: the whole is a click away. */
const SHOWN = 50;

/** Parcours and modules that the page names. */
export const irisOf = ({ enrolments, modules, slots, tutor }: OwnLearning): Set<string> =>
  new Set(
    [
      ...enrolments.map(({ parcours }) => parcours),
      ...[modules, slots, tutor].flatMap((list) =>
        list.slice(0, SHOWN).flatMap(({ parcours, module }) => [parcours, module]),
      ),
    ].flatMap((iri) => iri ?? []),
  );

export function OwnPage({ lang, learning, calendars, nameOf }: OwnPageProps) {
  const say = words[lang];
  const { enrolments, modules, sessions, slots, tutor, settings } = learning;
  const c = columns(lang, nameOf);
  return (
    <>
      <p>{say.privacy}</p>
      {sessions.length + enrolments.length === 0 ? (
        <EmptyState title={say.nothing.title}>{say.nothing.sentence}</EmptyState>
      ) : (
        <Facts lang={lang} learning={learning} />
      )}
      <List id="enrolments" lang={lang} caption={say.enrolments} columns={c.enrolments} rows={enrolments} />
      <List id="modules" lang={lang} caption={say.modules} columns={c.modules} rows={modules} />
      <List id="sessions" lang={lang} caption={say.sessions} columns={c.sessions} rows={sessions} />
      <List id="slots" lang={lang} caption={say.slots} columns={c.slots} rows={slots} />
      <List id="tutor" lang={lang} caption={say.tutor} columns={c.tutor} rows={tutor} />
      <p>
        <LinkButton kind="secondary" href="/api/me/learning">
          {say.download}
        </LinkButton>
      </p>
      <p class="fr-text--sm">
        {say.dataAsOf(formatDate(lang, Date.parse(learning.asOf)))} {settingsNote(settings.sessionGap, calendars)[lang]}
      </p>
    </>
  );
}

function Facts({ lang, learning: { timeOnTask, sessions, regularity } }: Pick<OwnPageProps, 'lang' | 'learning'>) {
  const say = words[lang];
  const figure = (value: number | null): string => (value === null ? say.notEnough : formatNumber(lang, value));
  return (
    <>
      <DescriptionList
        entries={[
          [say.facts.timeOnTask, say.minutes(formatNumber(lang, timeOnTask, 0))],
          [say.facts.sessions, formatNumber(lang, sessions.length)],
          [say.facts.pdh, figure(regularity.pdh)],
          [say.facts.ws1, figure(regularity.ws1)],
        ]}
      />
      <p class="fr-text--sm">{say.regularity}</p>
    </>
  );
}

interface ListProps<Row> {
  id: string;
  lang: Language;
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
}

function List<Row>({ id, lang, caption, columns, rows }: ListProps<Row>) {
  if (rows.length === 0) return null;
  return (
    <>
      <DataTable id={id} caption={caption} columns={columns} rows={rows.slice(0, SHOWN)} />
      {rows.length > SHOWN && <p>{words[lang].newest(SHOWN, rows.length)}</p>}
    </>
  );
}

function columns(lang: Language, nameOf: OwnPageProps['nameOf']) {
  const { columns: say, minute } = words[lang];
  const name = (iri: string | null): string | null => (iri === null ? null : nameOf(iri));
  const time = (instant: string | null, day = false) =>
    instant === null ? null : <DateTime at={Date.parse(instant)} day={day} />;
  const spent = <Row extends { timeOnTask: number }>(): Column<Row> => ({
    heading: say.timeOnTask,
    unit: minute,
    numeric: true,
    digits: 0,
    value: (row) => row.timeOnTask,
  });
  const what = { heading: say.what, value: ({ kind }: { kind: string }) => kindName(lang, kind), rowHeader: true };
  const said = { heading: say.at, value: ({ at }: { at: string }) => time(at) };
  const enrolments: Column<OwnEnrolment>[] = [
    { heading: say.parcours, rowHeader: true, value: ({ parcours }) => name(parcours) },
    { heading: say.place, value: ({ direction }) => direction },
    { heading: say.registeredAt, value: ({ registeredAt }) => time(registeredAt, true) },
    { heading: say.startedAt, value: ({ startedAt }) => time(startedAt, true) },
    { heading: say.completedAt, value: ({ completedAt }) => time(completedAt, true) },
    { heading: say.modulesCompleted, numeric: true, value: ({ modulesCompleted }) => modulesCompleted },
  ];
  const modules: Column<OwnModule>[] = [
    { heading: say.module, rowHeader: true, value: ({ module }) => name(module) },
    { heading: say.parcours, value: ({ parcours }) => name(parcours) },
    { heading: say.lastAt, value: ({ lastAt }) => time(lastAt) },
    { heading: say.completedAt, value: ({ completedAt }) => time(completedAt, true) },
    spent(),
    { heading: say.score, unit: '%', numeric: true, digits: 0, value: ({ score }) => score && score * 100 },
    { heading: say.tutorCalls, numeric: true, value: ({ tutorCalls }) => tutorCalls },
  ];
  const sessions: Column<OwnSession>[] = [
    { heading: say.from, rowHeader: true, value: ({ startedAt }) => time(startedAt) },
    { heading: say.to, value: ({ endedAt }) => time(endedAt) },
    spent(),
    { heading: say.offHours, unit: minute, numeric: true, digits: 0, value: ({ offHours }) => offHours },
  ];
  const slots: Column<OwnSlotFact>[] = [
    what,
    said,
    { heading: say.from, value: ({ from }) => time(from) },
    { heading: say.to, value: ({ to }) => time(to) },
    { heading: say.parcours, value: ({ parcours }) => name(parcours) },
  ];
  const tutor: Column<OwnTutorFact>[] = [
    what,
    said,
    { heading: say.module, value: ({ module, parcours }) => name(module ?? parcours) },
  ];
  return { enrolments, modules, sessions, slots, tutor };
}
