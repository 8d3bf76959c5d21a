/** What stands on the pages of directions. */
import {
  Alert,
  Badge,
  Button,
  type Column,
  DataTable,
  DateTime,
  EmptyState,
  Form,
  formatNumber,
  Input,
  type Language,
  LinkButton,
  Select,
} from '../../../web/index.ts';
import { type Census, KINDS_BELOW, type Tree, type Unit } from '../../directory/index.ts';
import { fieldsOf, type Refused, WhyRefused } from '../refused.tsx';
import type { Branch } from './view.ts';
import { type DirectionWords, words } from './words.ts';

type Done = keyof DirectionWords['done'];

/** What was done, or why it was not. */
export function Answer({ lang, done, refused }: { lang: Language; done?: Done; refused?: Refused }) {
  const say = words[lang];
  if (refused) return <WhyRefused refused={refused} problems={say.problems} />;
  return done ? (
    <Alert kind="success" live>
      {say.done[done]}
    </Alert>
  ) : null;
}

export function Forest({ lang, branches, at }: { lang: Language; branches: readonly Branch[]; at: number }) {
  const say = words[lang];
  if (branches.length === 0) return <EmptyState title={say.none.title}>{say.none.text}</EmptyState>;
  return (
    <>
      <Branches lang={lang} branches={branches} />
      <Counted lang={lang} at={at} />
    </>
  );
}

/** When the figures were counted. */
function Counted({ lang, at }: { lang: Language; at: number }) {
  return (
    <p class="fr-hint-text">
      {words[lang].counted} <DateTime at={at} />
    </p>
  );
}

function Branches({ lang, branches }: { lang: Language; branches: readonly Branch[] }) {
  const say = words[lang];
  return (
    <ul>
      {branches.map(({ unit, people, withBelow, below }) => (
        <li key={unit.id}>
          <a href={`/directions/${unit.id}`}>{unit.name}</a> ({say.people(people)}
          {below.length > 0 && `, ${say.withBelow(formatNumber(lang, withBelow))}`})
          {below.length > 0 && <Branches lang={lang} branches={below} />}
        </li>
      ))}
    </ul>
  );
}

/** A form for a new direction, on top or below another one. */
export function AddDirection({ lang, tree, refused }: { lang: Language; tree: Tree; refused?: Refused }) {
  const say = words[lang];
  const fields = fieldsOf('add', refused, say.problems);
  return (
    <>
      <h2 class="fr-h4 fr-mt-4w">{say.addTop}</h2>
      <Form action="/directions">
        <input type="hidden" name="kind" value="direction" />
        <Input
          name="name"
          label={say.add.name}
          value={fields.value('name')}
          error={fields.error('name')}
          maxLength={200}
        />
        <Select
          name="parent"
          label={say.add.above}
          optional
          placeholder={say.parent.top}
          value={fields.value('parent')}
          error={fields.error('parent')}
          options={above(tree)}
        />
        <Button kind="secondary">{say.add.submit}</Button>
      </Form>
    </>
  );
}

const above = (tree: Tree, without?: string) =>
  tree
    .directions()
    .flatMap((name) => tree.direction(name) ?? [])
    .filter(({ id }) => id !== without)
    .map(({ id, name }) => ({ value: id, label: name }));

export interface UnitPageProps {
  lang: Language;
  unit: Unit;
  tree: Tree;
  census: Census;
  children: readonly Unit[];
  /** Whether the list of people is theirs to see. */
  lists: boolean;
  manages: boolean;
  refused?: Refused;
}

export function UnitPage({ lang, unit, tree, census, children, lists, manages, refused }: UnitPageProps) {
  const say = words[lang];
  const adding = fieldsOf('add', refused, say.problems);
  const moving = fieldsOf('parent', refused, say.problems);
  const people = census.people.get(unit.id) ?? 0;
  const columns: Column<Unit>[] = [
    { heading: say.columns.name, value: ({ id, name }) => <a href={`/directions/${id}`}>{name}</a>, rowHeader: true },
    { heading: say.columns.kind, value: ({ kind }) => say.kinds[kind] },
    { heading: say.columns.people, value: ({ id }) => census.people.get(id) ?? 0, numeric: true },
  ];
  return (
    <>
      <p>
        <Badge>{say.kinds[unit.kind]}</Badge> {say.people(people)}
      </p>
      {lists && unit.kind === 'direction' && (
        <p>
          <LinkButton kind="secondary" href={`/people?${new URLSearchParams({ direction: unit.name })}`}>
            {say.seePeople}
          </LinkButton>
        </p>
      )}
      {children.length > 0 && <DataTable id="units" caption={say.caption} columns={columns} rows={children} />}
      <Counted lang={lang} at={census.at} />
      {manages && unit.kind === 'direction' && (
        <>
          <h2 class="fr-h4 fr-mt-4w">{say.parent.title}</h2>
          <Form action={`/directions/${unit.id}/parent`}>
            <Select
              name="parent"
              label={say.parent.label}
              hint={say.parent.hint}
              optional
              placeholder={say.parent.top}
              value={moving.value('parent') ?? unit.parent}
              error={moving.error('parent')}
              options={above(tree, unit.id)}
            />
            <Button kind="secondary">{say.parent.submit}</Button>
          </Form>
        </>
      )}
      {manages && KINDS_BELOW[unit.kind].length > 0 && (
        <>
          <h2 class="fr-h4 fr-mt-4w">{say.add.title}</h2>
          <Form action="/directions">
            <input type="hidden" name="parent" value={unit.id} />
            <input type="hidden" name="at" value={unit.id} />
            <Select
              name="kind"
              label={say.add.kind}
              value={adding.value('kind')}
              options={KINDS_BELOW[unit.kind].map((kind) => ({ value: kind, label: say.kinds[kind] }))}
            />
            <Input
              name="name"
              label={say.add.name}
              value={adding.value('name')}
              error={adding.error('name')}
              maxLength={200}
            />
            <Button kind="secondary">{say.add.submit}</Button>
          </Form>
        </>
      )}
    </>
  );
}
