export { agentFromKey, agentKey, authorityKey } from './agents.ts';
export { mergeDefinition } from './definitions.ts';
export { canonicalStatement, HASH_VERSION, hashOf, isSameStatement } from './equality.ts';
export { type FormatOptions, formatStatement } from './formats.ts';
export { indentJson } from './indent.ts';
export { type Intake, type IntakeOptions, readStatements } from './intake.ts';
export { decodeUtf8, MAX_DEPTH, type ParsedJson, parseJson } from './json.ts';
export { preferredLanguages } from './language.ts';
export { membersOf } from './members.ts';
export { nameUuid } from './name-uuid.ts';
export {
  readAgentParameter,
  readBooleanParameter,
  readFormatParameter,
  readIntegerParameter,
  readIriParameter,
  readTimestampParameter,
  readUuidParameter,
  type StatementFormat,
} from './parameters.ts';
export { type Person, personOf } from './person.ts';
export { Refusal, type RefusalCode } from './refusal.ts';
export { rewriteAgents } from './rewrite.ts';
export { VOIDED } from './rules.ts';
export { isIri, isUuid } from './scalars.ts';
export { readSignature, SIGNATURE_USAGE } from './signatures.ts';
export { withStored } from './stored.ts';
export { parseTimestamp } from './time.ts';
export * from './types.ts';
export { compileSchemas } from './validate.ts';
