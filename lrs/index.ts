/** The Learning Record Store: all that another part may import, with directory/index.ts and profile/index.ts. */
export * from './access/index.ts';
export { ERRORS, type ErrorCode, type ErrorDetail, hasCode, LivretError } from './errors.ts';
export { requestIdOf } from './http/request-id.ts';
export { type ErrorReport, respondError } from './http/respond-error.ts';
export { createLrs, type Lrs, type LrsSettings } from './lrs.ts';
export { asLivretError } from './refusals.ts';
export type * from './store/dump.ts';
export { type HeldLease, type LeaseOptions, withLease } from './store/lease.ts';
export { hasStore, openStore, type StoreOptions } from './store/open.ts';
export * from './store/store.ts';
export { createProgress, type Progress } from './transfer/progress.ts';
export { agentFromKey, agentKey, authorityKey, compileSchemas, parseTimestamp, VOIDED } from './xapi/index.ts';
export type * from './xapi/types.ts';
