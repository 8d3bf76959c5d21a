/** One person's progress: the days of its stages, and which modules are done. Nothing of how. */
import {
  Alert,
  Badge,
  DataTable,
  DescriptionList,
  EmptyState,
  formatDate,
  formatDay,
  type Language,
  ProgressBar,
} from '../../web/index.ts';
import type { PersonEnrolment, ProgressOfPerson } from './of-person.ts';
import { Day } from './page.tsx';
import { words } from './words.ts';

export interface PersonProgressProps {
  lang: Language;
  progress: ProgressOfPerson;
  /** Of parcours and modules. */
  nameOf(iri: string): string;
  /** By parcours, for who may read statements: nobody else is led to them. */
  registrations?: ReadonlyMap<string, readonly string[]>;
}

export function PersonProgress({ lang, progress, nameOf, registrations }: PersonProgressProps) {
  const say = words[lang];
  const { enrolments, withheldPeriods, person } = progress;
  return (
    <>
      {withheldPeriods.length > 0 && (
        <Alert kind="info">
          <p>{say.withheld(withheldPeriods)}</p>
        </Alert>
      )}
      {enrolments.length === 0 && <EmptyState title={say.person.none.title}>{say.person.none.sentence}</EmptyState>}
      {enrolments.map((enrolment, index) => (
        <section key={enrolment.parcours}>
          <h2>
            {nameOf(enrolment.parcours)} <State lang={lang} enrolment={enrolment} />
          </h2>
          <Stages lang={lang} enrolment={enrolment} />
          <Modules {...{ lang, enrolment, nameOf }} id={`modules-${index}`} />
          {registrations && (
            <StatementLinks lang={lang} person={person} registrations={registrations.get(enrolment.parcours) ?? []} />
          )}
        </section>
      ))}
      <p class="fr-text--sm">
        {say.dataAsOf(formatDate(lang, Date.parse(progress.asOf)))} {say.person.weeks}{' '}
        {say.lateRule(progress.lateAfter)} {say.entry} {say.scope}
      </p>
    </>
  );
}

function State({ lang, enrolment: { state, late } }: { lang: Language; enrolment: PersonEnrolment }) {
  const say = words[lang];
  return late ? <Badge kind="warning">{say.late}</Badge> : <Badge>{say.states[state]}</Badge>;
}

const STAGES = ['enrolledOn', 'startedOn', 'doneOn', 'waivedOn'] as const;

function Stages({ lang, enrolment }: { lang: Language; enrolment: PersonEnrolment }) {
  const { columns } = words[lang];
  const { direction, service, site } = enrolment;
  const reached = STAGES.flatMap((stage) => {
    const day = enrolment[stage];
    return day === null ? [] : [[columns[stage], <Day day={day} />] as const];
  });
  const place = [direction, service, site].filter(Boolean).join(' / ');
  return <DescriptionList entries={[[columns.direction, place], ...reached]} />;
}

interface ModulesProps {
  id: string;
  lang: Language;
  enrolment: PersonEnrolment;
  nameOf(iri: string): string;
}

function Modules({ id, lang, enrolment, nameOf }: ModulesProps) {
  const { person: say, columns, states } = words[lang];
  const { modules, modulesDone, modulesKnown, modulesThrough, parcours } = enrolment;
  return (
    <>
      {modulesKnown > 0 && (
        <ProgressBar
          value={modules.length}
          of={modulesKnown}
          label={say.modules(modulesDone, modulesKnown, modules.length - modulesDone)}
        />
      )}
      {modules.length === 0 ? (
        <p>{say.noModule(formatDay(lang, Date.parse(modulesThrough), 'UTC'))}</p>
      ) : (
        <DataTable
          id={id}
          caption={say.caption(nameOf(parcours), formatDay(lang, Date.parse(modulesThrough), 'UTC'))}
          columns={[
            { heading: columns.module, rowHeader: true, value: ({ module }) => nameOf(module) },
            { heading: columns.state, value: ({ state }) => states[state] },
          ]}
          rows={modules}
        />
      )}
    </>
  );
}

function StatementLinks(props: { lang: Language; person: string; registrations: readonly string[] }) {
  const { lang, person, registrations } = props;
  const { statements } = words[lang].person;
  const to = (registration?: string): string =>
    `/statements?person=${person}${registration === undefined ? '' : `&registration=${registration}`}`;
  if (registrations.length === 0) {
    return (
      <p class="fr-no-print">
        <a href={to()}>{statements}</a>
      </p>
    );
  }
  return (
    <ul class="fr-no-print">
      {registrations.map((registration) => (
        <li key={registration}>
          <a href={to(registration)}>
            {statements} ({registration.slice(0, 8)})
          </a>
        </li>
      ))}
    </ul>
  );
}
