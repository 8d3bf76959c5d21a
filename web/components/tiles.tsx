export interface Tile {
  href: string;
  title: string;
  description?: string;
}

/** Places to go to, each with a sentence. `level` is one below the title they stand under. */
export function Tiles({ tiles, level = 2 }: { tiles: readonly Tile[]; level?: 2 | 3 }) {
  const Title = `h${level}` as const;
  return (
    <ul class="fr-grid-row fr-grid-row--gutters fr-raw-list fr-mb-4w">
      {tiles.map(({ href, title, description }) => (
        <li class="fr-col-12 fr-col-md-6 fr-col-lg-4" key={href}>
          <div class="fr-tile fr-enlarge-link fr-tile--horizontal">
            <div class="fr-tile__body">
              <div class="fr-tile__content">
                <Title class="fr-tile__title">
                  <a href={href}>{title}</a>
                </Title>
                {description !== undefined && <p class="fr-tile__desc">{description}</p>}
              </div>
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
