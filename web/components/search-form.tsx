import { usePage } from '../page-context.ts';
import { splitPath } from '../query.ts';
import { words } from '../words.ts';

export interface SearchFormProps {
  /** What is searched, and by what: « Rechercher une personne par nom ». */
  label: string;
  value?: string | undefined;
  /** `q` by default. */
  name?: string;
  /** This page by default. */
  action?: string;
}

/** A search: GET, keeping the other parameters of the address, from the first page on. */
export function SearchForm({ label, value, name = 'q', action }: SearchFormProps) {
  const { lang, path } = usePage();
  const { query } = splitPath(path);
  const kept = [...query].filter(([key]) => key !== name && key !== 'page');
  return (
    <search>
      <form class="fr-mb-3w" method="get" action={action}>
        {action === undefined && kept.map(([key, text]) => <input type="hidden" name={key} value={text} key={key} />)}
        <label class="fr-label fr-mb-1w" for={`search-${name}`}>
          {label}
        </label>
        <div class="fr-search-bar livret-search">
          <input
            class="fr-input"
            type="search"
            id={`search-${name}`}
            name={name}
            value={value ?? query.get(name) ?? ''}
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
