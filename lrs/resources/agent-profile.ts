/** The Agent Profile resource (1.0.3 Communication 2.6; IEEE 9274.1.1 §4.1.6.5): documents of an agent. */

import type { Documents } from '../store/store.ts';
import { type DocumentHandlers, documentHandlers } from './documents.ts';
import { agentParameter } from './values.ts';

export function agentProfileHandlers(documents: Documents, maxBodyBytes: number): DocumentHandlers {
  return documentHandlers(
    {
      idParameter: 'profileId',
      scopeParameters: ['agent'],
      scopeOf: (parameters) => ({ kind: 'agent-profile', agent: agentParameter(parameters, 'agent') }),
      deletesAll: false,
    },
    documents,
    maxBodyBytes,
  );
}
