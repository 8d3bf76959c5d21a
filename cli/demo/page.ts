/** What the contents themselves tell from inside a module: a page that was read. It is no statement of Livret's profile. */
import type { Statement } from '../../lrs/index.ts';
import { ACTIVITY_TYPE, record } from '../../lrs/profile/index.ts';
import type { Step } from './traveller.ts';

const EXPERIENCED = {
  id: 'http://adlnet.gov/expapi/verbs/experienced',
  display: { fr: 'a consulté', en: 'experienced' },
};
const PAGE = 'https://w3id.org/xapi/acrossx/activities/page';

const activity = (id: string, type: string) => ({ objectType: 'Activity' as const, id, definition: { type } });

export const page = ({ traveller: { enrolment }, module }: Step, number: number, at: number): Statement => ({
  id: record.idOf('page', enrolment.registration, module.id, number),
  actor: enrolment.person,
  verb: EXPERIENCED,
  object: activity(`${module.id}/page-${number}`, PAGE),
  context: {
    registration: enrolment.registration,
    contextActivities: {
      parent: [activity(module.id, ACTIVITY_TYPE.lesson)],
      grouping: [activity(enrolment.parcours.id, ACTIVITY_TYPE.parcours)],
    },
  },
  timestamp: new Date(at).toISOString(),
});
