import { usePage } from '../page-context.ts';
import { splitPath } from '../query.ts';
import { words } from '../words.ts';
import { KeptParameters } from './filter-form.tsx';

export interface SearchFormProps {
  /** What is searched, and by what: « Rechercher une personne par nom ». */
  label: string;
  /** What is searched now; by default what the address says. */
  value?: string | undefined;
  /** `q` by default. */
  name?: string;
  /** This page by default, whose other parameters are then kept. */
  action?: string;
}

/** A search: GET, from the first page on. */
export function SearchForm({ label, value, name = 'q', action }: SearchFormProps) {
  const { lang, path } = usePage();
  const id = `search-${name}`;
  return (
    <search>
      <form class="fr-mb-3w" method="get" action={action}>
        {action === undefined && <KeptParameters sets={[name]} />}
        <label class="fr-label fr-mb-1w" for={id}>
          {label}
        </label>
        <div class="fr-search-bar livret-search">
          <input
            class="fr-input"
            type="search"
            id={id}
            name={name}
            value={value ?? splitPath(path).query.get(name) ?? ''}
            autocomplete="off"
          />
          <button class="fr-btn" type="submit" title={words[lang].search}>
            {words[lang].search}
          </button>
        </div>
      </form>
    </search>
  );
}
