import type { ComponentChildren } from 'preact';
import { usePage } from '../page-context.ts';
import type { MenuItem } from '../part.ts';
import { words } from '../words.ts';

interface MenuProps {
  navigation: readonly MenuItem[];
  /** Path by which the menu knows where the reader is. */
  here: string;
}

/** Without scripts the group for administrators stands open (assets/livret.css). */
export function Menu({ navigation, here }: MenuProps) {
  const { close, navigation: name } = words[usePage().lang];
  const current = itemAt(navigation, here);
  const group = navigation.filter(({ administers }) => administers);
  // A group of one would only hide it.
  const plain = group.length > 1 ? navigation.filter(({ administers }) => !administers) : navigation;
  const item = (each: MenuItem) => <Item item={each} here={here} isCurrent={each === current} key={each.path} />;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the design system's script makes it a dialog when it opens.
    <div class="fr-header__menu fr-modal" id="menu" aria-labelledby="menu-button">
      <div class="fr-container">
        <button class="fr-btn--close fr-btn" type="button" aria-controls="menu" title={close}>
          {close}
        </button>
        <div class="fr-header__menu-links" />
        {navigation.length > 0 && (
          <nav class="fr-nav" id="navigation" aria-label={name} tabIndex={-1}>
            <ul class="fr-nav__list">
              {plain.map((each) => (
                <li class="fr-nav__item" key={each.path}>
                  {item(each)}
                </li>
              ))}
              {group.length > 1 && (
                <Group isCurrent={current?.administers === true}>
                  {group.map((each) => (
                    <li key={each.path}>{item(each)}</li>
                  ))}
                </Group>
              )}
            </ul>
          </nav>
        )}
      </div>
    </div>
  );
}

function Group({ isCurrent, children }: { isCurrent: boolean; children: ComponentChildren }) {
  const { administration } = words[usePage().lang];
  return (
    <li class="fr-nav__item livret-group">
      <button
        class="fr-nav__btn livret-scripted"
        type="button"
        aria-expanded="false"
        aria-controls="menu-administration"
        aria-current={isCurrent ? 'true' : undefined}
      >
        {administration}
      </button>
      <div class="fr-collapse fr-menu" id="menu-administration">
        <ul class="fr-menu__list">{children}</ul>
      </div>
    </li>
  );
}

function Item({ item, here, isCurrent }: { item: MenuItem; here: string; isCurrent: boolean }) {
  const { lang } = usePage();
  const is = isCurrent ? (item.path === here ? 'page' : 'true') : undefined;
  return (
    <a class="fr-nav__link" href={item.path} aria-current={is}>
      {item.label[lang]}
    </a>
  );
}

/** The item of the page, or the nearest above it. */
const itemAt = (navigation: readonly MenuItem[], here: string): MenuItem | undefined =>
  navigation
    .filter(({ path }) => here === path || (path !== '/' && here.startsWith(`${path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
