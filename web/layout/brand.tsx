import { assetPath } from '../assets.ts';
import type { Site } from '../site.ts';

/** Our own drawing, or the bloc-marque: its image comes with the class. */
export function Logo({ site, className }: { site: Site; className: 'fr-header' | 'fr-footer' }) {
  if (site.stateMarks) {
    const name = (site.ministry ?? 'République française').split(' ');
    const logo = (
      <p class="fr-logo">
        {name[0]}
        <br />
        {name.slice(1).join(' ')}
      </p>
    );
    return className === 'fr-header' ? <div class="fr-header__logo">{logo}</div> : logo;
  }
  const image = <img class="livret-logo" src={assetPath('icon.svg')} alt="" width="56" height="56" />;
  return className === 'fr-header' ? <div class="fr-header__operator">{image}</div> : image;
}
