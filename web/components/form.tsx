import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import { words } from '../words.ts';

export interface FormProps {
  action: string;
  /** For files. */
  multipart?: boolean;
  children?: ComponentChildren;
}

/** A form that changes something: POST, with the token of whoever is logged in. Answer it with 303, or 422 and the form again. */
export function Form({ action, multipart = false, children }: FormProps) {
  const { csrf } = usePage();
  return (
    <form method="post" action={action} encType={multipart ? 'multipart/form-data' : undefined} noValidate>
      {csrf !== undefined && <input type="hidden" name="_csrf" value={csrf} />}
      {children}
    </form>
  );
}

export interface FieldError {
  /** Id of the field; its name, unless it was given another. */
  field: string;
  /** The same sentence that stands at the field. */
  message: string;
}

/** Over a form that came back refused: what is to be corrected, each leading to its field. Nothing when nothing is. */
export function ErrorSummary({ errors }: { errors: readonly FieldError[] }) {
  const { summary } = words[usePage().lang];
  if (errors.length === 0) return null;
  return (
    <div class="fr-alert fr-alert--error fr-mb-3w" role="alert" tabIndex={-1} data-first-focus>
      <h2 class="fr-alert__title">{summary(errors.length)}</h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
