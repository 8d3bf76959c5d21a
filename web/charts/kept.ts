import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Characters of SVG that are kept: a thousand drawings or so. */
const MOST = 16 * 1024 * 1024;

const drawings = new LRUCache<string, string>({ maxSize: MOST, sizeCalculation: (svg) => svg.length });

/** Drawn once for each input: ECharts holds the process for some 10 ms a chart, and every reader of a page sees the same ones. */
export function kept<Chart>(kind: string, drawn: (chart: Chart) => string): (chart: Chart) => string {
  return (chart) => {
    const key = createHash('sha256')
      .update(`${kind}\0${JSON.stringify(chart)}`)
      .digest('base64');
    const known = drawings.get(key);
    if (known !== undefined) return known;
    const svg = drawn(chart);
    drawings.set(key, svg);
    return svg;
  };
}
