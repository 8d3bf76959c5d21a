import type { ComponentChildren } from 'preact';

export interface EmptyStateProps {
  /** What is not there: « Aucun contenu pour l’instant ». */
  title: string;
  /** What brings something here; a LinkButton where it is one step away. */
  children: ComponentChildren;
  /** Where it stands under an h2: 3. */
  level?: 2 | 3;
}

/** In place of a list that is empty: that it is, and what to do next. */
export function EmptyState({ title, children, level = 2 }: EmptyStateProps) {
  const Title = `h${level}` as const;
  return (
    <div class="livret-empty">
      <Title class="fr-h6">{title}</Title>
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  );
}
