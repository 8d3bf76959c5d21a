/** Everything that is recorded of somebody, list by list, each folded until it is asked for. */
import { type Column, DataTable, DateTime, Details, formatNumber, type Language } from '../../web/index.ts';
import type {
  OwnEnrolment,
  OwnInterruption,
  OwnLearning,
  OwnModule,
  OwnSession,
  OwnSlot,
  OwnSlotFact,
  OwnTutorFact,
} from './model.ts';
import { sentences } from './sentences.ts';
import { waivedIn } from './standing.ts';
import { kindName, stateName, words } from './words.ts';

/** Rows of a list: the whole is a click away. */
export const SHOWN = 50;

export interface RawListsProps {
  lang: Language;
  learning: OwnLearning;
  /** Of parcours and modules. */
  nameOf(iri: string): string;
}

export function RawLists({ lang, learning, nameOf }: RawListsProps) {
  const say = words[lang];
  const { enrolments, modules, sessions, slotStates, slots, interruptions, tutor } = learning;
  const { title: interrupted } = sentences[lang].interruptions;
  const c = columns(lang, nameOf, learning);
  return (
    <>
      <List id="enrolments" lang={lang} caption={say.enrolments} columns={c.enrolments} rows={enrolments} />
      <List id="modules" lang={lang} caption={say.modules} columns={c.modules} rows={modules} />
      <List id="sessions" lang={lang} caption={say.sessions} columns={c.sessions} rows={sessions} />
      <List id="slot-states" lang={lang} caption={say.files.slotStates} columns={c.slotStates} rows={slotStates} />
      <List id="slots" lang={lang} caption={say.slots} columns={c.slots} rows={slots} />
      <List id="interruptions" lang={lang} caption={interrupted} columns={c.interruptions} rows={interruptions} />
      <List id="tutor" lang={lang} caption={say.tutor} columns={c.tutor} rows={tutor} />
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
    <Details summary={`${caption} (${formatNumber(lang, rows.length)})`}>
      <DataTable id={id} caption={caption} columns={columns} rows={rows.slice(0, SHOWN)} />
      {rows.length > SHOWN && <p>{words[lang].newest(SHOWN, formatNumber(lang, rows.length))}</p>}
    </Details>
  );
}

function columns(lang: Language, nameOf: RawListsProps['nameOf'], { modules: own, settings }: OwnLearning) {
  const { timeZone } = settings;
  const { columns: say, minute } = words[lang];
  const name = (iri: string | null): string | null => (iri === null ? null : nameOf(iri));
  const time = (instant: string | null, day = false) =>
    instant === null ? null : <DateTime at={Date.parse(instant)} day={day} timeZone={timeZone} />;
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
    { heading: say.waivedAt, value: ({ waivedAt }) => time(waivedAt, true) },
    { heading: say.modulesCompleted, numeric: true, value: ({ modulesCompleted }) => modulesCompleted },
    { heading: say.modulesWaived, numeric: true, value: (enrolment) => waivedIn(own, enrolment) },
    { heading: say.modulesKnown, numeric: true, value: ({ modulesKnown }) => modulesKnown },
  ];
  const modules: Column<OwnModule>[] = [
    { heading: say.module, rowHeader: true, value: ({ module }) => name(module) },
    { heading: say.parcours, value: ({ parcours }) => name(parcours) },
    { heading: say.lastAt, value: ({ lastAt }) => time(lastAt) },
    { heading: say.completedAt, value: ({ completedAt }) => time(completedAt, true) },
    { heading: say.waivedAt, value: ({ waivedAt }) => time(waivedAt, true) },
    spent(),
    { heading: say.score, percent: true, numeric: true, digits: 0, value: ({ score }) => score },
    { heading: say.tutorCalls, numeric: true, value: ({ tutorCalls }) => tutorCalls },
  ];
  const sessions: Column<OwnSession>[] = [
    { heading: say.from, rowHeader: true, value: ({ startedAt }) => time(startedAt) },
    { heading: say.to, value: ({ endedAt }) => time(endedAt) },
    spent(),
    { heading: say.offHours, unit: minute, numeric: true, digits: 0, value: ({ offHours }) => offHours },
  ];
  const slotStates: Column<OwnSlot>[] = [
    { heading: say.from, rowHeader: true, value: ({ from }) => time(from) },
    { heading: say.to, value: ({ to }) => time(to) },
    { heading: say.parcours, value: ({ parcours }) => name(parcours) },
    { heading: say.state, value: ({ state }) => stateName(lang, state) },
    { heading: say.moves, numeric: true, value: ({ moves }) => moves },
  ];
  const interruptions: Column<OwnInterruption>[] = [
    { heading: say.module, rowHeader: true, value: ({ module }) => name(module) },
    { heading: say.left, value: ({ at }) => time(at) },
    { heading: say.returnedAt, value: ({ returnedAt }) => time(returnedAt) },
    { heading: say.masteredAt, value: ({ masteredAt }) => time(masteredAt) },
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
  return { enrolments, modules, sessions, slotStates, slots, interruptions, tutor };
}
