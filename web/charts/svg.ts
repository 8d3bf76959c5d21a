/** From the SVG that ECharts writes to one that may stand in a page: no style, no ids of its own, a name and a description. */

export interface SvgNames {
  /** Unique in the page; every id inside starts with it. */
  id: string;
  title: string;
  description: string;
  /** Drawn for a phone: the page shows it where the other has no room. */
  narrow: boolean;
}

/**
 * Style attributes become presentation attributes (the font family comes from the page), ids get the chart's prefix,
 * marks meant for scripts go. Quotes inside texts are escaped by ECharts, so that ="…" is always markup.
 */
export function pageSvg(svg: string, { id, title, description, narrow }: SvgNames): string {
  const opening = `<svg class="chart-drawing${narrow ? ' chart-narrow' : ''}" role="img" aria-labelledby="${id}-title ${id}-description"`;
  const names = `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-description">${escaped(description)}</desc>`;
  return svg
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => fontAttributes(style))
    .replace(/="(url\(#)?zr\d+-/g, (_, reference = '') => `="${reference}${id}-`)
    .replace(/^<svg([^>]*)>/, (_, attributes: string) => `${opening}${attributes}>${names}`);
}

function fontAttributes(style: string): string {
  return ['font-size', 'font-weight', 'font-style']
    .map((name) => [name, new RegExp(`(?:^|;)${name}:([^;]+)`).exec(style)?.[1]] as const)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${value}"`))
    .join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
