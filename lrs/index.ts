/** The Learning Record Store: all that another part may import, with directory/index.ts and profile/index.ts. */
export * from './access/index.ts';
export { BackupFile } from './backup/backup-file.ts';
export type { About, Counts } from './backup/format.ts';
export { Archive } from './backup/read.ts';
export { type Restored, restore } from './backup/restore.ts';
export type { Written } from './backup/write.ts';
export { ERRORS, type ErrorCode, type ErrorDetail, hasCode, LivretError } from './errors.ts';
export { type ErrorReport, respondError } from './http/respond-error.ts';
export { createLrs, type Lrs, type LrsSettings } from './lrs.ts';
export { asLivretError } from './refusals.ts';
export type * from './store/dump.ts';
export { type HeldLease, type LeaseOptions, withLease } from './store/lease.ts';
export { LedgerFile } from './store/ledger-file.ts';
export { hasStore, openStore, type StoreOptions } from './store/open.ts';
export * from './store/store.ts';
export { createProgress, type Progress } from './transfer/progress.ts';
export { agentFromKey, agentKey, authorityKey, compileSchemas, parseTimestamp, VOIDED } from './xapi/index.ts';
export type * from './xapi/types.ts';
