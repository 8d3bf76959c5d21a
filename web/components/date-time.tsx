import { formatDate, formatDay } from '../format.ts';
import { usePage } from '../page-context.ts';

/** An instant, in the language of the page and the time of the site; `day` leaves the hour out. */
export function DateTime({ at, day = false }: { at: number; day?: boolean }) {
  const { lang } = usePage();
  return <time dateTime={new Date(at).toISOString()}>{day ? formatDay(lang, at) : formatDate(lang, at)}</time>;
}
