/** A chart in its figure. The same numbers belong in a DataTable beside it: that is what serves a screen reader. */
import { type AnyChart, chartOf } from '../charts/index.ts';
import { ScrollRegion } from './scroll.tsx';

/** Its `caption` says what it shows; the title where nothing else is said. Drawn twice, for a page and for a phone; the width that the figure has chooses (assets/charts.css). */
export function Chart({ caption, ...props }: AnyChart & { caption?: string | undefined }) {
  const svg = { __html: chartOf({ ...props, size: 'wide' }) + chartOf({ ...props, size: 'narrow' }) };
  return (
    <figure class="livret-chart">
      <ScrollRegion label={props.title}>
        {/* Our own SVG; ECharts and svg.ts escape the texts in it. */}
        <div dangerouslySetInnerHTML={svg} />
      </ScrollRegion>
      <figcaption class="fr-text--sm">{caption ?? props.title}</figcaption>
    </figure>
  );
}
