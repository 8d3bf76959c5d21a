/** What stands on the pages of logging in and out. */
import type { Language } from '../../web/index.ts';
import { words } from './words.ts';

/** The providers to choose from. */
export function LoginChoice({
  lang,
  choices,
}: {
  lang: Language;
  choices: readonly { href: string; label: string }[];
}) {
  const { noProvider, noProviderNext, with: withLabel } = words[lang];
  if (choices.length === 0) {
    return (
      <>
        <p>{noProvider}</p>
        <p>{noProviderNext}</p>
      </>
    );
  }
  return (
    <ul class="fr-btns-group livret-choices">
      {choices.map(({ href, label }) => (
        <li key={href}>
          <a class="fr-btn" href={href}>
            {withLabel(label)}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Asks whether a login is wanted that nobody asked for here. */
export function Confirm({ lang, action }: { lang: Language; action: string }) {
  return (
    <form method="post" action={action}>
      <button class="fr-btn" type="submit">
        {words[lang].enter}
      </button>
    </form>
  );
}

export function Goodbye({ lang, next }: { lang: Language; next?: string }) {
  const { goOn, again } = words[lang];
  return (
    <p>
      <a class="fr-btn" href={next ?? '/login'}>
        {next === undefined ? again : goOn}
      </a>
    </p>
  );
}
