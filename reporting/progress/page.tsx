/** Nominative progress as a page: a list, its filters, and what it means. */
import {
  Alert,
  Badge,
  type Column,
  DataTable,
  EmptyState,
  FilterForm,
  formatDate,
  formatDay,
  formatNumber,
  type Language,
  LinkButton,
  linkWith,
  SearchForm,
  Select,
  Tabs,
  usePage,
} from '../../web/index.ts';
import { FileLinks } from '../pages/panels/files.tsx';
import type { StateCounts } from './counts.ts';
import { STATES } from './enrolment.ts';
import type { ProgressPage, ProgressRow } from './progress.ts';
import { words } from './words.ts';

export interface ProgressListProps {
  lang: Language;
  page: ProgressPage;
  /** Directions and parcours that can be chosen. */
  directions: readonly string[];
  parcours: readonly string[];
  nameOf(parcours: string): string;
  /** What is asked for. */
  chosen: { direction?: string | undefined; parcours?: string | undefined; state?: string | undefined };
  /** The reader may see the figures of groups. */
  figures: boolean;
}

export function ProgressList({ lang, page, directions, parcours, nameOf, chosen, figures }: ProgressListProps) {
  const say = words[lang];
  const { path } = usePage();
  const direction = chosen.direction ?? (directions.length === 1 ? directions[0] : undefined);
  return (
    <>
      <SearchForm label={say.filters.search} />
      <Choice {...{ lang, directions, parcours, nameOf, chosen }} />
      {page.withheldPeriods.length > 0 && (
        <Alert kind="info">
          <p>{say.withheld(page.withheldPeriods)}</p>
        </Alert>
      )}
      <Counts lang={lang} counts={page.counts} state={chosen.state} />
      {page.rows.length === 0 ? (
        <EmptyState title={say.empty.title}>{say.empty.sentence}</EmptyState>
      ) : (
        <DataTable
          id="progress"
          caption={say.caption(page.rows.length, page.next !== undefined)}
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
      <p class="fr-no-print">
        <FileLinks
          lead={say.files}
          to={(format) => `/api/progress${linkWith(path, { format, lang, after: undefined, limit: undefined })}`}
        />
      </p>
      {figures && direction !== undefined && (
        <p class="fr-no-print">
          <a href={`/reports/directions${linkWith('', { direction })}`}>{say.figures(direction)}</a>
        </p>
      )}
      <p class="fr-text--sm">
        {say.dataAsOf(formatDate(lang, Date.parse(page.asOf)))} {say.lateRule(page.lateAfter)} {say.entry} {say.scope}
      </p>
    </>
  );
}

function Choice({
  lang,
  directions,
  parcours,
  nameOf,
  chosen,
}: Pick<ProgressListProps, 'lang' | 'directions' | 'parcours' | 'nameOf' | 'chosen'>) {
  const { filters } = words[lang];
  const named = parcours.map((iri) => ({ value: iri, label: nameOf(iri) }));
  return (
    <FilterForm sets={['direction', 'parcours']} submit={filters.show}>
      {directions.length > 1 && (
        <Select
          name="direction"
          label={filters.direction}
          optional
          placeholder={filters.allDirections}
          value={chosen.direction}
          options={directions.toSorted().map((name) => ({ value: name, label: name }))}
        />
      )}
      <Select
        name="parcours"
        label={filters.parcours}
        optional
        placeholder={filters.allParcours}
        value={chosen.parcours}
        options={named.toSorted((a, b) => a.label.localeCompare(b.label, lang))}
      />
    </FilterForm>
  );
}

/** How many enrolments there are in each state; each leads to them. */
function Counts({ lang, counts, state }: { lang: Language; counts: StateCounts; state: string | undefined }) {
  const say = words[lang];
  const { path } = usePage();
  const to = (wanted: string | undefined): string => linkWith(path, { state: wanted, after: undefined });
  const all = STATES.reduce((sum, each) => sum + counts[each], 0);
  const tab = (wanted: string | undefined, label: string, count: number) => ({
    href: to(wanted),
    label: `${label} (${formatNumber(lang, count)})`,
    current: state === wanted,
  });
  return (
    <Tabs
      label={say.counts.label}
      tabs={[
        tab(undefined, say.counts.all, all),
        ...STATES.map((each) => tab(each, say.states[each], counts[each])),
        tab('late', say.late, counts.late),
      ]}
    />
  );
}

/** A civil day, without any hour. */
export function Day({ day }: { day: string }) {
  return <time dateTime={day}>{formatDay(usePage().lang, Date.parse(day), 'UTC')}</time>;
}

/** How somebody is called in a list. */
export const fullName = (
  lang: Language,
  { familyName, givenName }: Pick<ProgressRow, 'familyName' | 'givenName'>,
): string => [familyName, givenName].filter(Boolean).join(' ') || words[lang].nameless;

function columns(lang: Language, nameOf: ProgressListProps['nameOf']): Column<ProgressRow>[] {
  const say = words[lang];
  const day = (name: 'enrolledOn' | 'startedOn' | 'doneOn'): Column<ProgressRow> => ({
    heading: say.columns[name],
    value: (row) => (row[name] === null ? null : <Day day={row[name]} />),
  });
  return [
    {
      heading: say.columns.person,
      rowHeader: true,
      value: (row) => <a href={`/progress/${row.person}`}>{fullName(lang, row)}</a>,
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
