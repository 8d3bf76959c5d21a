/** What stands on the page of the system's state. */
import {
  Alert,
  Badge,
  type Column,
  DataTable,
  DateTime,
  DescriptionList,
  formatBytes,
  formatNumber,
  type Job,
  type Language,
} from '../../web/index.ts';
import type { JobRun } from './job-log.ts';
import { words } from './words.ts';

/** Times in ms since 1970, sizes in bytes; what did not answer is undefined. */
export interface SystemState {
  version: string;
  node: string;
  since: number;
  memory: number;
  roles: readonly string[];
  siteUrl: string;
  dataFolder: string;
  engine: string;
  /** Names of what is not ready. */
  missing: readonly string[];
  statements?: number;
  consistentThrough?: number;
  reportsThrough?: number;
  sessions?: number;
  jobs: readonly { job: Job; run: JobRun | undefined }[];
}

export function StatusPage({ lang, state }: { lang: Language; state: SystemState }) {
  const say = words[lang];
  return (
    <>
      {state.missing.length === 0 ? (
        <Alert kind="success">{say.ready}</Alert>
      ) : (
        <Alert kind="error">{`${say.notReady} ${state.missing.join(', ')}`}</Alert>
      )}
      <h2>{say.store}</h2>
      <StoreFacts lang={lang} state={state} />
      <h2>{say.jobs}</h2>
      <DataTable id="jobs" caption={say.jobsCaption} columns={jobColumns(lang)} rows={state.jobs} />
      <h2>{say.program}</h2>
      <ProgramFacts lang={lang} state={state} />
    </>
  );
}

function StoreFacts({ lang, state }: { lang: Language; state: SystemState }) {
  const { facts, unknown, noReports } = words[lang];
  const { engine, statements, consistentThrough, reportsThrough, sessions } = state;
  const count = (value: number | undefined) => (value === undefined ? unknown : formatNumber(lang, value));
  return (
    <DescriptionList
      entries={[
        [facts.engine, engine],
        [facts.statements, count(statements)],
        [facts.through, consistentThrough === undefined ? unknown : <DateTime at={consistentThrough} />],
        [facts.reports, reportsThrough === undefined ? noReports : <DateTime at={reportsThrough} />],
        [facts.sessions, count(sessions)],
      ]}
    />
  );
}

function ProgramFacts({ lang, state }: { lang: Language; state: SystemState }) {
  const { facts } = words[lang];
  return (
    <DescriptionList
      entries={[
        [facts.version, state.version],
        [facts.node, state.node],
        [facts.since, <DateTime at={state.since} />],
        [facts.memory, formatBytes(lang, state.memory)],
        [facts.roles, <code>{state.roles.join(', ')}</code>],
        [facts.data, <code>{state.dataFolder}</code>],
        [facts.address, <code>{state.siteUrl}</code>],
        [facts.endpoint, <code>{`${state.siteUrl}/xapi`}</code>],
      ]}
    />
  );
}

/** In seconds. */
const UNITS = [
  ['h', 3600],
  ['min', 60],
] as const;

function jobColumns(lang: Language): Column<SystemState['jobs'][number]>[] {
  const { columns, never, done, failed, jobNames } = words[lang];
  const duration = (seconds: number): string => {
    const [unit, length] = UNITS.find(([, each]) => seconds >= each) ?? ['s', 1];
    const shortest = seconds > 0 && seconds < 0.1;
    return `${shortest ? '<\u00a0' : ''}${formatNumber(lang, shortest ? 0.1 : seconds / length, 1)}\u00a0${unit}`;
  };
  return [
    { heading: columns.job, value: ({ job }) => jobNames[job.name] ?? job.name, rowHeader: true },
    { heading: columns.every, value: ({ job }) => duration(job.every), numeric: true },
    { heading: columns.last, value: ({ run }) => (run === undefined ? never : <DateTime at={run.ended} />) },
    {
      heading: columns.took,
      value: ({ run }) => (run === undefined ? null : duration(run.took / 1000)),
      numeric: true,
    },
    {
      heading: columns.state,
      value: ({ run }) => run && <Badge kind={run.failed ? 'error' : 'success'}>{run.failed ? failed : done}</Badge>,
    },
  ];
}
