/** In place of figures: which of the ways of having none this is, and what to do about it. */

import { EmptyState, LinkButton, linkWith, usePage } from '../../../web/index.ts';
import { basisWords } from '../../basis-words.ts';
import { periodName } from '../../periods/names.ts';
import type { Shown } from '../../reports.ts';
import type { Reading } from '../frame/reading.ts';
import { words } from '../words.ts';

export interface NothingYetProps {
  reading: Pick<Reading, 'lang' | 'period' | 'periods' | 'publishDelay'>;
  report: string;
  /** undefined where nobody of what is asked for has contributed. */
  answer: Shown | undefined;
  /** In a panel, under its title, 3; 2 where it is all that the page has. */
  level?: 2 | 3;
}

export function NothingYet({ reading, report, answer, level = 3 }: NothingYetProps) {
  const { lang, period, periods, publishDelay } = reading;
  const { publishing, byHand, lastPublished } = words[lang];
  const { path } = usePage();
  if (answer?.state === 'published') return null;
  const state = answer?.state ?? 'nobody';
  const { title, sentence } = basisWords[lang].empty[state](answer?.minimum ?? 0);
  const [last] = periods;
  return (
    <EmptyState title={title} level={level}>
      <p>{sentence}</p>
      {state === 'notPublished' && (
        <>
          <p>{publishing(publishDelay)}</p>
          <p>
            {byHand} <code>{`livret report ${report} --period ${period}`}</code>
          </p>
        </>
      )}
      {last !== undefined && last !== period && (
        <LinkButton kind="secondary" href={linkWith(path, { period: last, compare: undefined })}>
          {lastPublished(periodName(lang, last))}
        </LinkButton>
      )}
    </EmptyState>
  );
}
