import { usePage } from '../page-context.ts';
import { linkWith } from '../query.ts';
import { words } from '../words.ts';

export interface PaginationProps {
  /** From 1 on; `pageNumberOf(request.query.page)` reads it. */
  page: number;
  pages: number;
  /** Where a page has several lists: the parameter of this one; `page` by default. */
  parameter?: string;
}

/** Links to the other pages of a list, keeping every other parameter of the address. Nothing when there is one page. */
export function Pagination({ page, pages, parameter = 'page' }: PaginationProps) {
  const { lang, path } = usePage();
  const say = words[lang].pagination;
  if (pages <= 1) return null;
  const to = (number: number): string | undefined =>
    number < 1 || number > pages || number === page ? undefined : linkWith(path, { [parameter]: number });
  return (
    <nav class="fr-pagination fr-mt-2w fr-mb-4w" aria-label={say.label}>
      <ul class="fr-pagination__list">
        <Step name="first" label={say.first} href={page === 1 ? undefined : to(1)} />
        <Step name="prev" label={say.previous} href={to(page - 1)} long />
        {shownPages(page, pages).map((number, index) => (
          <li key={index}>
            {number === undefined ? (
              <span class="fr-pagination__link">…</span>
            ) : (
              <a
                class="fr-pagination__link"
                href={to(number)}
                aria-current={number === page ? 'page' : undefined}
                title={say.page(number)}
              >
                {number}
              </a>
            )}
          </li>
        ))}
        <Step name="next" label={say.next} href={to(page + 1)} long />
        <Step name="last" label={say.last} href={page === pages ? undefined : to(pages)} />
      </ul>
    </nav>
  );
}

interface StepProps {
  name: 'first' | 'prev' | 'next' | 'last';
  label: string;
  href: string | undefined;
  /** Written out where there is room. */
  long?: boolean;
}

function Step({ name, label, href, long = false }: StepProps) {
  const look = `fr-pagination__link fr-pagination__link--${name}${long ? ' fr-pagination__link--lg-label' : ''}`;
  return (
    <li>
      {href === undefined ? (
        // biome-ignore lint/a11y/useValidAnchor: a link that leads nowhere now, as the design system marks it.
        <a class={look} aria-disabled="true" role="link">
          {label}
        </a>
      ) : (
        <a class={look} href={href}>
          {label}
        </a>
      )}
    </li>
  );
}

/** First, last, and those around the current one; undefined stands for what is left out. */
function shownPages(page: number, pages: number): (number | undefined)[] {
  const near = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages);
  const sorted = [...new Set(near)].sort((one, other) => one - other);
  return sorted.flatMap((number, index) => {
    const before = sorted[index - 1];
    return before !== undefined && number - before > 1 ? [undefined, number] : [number];
  });
}
