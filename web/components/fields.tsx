/** The fields of forms: label, hint, what is wrong. `id` is the name unless given. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { usePage } from '../page-context.ts';
import { words } from '../words.ts';

/** True around fields that choose what a page shows: none of them is needed, and none says so. */
export const Filtering = createContext(false);

export interface FieldProps {
  name: string;
  id?: string;
  label: string;
  /** How to fill it in; the format that is expected, with an example. */
  hint?: string;
  /** What is wrong with what was sent, and what would be right. */
  error?: string | undefined;
  /** Fields are needed unless they say otherwise. */
  optional?: boolean;
}

export interface InputProps extends FieldProps {
  type?: 'text' | 'email' | 'url' | 'date' | 'number' | 'password' | 'search' | 'tel';
  value?: string | number | undefined;
  /** What of the reader it asks for (HTML's tokens, as WCAG 1.3.5 wants); `off` for what is not about them. */
  autocomplete?: string;
  min?: string | number;
  max?: string | number;
  maxLength?: number;
}

export function Input({ type = 'text', value, autocomplete = 'off', min, max, maxLength, ...field }: InputProps) {
  return (
    <Field {...field} group="fr-input-group">
      <input
        class={`fr-input${field.error ? ' fr-input--error' : ''}`}
        type={type}
        value={value}
        autocomplete={autocomplete}
        min={min}
        max={max}
        maxLength={maxLength}
        {...useControl(field)}
      />
    </Field>
  );
}

export interface TextareaProps extends FieldProps {
  value?: string;
  rows?: number;
  /** For code: letters of one width, no spelling, Ctrl + Enter sends its form. */
  code?: boolean;
}

/** Preact's types know `translate` as a boolean, which it would not write. */
const NOT_PROSE: object = { translate: 'no' };

export function Textarea({ value, rows = 4, code = false, ...field }: TextareaProps) {
  const error = field.error ? ' fr-input--error' : '';
  return (
    <Field {...field} group="fr-input-group">
      <textarea
        class={`fr-input${error}${code ? ' livret-code' : ''}`}
        rows={rows}
        spellcheck={code ? false : undefined}
        autocapitalize={code ? 'off' : undefined}
        data-sends={code ? true : undefined}
        {...(code ? NOT_PROSE : {})}
        {...useControl(field)}
      >
        {value}
      </textarea>
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
}

export interface SelectProps extends FieldProps {
  options: readonly Option[];
  value?: string | undefined;
  /** First and chosen while nothing is; its value is empty. */
  placeholder?: string;
}

export function Select({ options, value, placeholder, ...field }: SelectProps) {
  return (
    <Field {...field} group="fr-select-group">
      <select class={`fr-select${field.error ? ' fr-select--error' : ''}`} {...useControl(field)}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

export interface CheckboxProps extends Omit<FieldProps, 'optional'> {
  /** What is sent when it is ticked; `on` by default. */
  value?: string;
  checked?: boolean;
}

export function Checkbox({ value = 'on', checked, ...field }: CheckboxProps) {
  const { id = field.name, label, hint, error } = field;
  return (
    <div class={`fr-checkbox-group fr-mb-3w${error ? ' fr-checkbox-group--error' : ''}`}>
      <input type="checkbox" value={value} checked={checked} {...useControl({ ...field, optional: true })} />
      <label class="fr-label" for={id}>
        {label}
        {hint !== undefined && <span class="fr-hint-text">{hint}</span>}
      </label>
      <Message id={id} error={error} />
    </div>
  );
}

/** Several fields that answer one question. */
export function Fieldset({ id, legend, children }: { id: string; legend: string; children: ComponentChildren }) {
  return (
    <fieldset class="fr-fieldset" id={id} aria-labelledby={`${id}-legend`}>
      <legend class="fr-fieldset__legend" id={`${id}-legend`}>
        {legend}
      </legend>
      <div class="fr-fieldset__element">{children}</div>
    </fieldset>
  );
}

type FieldGroup = 'fr-input-group' | 'fr-select-group';

function Field(field: FieldProps & { group: FieldGroup; children: ComponentChildren }) {
  const { id = field.name, label, hint, error, optional, group, children } = field;
  const say = words[usePage().lang];
  const filtering = useContext(Filtering);
  return (
    <div class={`${group}${error ? ` ${group}--error` : ''}`}>
      <label class="fr-label" for={id}>
        {optional && !filtering ? `${label} (${say.optional})` : label}
        {hint !== undefined && <span class="fr-hint-text">{hint}</span>}
      </label>
      {children}
      <Message id={id} error={error} />
    </div>
  );
}

/** Always there, so that what appears in it is said. */
function Message({ id, error }: { id: string; error: string | undefined }) {
  return (
    <div class="fr-messages-group" id={`${id}-messages`} aria-live="polite">
      {error !== undefined && <p class="fr-message fr-message--error">{error}</p>}
    </div>
  );
}

/** What every control has. Whether something is missing is said by us, in words, and not by the browser's own bubble. */
function useControl({ name, id = name, error, optional }: FieldProps) {
  const filtering = useContext(Filtering);
  return {
    id,
    name,
    'aria-describedby': `${id}-messages`,
    'aria-invalid': error === undefined ? undefined : ('true' as const),
    'aria-required': optional || filtering ? undefined : ('true' as const),
  };
}
