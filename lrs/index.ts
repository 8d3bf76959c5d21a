/** The Learning Record Store: all that another part may import, with directory/index.ts and profile/index.ts. */

export { may, type Principal, SCOPES, type Scope } from './access/principal.ts';
export { ERRORS, type ErrorCode, type ErrorDetail, LivretError } from './errors.ts';
export { type HeldLease, type LeaseOptions, withLease } from './store/lease.ts';
export { openStore, type StoreOptions } from './store/open.ts';
export * from './store/store.ts';
export { agentFromKey, agentKey } from './xapi/index.ts';
export type * from './xapi/types.ts';
