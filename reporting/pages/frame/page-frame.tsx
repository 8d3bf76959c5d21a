/** What all pages of reports have around them: the tabs, what is chosen, and how far the reports have come. */
import type { ComponentChildren } from 'preact';
import { Alert, Filters, formatDate, linkWith, usePage } from '../../../web/index.ts';
import { periodName } from '../../periods/names.ts';
import { words } from '../words.ts';
import { chosenIn, type FilterName, parcoursLine, ReportFilters } from './filters.tsx';
import type { Reading } from './reading.ts';
import { Sections } from './sections.tsx';

export interface PageFrameProps {
  /** Path of the page. */
  here: string;
  reading: Reading;
  filters: readonly FilterName[];
  compares: boolean;
  children: ComponentChildren;
}

export function PageFrame({ here, reading, filters, compares, children }: PageFrameProps) {
  const { lang } = reading;
  const { path } = usePage();
  const narrowed = parcoursLine(reading).map((label) => ({ label, href: linkWith(path, { parcours: undefined }) }));
  return (
    <>
      <Sections here={here} may={reading.may} />
      <ReportFilters {...{ reading, filters, compares }} />
      {narrowed.length > 0 && (
        <div class="fr-no-print">
          <Filters filters={narrowed} />
        </div>
      )}
      {reading.notYours !== undefined && (
        <Alert kind="warning">
          <p>{words[lang].notYours(reading.notYours)}</p>
        </Alert>
      )}
      {reading.notEarlier !== undefined && (
        <Alert kind="warning">
          <p>{words[lang].notEarlier(periodName(lang, reading.notEarlier), periodName(lang, reading.period))}</p>
        </Alert>
      )}
      <p class="livret-printed">{chosenIn(reading)}</p>
      {children}
      <p class="fr-text--sm">{words[lang].followedTo(formatDate(lang, reading.freshness))}</p>
    </>
  );
}
