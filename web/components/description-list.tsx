import type { ComponentChildren } from 'preact';

/** Facts about one thing: term and value. */
export function DescriptionList({ entries }: { entries: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="livret-facts">
      {entries.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
