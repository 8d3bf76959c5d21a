/** Nominative progress as a page: a list, its filters, and what it means. */
import {
  Alert,
  Badge,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  FilterForm,
  formatDate,
  type Language,
  LinkButton,
  linkWith,
  Select,
  usePage,
} from '../../web/index.ts';
import { STATES } from './enrolment.ts';
import type { ProgressPage, ProgressRow } from './progress.ts';
import { words } from './words.ts';

export interface ProgressListProps {
  lang: Language;
  page: ProgressPage;
  /** Directions that can be chosen. */
  directions: readonly string[];
  nameOf(parcours: string): string;
  /** What is asked for. */
  chosen: { direction?: string; state?: string };
}

export function ProgressList({ lang, page, directions, nameOf, chosen }: ProgressListProps) {
  const say = words[lang];
  const { path } = usePage();
  const states = [
    ...STATES.map((state) => ({ value: state, label: say.states[state] })),
    { value: 'late', label: say.late },
  ];
  return (
    <>
      <FilterForm sets={['direction', 'state']} submit={say.filters.show}>
        {directions.length > 1 && (
          <Select
            name="direction"
            label={say.filters.direction}
            optional
            placeholder={say.filters.allDirections}
            value={chosen.direction}
            options={directions.toSorted().map((name) => ({ value: name, label: name }))}
          />
        )}
        <Select
          name="state"
          label={say.filters.state}
          optional
          placeholder={say.filters.allStates}
          value={chosen.state}
          options={states}
        />
      </FilterForm>
      {page.withheldPeriods.length > 0 && (
        <Alert kind="info">
          <p>{say.withheld(page.withheldPeriods)}</p>
        </Alert>
      )}
      {page.rows.length === 0 ? (
        <EmptyState title={say.empty.title}>{say.empty.sentence}</EmptyState>
      ) : (
        <DataTable
          id="progress"
          caption={say.caption(page.rows.length)}
          columns={columns(lang, nameOf)}
          rows={page.rows}
        />
      )}
      {page.next !== undefined && (
        <p>
          <LinkButton kind="secondary" href={linkWith(path, { after: page.next })}>
            {say.next}
          </LinkButton>
        </p>
      )}
      <p>
        <LinkButton kind="tertiary" href={`/api/progress${linkWith(path, { format: 'csv', after: undefined })}`}>
          {say.download}
        </LinkButton>
      </p>
      <p class="fr-text--sm">
        {say.dataAsOf(formatDate(lang, Date.parse(page.asOf)))} {say.lateRule(page.lateAfter)} {say.entry} {say.scope}
      </p>
    </>
  );
}

function columns(lang: Language, nameOf: ProgressListProps['nameOf']): Column<ProgressRow>[] {
  const say = words[lang];
  const day = (name: 'enrolledOn' | 'startedOn' | 'doneOn'): Column<ProgressRow> => ({
    heading: say.columns[name],
    // Noon of that day lies in it in every zone the site may have.
    value: (row) => (row[name] === null ? null : <DateTime at={Date.parse(`${row[name]}T12:00:00Z`)} day />),
  });
  return [
    {
      heading: say.columns.person,
      rowHeader: true,
      value: ({ familyName, givenName }) => [familyName, givenName].filter(Boolean).join(' ') || say.nameless,
    },
    { heading: say.columns.parcours, value: ({ parcours }) => nameOf(parcours) },
    {
      heading: say.columns.direction,
      value: ({ direction, service, site }) => [direction, service, site].filter(Boolean).join(' / '),
    },
    {
      heading: say.columns.state,
      value: ({ state, late }) => (late ? <Badge kind="warning">{say.late}</Badge> : say.states[state]),
    },
    day('enrolledOn'),
    day('startedOn'),
    day('doneOn'),
  ];
}
