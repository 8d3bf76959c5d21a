import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { splitPath } from '../query.ts';
import { Button } from './button.tsx';
import { Filtering } from './fields.tsx';

export interface FilterFormProps {
  /** Parameters of the address that its fields set; the others are kept, but for where a page of the list begins. */
  sets: readonly string[];
  /** What its button says: « Afficher ». */
  submit: string;
  /** Fields, beside one another where there is room. */
  children: ComponentChildren;
}

/** A form that chooses what this page shows: GET, so that the address holds the choice. */
export function FilterForm({ sets, submit, children }: FilterFormProps) {
  // Without autocompletion: who goes back finds what the address says, and not what was chosen on the page that was left.
  return (
    <form class="livret-filters fr-mb-3w" method="get" autocomplete="off">
      <KeptParameters sets={sets} />
      <Filtering.Provider value={true}>{children}</Filtering.Provider>
      <Button kind="secondary">{submit}</Button>
    </form>
  );
}

/** Where a page of a list begins, by number or after somebody: in another list that is somewhere else, or nowhere. */
const BEGINNINGS = ['page', 'after'];

/** A form sent by GET drops what the address holds: what it does not set goes along unseen. */
export function KeptParameters({ sets }: { sets: readonly string[] }) {
  const { query } = splitPath(usePage().path);
  const kept = [...query].filter(([name]) => !BEGINNINGS.includes(name) && !sets.includes(name));
  return (
    <>
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
    </>
  );
}
