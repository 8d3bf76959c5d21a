import { usePage } from '../page-context.ts';
import type { Site } from '../site.ts';
import { words } from '../words.ts';
import { Logo } from './brand.tsx';

/** « L'affichage du statut de conformité sur la page d'accueil est obligatoire » (RGAA): it stands on every page. */
export function Footer({ site }: { site: Site }) {
  const { about, accessibility, contact, display, homeOf } = words[usePage().lang];
  return (
    <footer class="fr-footer" id="footer" tabIndex={-1}>
      <div class="fr-container">
        <div class="fr-footer__body">
          <div class="fr-footer__brand fr-enlarge-link">
            <a href="/" title={homeOf}>
              <Logo site={site} className="fr-footer" />
              {!site.stateMarks && <span class="livret-name">Livret</span>}
            </a>
          </div>
          <div class="fr-footer__content">
            <p class="fr-footer__content-desc">{about}</p>
          </div>
        </div>
        <div class="fr-footer__bottom">
          <ul class="fr-footer__bottom-list">
            <li class="fr-footer__bottom-item">
              <a class="fr-footer__bottom-link" href="/accessibility">
                {accessibility[site.accessibility]}
              </a>
            </li>
            {site.contact !== undefined && (
              <li class="fr-footer__bottom-item">
                <a class="fr-footer__bottom-link" href={site.contact}>
                  {contact}
                </a>
              </li>
            )}
            <li class="fr-footer__bottom-item livret-scripted">
              <button
                class="fr-footer__bottom-link fr-icon-theme-fill fr-link--icon-left"
                type="button"
                aria-controls="display-settings"
                data-fr-opened="false"
              >
                {display.title}
              </button>
            </li>
          </ul>
        </div>
      </div>
    </footer>
  );
}
