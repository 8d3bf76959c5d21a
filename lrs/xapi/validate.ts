import {
  Ajv,
  type ErrorObject,
  type FuncKeywordDefinition,
  type SchemaValidateFunction,
  type ValidateFunction,
} from 'ajv';
import { isLanguageTag } from './language.ts';
import { pointerStep, Refusal, type RefusalCode } from './refusal.ts';
import * as rules from './rules.ts';
import { isDuration, isIri, isMailto, isMediaType, isSha1, isSha2, isUnicode, isUuid } from './scalars.ts';
import { actor } from './schemas/actor.ts';
import { NAMED, statement } from './schemas/statement.ts';
import { isTimestamp } from './time.ts';
import type { Actor, Statement, XapiVersion } from './types.ts';

/** Each kind of text: its check, and the rule that is told when it fails. */
const FORMATS: Record<string, { check: (text: string) => boolean; rule: string }> = {
  uuid: { check: isUuid, rule: 'This must be a UUID in its standard string form.' },
  iri: { check: isIri, rule: 'This must be an IRI with its scheme.' },
  mailto: { check: isMailto, rule: 'This must be "mailto:" and an e-mail address.' },
  unicode: { check: isUnicode, rule: 'This must be Unicode text, without lone surrogates.' },
  sha1: { check: isSha1, rule: 'This must be a SHA-1 in hexadecimal.' },
  sha2: { check: isSha2, rule: 'This must be a SHA-2 in hexadecimal.' },
  'media-type': { check: isMediaType, rule: 'This must be an Internet media type.' },
  duration: { check: isDuration, rule: 'This must be an ISO 8601 duration, such as PT4H35M59.14S or P4W.' },
  'language-tag': { check: isLanguageTag, rule: 'This must be a language tag (RFC 5646).' },
  iso8601: {
    check: (text) => isTimestamp(text, '1.0.3'),
    rule: 'This must be an ISO 8601 date and time, its offset from UTC not -00, -0000 or -00:00.',
  },
  rfc3339: {
    check: (text) => isTimestamp(text, '2.0.0'),
    rule: 'This must be an RFC 3339 date and time with its offset from UTC, which must not be -00:00.',
  },
  'version-1.0': {
    check: (text) => /^1\.0(\.[\w.+-]+)?$/.test(text),
    rule: 'The version of a statement sent under 1.0.3 must start with "1.0.".',
  },
  'version-2.0': {
    check: (text) => /^[12]\.0(\.[\w.+-]+)?$/.test(text),
    rule: 'The version of a statement sent under 2.0 must start with "2.0." or "1.0.".',
  },
};

const identifiers: Record<string, rules.Rule> = {
  one: rules.oneIdentifier,
  'one or members': rules.oneIdentifierOrMembers,
};

const KEYWORDS: FuncKeywordDefinition[] = [
  keyword('identifiers', 'object', (schema) => identifiers[String(schema)] ?? rules.oneIdentifier),
  keyword('scoreOrder', 'object', () => rules.scoreOrder),
  keyword('distinctIds', 'array', () => rules.distinctIds),
  keyword('fittingComponents', 'object', () => rules.fittingComponents),
  keyword('activityContext', 'object', () => rules.activityContext),
  keyword('voiding', 'object', () => rules.voiding),
];

/** Makes a rule a keyword. ajv asks it after the schema's properties, so that it finds them of the right type. */
function keyword(
  name: string,
  type: 'object' | 'array',
  choose: (schema: unknown) => rules.Rule,
): FuncKeywordDefinition {
  const compile = (schema: unknown) => {
    const rule = choose(schema);
    const validate: SchemaValidateFunction = (data: unknown) => {
      const broken = rule(data as never);
      if (broken === undefined) return true;
      validate.errors = [{ keyword: name, params: broken }];
      return false;
    };
    return validate;
  };
  return { keyword: name, type, compile: compile as FuncKeywordDefinition['compile'] & object };
}

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, verbose: true, keywords: KEYWORDS });
for (const [name, { check }] of Object.entries(FORMATS)) ajv.addFormat(name, { type: 'string', validate: check });
for (const named of NAMED) ajv.addSchema(named);

const statements: Record<XapiVersion, () => ValidateFunction<Statement>> = {
  '1.0.3': once(() => ajv.compile<Statement>(statement('1.0.3'))),
  '2.0.0': once(() => ajv.compile<Statement>(statement('2.0.0'))),
};
const actors = once(() => ajv.compile<Actor>(actor));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Compiles every schema now, which takes a fifth of a second, instead of when it is first needed: a server does so before it
 * listens, and a command line that validates nothing never does.
 */
export function compileSchemas(): void {
  for (const validate of [...Object.values(statements), actors]) validate();
}

/** Throws Refusal statement unless the value is a statement as that version has it. `pointer` is where it stands in the body. */
export function validateStatement(value: unknown, version: XapiVersion, pointer: string): asserts value is Statement {
  const validate = statements[version]();
  if (!validate(value)) throw refusal('statement', validate.errors, pointer);
}

/** Throws Refusal with that code unless the value is an Agent or Group. */
export function validateActor(value: unknown, code: RefusalCode): asserts value is Actor {
  const validate = actors();
  if (!validate(value)) throw refusal(code, validate.errors, '');
}

function refusal(code: RefusalCode, errors: ErrorObject[] | null | undefined, pointer: string): Refusal {
  const error = errors?.[0];
  if (error === undefined) return new Refusal(code, pointer, 'This does not follow the standard.');
  return new Refusal(code, pointer + error.instancePath + furtherStep(error), ruleOf(error));
}

/** ajv points to the object; the property that is too much, or whose name is wrong, is one step on. */
function furtherStep(error: ErrorObject): string {
  if (error.propertyName !== undefined) return pointerStep(error.propertyName);
  if (error.keyword === 'additionalProperties') return pointerStep(error.params.additionalProperty);
  return typeof error.params.at === 'string' ? error.params.at : '';
}

function ruleOf(error: ErrorObject): string {
  const { keyword, params, data } = error;
  const title: string = error.parentSchema?.title ?? 'this';
  if (typeof params.rule === 'string') return params.rule;
  if (data === null) return 'null is allowed only inside extensions.';
  switch (keyword) {
    case 'format':
      return FORMATS[params.format]?.rule ?? 'This does not have the right form.';
    case 'required':
      return `"${params.missingProperty}" is missing: ${title} must have it.`;
    case 'additionalProperties':
      return `This is not a property of ${title} (names are case-sensitive).`;
    case 'type':
      return `This must be ${/^[aeiou]/.test(params.type) ? 'an' : 'a'} ${params.type}.`;
    case 'enum':
      return `This must be one of ${params.allowedValues.map((value: string) => `"${value}"`).join(', ')}, exactly as written here.`;
    case 'const':
      return `This must be "${params.allowedValue}", exactly as written here.`;
    case 'minItems':
      return `This list must have at least ${params.limit} element${params.limit === 1 ? '' : 's'}.`;
    case 'maxItems':
      return `This list must have at most ${params.limit} elements.`;
    case 'minimum':
      return `This must be at least ${params.limit}.`;
    case 'maximum':
      return `This must be at most ${params.limit}.`;
    default:
      return 'This does not follow the standard.';
  }
}
