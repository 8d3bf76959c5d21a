/** What is asked of the reports, and by whom: a page more is a line more. */
import { LARGEST } from './ministry.ts';

export type Reader = 'administrator' | 'correspondent' | 'agent' | 'key';

export interface Asked {
  name: string;
  as: Reader;
  path: string;
  /** Sent as JSON, where it is a POST. */
  body?: object;
  /** Its questions run in a process of their own, whose time is part of the whole; they are not timed apart. */
  elsewhere?: true;
}

/** Topics of the page on scheduling, the one that it begins with left out. */
const TOPICS = ['hours', 'slots', 'interruptions', 'autonomy', 'progress'];

/** `period` is published, and the one before it. `person`: id of somebody whose name the correspondent sees. */
export function pagesOf(period: string, before: string, person: string): Asked[] {
  const report = (name: string, more = ''): Asked => ({
    name: `report ${name}${more && ', by parcours'}`,
    as: 'administrator',
    path: `/reports/figures?report=${name}&period=${period}${more}`,
  });
  const page = (name: string, path: string, as: Reader = 'administrator'): Asked => ({ name, as, path });
  const direction = encodeURIComponent(LARGEST);
  return [
    page('overview', '/reports'),
    page('directions', `/reports/directions?period=${period}`),
    page('one direction', `/reports/directions?period=${period}&direction=${direction}`),
    page('parcours', `/reports/parcours?period=${period}`),
    page('modules', `/reports/modules?period=${period}`),
    page('scheduling', `/reports/scheduling?period=${period}`),
    ...TOPICS.map((topic) => page(`scheduling, ${topic}`, `/reports/scheduling?period=${period}&topic=${topic}`)),
    page('comparison', `/reports/comparison?period=${period}&compare=${before}`),
    page('claims', `/reports/claims?period=${period}`),
    ...['completion', 'weekly-regularity', 'hours', 'change'].map((name) => report(name)),
    page('overview, of a correspondent', '/reports', 'correspondent'),
    page('answer completion, by parcours', `/api/reports/completion?period=${period}&by=parcours`),
    page('answer completion, by module', `/api/reports/completion?period=${period}&by=module`),
    page('answer cumulative', `/api/reports/cumulative?from=${before}&to=${period}`),
    page('progress of 5,000 people', '/progress', 'correspondent'),
    page('progress, those who are late', '/progress?state=late', 'correspondent'),
    page('progress, 1,000 rows as JSON', '/api/progress?limit=1000', 'correspondent'),
    page('progress of one person', `/progress/${person}`, 'correspondent'),
    page('digests', '/reports/digests'),
    page('digests, of a correspondent', '/reports/digests', 'correspondent'),
    page('own learning', '/learning', 'agent'),
    page('own learning as JSON', '/api/me/learning', 'agent'),
    { ...page('SQL page with an answer', `/reports/sql?${new URLSearchParams({ query: SQL })}`), elsewhere: true },
    { ...page('SQL over cells', '/api/sql/cells', 'key'), body: { sql: SQL }, elsewhere: true },
  ];
}

/** It looks through all there is. */
const SQL = 'SELECT metric, count(*) AS n FROM cells GROUP BY ALL ORDER BY ALL';
