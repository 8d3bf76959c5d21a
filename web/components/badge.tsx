/** Short marks on things: the state something is in, a word about it, a filter that is on. */
import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { words } from '../words.ts';
import type { Severity } from './alert.tsx';

/** A state, in capitals; `kind` gives colour and icon. */
export function Badge({ kind, children }: { kind?: Severity | 'new'; children: ComponentChildren }) {
  const colour = kind === undefined ? '' : ` fr-badge--${kind}`;
  return <span class={`fr-badge fr-badge--sm${colour}`}>{children}</span>;
}

/** A word about something. */
export function Tag({ children }: { children: ComponentChildren }) {
  return <span class="fr-tag fr-tag--sm">{children}</span>;
}

export interface Filter {
  label: string;
  /** Where the list is without it: `linkWith(path, { name: undefined })`. */
  href: string;
}

/** The filters that are on; pressing one takes it away. Nothing when there are none. */
export function Filters({ filters }: { filters: readonly Filter[] }) {
  const { removeFilter } = words[usePage().lang];
  if (filters.length === 0) return null;
  return (
    <ul class="fr-tags-group">
      {filters.map(({ label, href }) => (
        <li key={label}>
          <a class="fr-tag fr-icon-close-line fr-tag--icon-left" href={href} title={removeFilter(label)}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
