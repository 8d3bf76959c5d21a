import type { ComponentChildren } from 'preact';

/** A region that scrolls sideways by itself, so that the page never does. Named by an element (labelledBy) or a text. */
export function ScrollRegion(props: { labelledBy?: string; label?: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1).
    <section class="livret-scroll" tabIndex={0} aria-labelledby={props.labelledBy} aria-label={props.label}>
      {props.children}
    </section>
  );
}
