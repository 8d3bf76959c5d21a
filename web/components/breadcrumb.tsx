import { usePage } from '../page-context.ts';
import { words } from '../words.ts';

export interface Crumb {
  href: string;
  label: string;
}

/** Where a page stands: home, what is above it, and the page itself. `sendPage` puts it in by its `breadcrumb`. */
export function Breadcrumb({ above, here }: { above: readonly Crumb[]; here: string }) {
  const { label, show, home } = words[usePage().lang].breadcrumb;
  return (
    <nav class="fr-breadcrumb" aria-label={label}>
      <button class="fr-breadcrumb__button" type="button" aria-expanded="false" aria-controls="breadcrumb">
        {show}
      </button>
      <div class="fr-collapse" id="breadcrumb">
        <ol class="fr-breadcrumb__list">
          {[{ href: '/', label: home }, ...above].map((crumb) => (
            <li key={crumb.href}>
              <a class="fr-breadcrumb__link" href={crumb.href}>
                {crumb.label}
              </a>
            </li>
          ))}
          <li>
            {/* biome-ignore lint/a11y/useValidAnchor: one is here, and need not go. */}
            <a class="fr-breadcrumb__link" aria-current="page">
              {here}
            </a>
          </li>
        </ol>
      </div>
    </nav>
  );
}
