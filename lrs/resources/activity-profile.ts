/** The Activity Profile resource (1.0.3 Communication 2.7; IEEE 9274.1.1 §4.1.6.6): documents of an activity. */

import type { Documents } from '../store/store.ts';
import { type DocumentHandlers, documentHandlers } from './documents.ts';
import { iriParameter } from './values.ts';

export function activityProfileHandlers(documents: Documents, maxBodyBytes: number): DocumentHandlers {
  return documentHandlers(
    {
      idParameter: 'profileId',
      scopeParameters: ['activityId'],
      scopeOf: (parameters) => ({ kind: 'activity-profile', activity: iriParameter(parameters, 'activityId') }),
      deletesAll: false,
    },
    documents,
    maxBodyBytes,
  );
}
