import { closestTag, type Language } from '../language.ts';

/** A text that somebody wrote in several languages; marked as what it is where it is in another than the page (WCAG 3.1.2). */
export function LocalText(props: { lang: Language; texts: Readonly<Record<string, string>>; fallback?: string }) {
  const tag = closestTag(props.texts, props.lang);
  const text = tag === undefined ? '' : props.texts[tag];
  if (tag === undefined || !text) return props.fallback;
  const same = tag === 'und' || tag.toLowerCase().split('-')[0] === props.lang;
  return same ? text : <span lang={tag}>{text}</span>;
}
