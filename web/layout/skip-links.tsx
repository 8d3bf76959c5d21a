import { usePage } from '../page-context.ts';
import { words } from '../words.ts';

/** First in the page: past what is the same on every one of them. */
export function SkipLinks({ menu }: { menu: boolean }) {
  const { quickAccess, toContent, toMenu, toFooter } = words[usePage().lang];
  const places = [['content', toContent], ...(menu ? [['navigation', toMenu]] : []), ['footer', toFooter]];
  return (
    <div class="fr-skiplinks">
      <nav class="fr-container" aria-label={quickAccess}>
        <ul class="fr-skiplinks__list">
          {places.map(([id, label]) => (
            <li key={id}>
              <a class="fr-link" href={`#${id}`}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
