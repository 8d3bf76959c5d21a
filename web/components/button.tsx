/** What one presses: a button acts, a link leads somewhere. */
import type { ComponentChildren } from 'preact';
import type { IconName } from '../icons.ts';

export interface ButtonLook {
  /** The one thing to do here, the other things, the least of them; `plain` has no outline. */
  kind?: 'primary' | 'secondary' | 'tertiary' | 'plain';
  size?: 'sm' | 'md' | 'lg';
  icon?: IconName;
  children: ComponentChildren;
}

export interface ButtonProps extends ButtonLook {
  type?: 'submit' | 'button';
  /** Sent with the form that it submits. */
  name?: string;
  value?: string;
  disabled?: boolean;
}

export function Button({ type = 'submit', name, value, disabled, ...look }: ButtonProps) {
  return (
    <button class={lookOf(look)} type={type} name={name} value={value} disabled={disabled}>
      {look.children}
    </button>
  );
}

/** `title` where the text alone does not say where it leads; it should hold the text. */
export function LinkButton({ href, title, ...look }: ButtonLook & { href: string; title?: string }) {
  return (
    <a class={lookOf(look)} href={href} title={title}>
      {look.children}
    </a>
  );
}

/** Buttons beside one another, below one another on a phone. */
export function ButtonGroup({ children }: { children: ComponentChildren }) {
  return <div class="fr-btns-group fr-btns-group--inline-md livret-buttons">{children}</div>;
}

const KINDS = {
  primary: '',
  secondary: ' fr-btn--secondary',
  tertiary: ' fr-btn--tertiary',
  plain: ' fr-btn--tertiary-no-outline',
};

function lookOf({ kind = 'primary', size = 'md', icon }: ButtonLook): string {
  const drawn = icon === undefined ? '' : ` fr-icon-${icon} fr-btn--icon-left`;
  return `fr-btn${KINDS[kind]}${size === 'md' ? '' : ` fr-btn--${size}`}${drawn}`;
}
