import type { ComponentChildren } from 'preact';

export type Severity = 'info' | 'success' | 'warning' | 'error';

export interface AlertProps {
  kind?: Severity;
  /** Without a title the small form is drawn. */
  title?: string;
  /** For what answers something just done: screen readers say it at once. */
  live?: boolean;
  children?: ComponentChildren;
}

/** Something to notice. */
export function Alert({ kind = 'info', title, live = false, children }: AlertProps) {
  const size = title === undefined ? ' fr-alert--sm' : '';
  const role = live ? (kind === 'error' ? 'alert' : 'status') : undefined;
  return (
    <div class={`fr-alert fr-alert--${kind}${size} fr-mb-3w`} role={role}>
      {title !== undefined && <h2 class="fr-alert__title">{title}</h2>}
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  );
}
