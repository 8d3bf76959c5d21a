import { formatDate, formatDay } from '../format.ts';
import { usePage } from '../page-context.ts';

/** An instant, in the language of the page and the time of the site, or of another zone; `day` leaves the hour out. */
export function DateTime({ at, day = false, timeZone }: { at: number; day?: boolean; timeZone?: string }) {
  const { lang } = usePage();
  const text = day ? formatDay(lang, at, timeZone) : formatDate(lang, at, timeZone);
  return <time dateTime={new Date(at).toISOString()}>{text}</time>;
}
