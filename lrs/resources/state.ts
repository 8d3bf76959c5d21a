/** The State resource (1.0.3 Communication 2.3; IEEE 9274.1.1 §4.1.6.2): documents of an agent in an activity. */

import type { Documents } from '../store/store.ts';
import { type DocumentHandlers, documentHandlers } from './documents.ts';
import { agentParameter, iriParameter, uuidParameter } from './values.ts';

export function stateHandlers(documents: Documents, maxBodyBytes: number): DocumentHandlers {
  return documentHandlers(
    {
      idParameter: 'stateId',
      scopeParameters: ['activityId', 'agent', 'registration'],
      scopeOf(parameters) {
        const registration = uuidParameter(parameters, 'registration');
        return {
          kind: 'state',
          activity: iriParameter(parameters, 'activityId'),
          agent: agentParameter(parameters, 'agent'),
          ...(registration !== undefined && { registration }),
        };
      },
      deletesAll: true,
    },
    documents,
    maxBodyBytes,
  );
}
