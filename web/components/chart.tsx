/** A chart in its figure. The same numbers belong in a DataTable beside it: on a phone and to a screen reader, that is what serves. */
import { type BarChart, barChart } from '../charts/bar.ts';
import { ScrollRegion } from './scroll.tsx';

export function Chart(props: BarChart) {
  const svg = { __html: barChart(props) };
  return (
    <figure class="livret-chart">
      <ScrollRegion label={props.title}>
        {/* Our own SVG; ECharts and svg.ts escape the texts in it. */}
        <div dangerouslySetInnerHTML={svg} />
      </ScrollRegion>
      <figcaption class="fr-text--sm">{props.title}</figcaption>
    </figure>
  );
}
