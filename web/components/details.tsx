import type { ComponentChildren } from 'preact';

/** What few need to see at once: folded until it is asked for, unfolded in print; needs no script. */
export function Details({ summary, children }: { summary: string; children: ComponentChildren }) {
  return (
    <details class="livret-details">
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}
