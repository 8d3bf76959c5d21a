/**
 * json: not one JSON text we take; statement: breaks a rule of the data model; signature: a signed statement's signature;
 * parameter: a query parameter's value; duplicateId: one id twice in a batch; tooMany: more statements than allowed.
 */
export type RefusalCode = 'json' | 'statement' | 'signature' | 'parameter' | 'duplicateId' | 'tooMany';

/** What was sent cannot be taken. The message is safe to show to the sender: it quotes names of properties, never their values. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** JSON pointer (RFC 6901) to what is wrong, from the root of the body; '' is the body itself. */
  readonly pointer: string;
  /** The rule that was broken, as a sentence. */
  readonly rule: string;

  constructor(code: RefusalCode, pointer: string, rule: string, cause?: unknown) {
    super(pointer === '' ? rule : `${pointer}: ${rule}`, { cause });
    this.name = 'Refusal';
    this.code = code;
    this.pointer = pointer;
    this.rule = rule;
  }
}

/** One step of a JSON pointer, escaped as RFC 6901 §3 says. */
export const pointerStep = (key: string | number): string =>
  `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
