/** JSON Schema (2020-12) in few words. */

export type Schema = { readonly [keyword: string]: unknown };

export const text: Schema = { type: 'string' };
export const whole: Schema = { type: 'integer' };
export const number: Schema = { type: 'number' };
export const yesNo: Schema = { type: 'boolean' };
/** UTC, ISO 8601. */
export const instant: Schema = {
  type: 'string',
  format: 'date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$',
};
export const day: Schema = { type: 'string', format: 'date', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
export const period: Schema = { type: 'string', pattern: '^20\\d\\d(-Q[1-4]|-(0[1-9]|1[0-2]))?$' };

export const says = (schema: Schema, description: string): Schema => ({ ...schema, description });
export const oneOf = (...values: readonly (string | null)[]): Schema => ({ enum: values });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const map = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const any = (...schemas: readonly Schema[]): Schema => ({ anyOf: schemas });
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Nothing else is in it. `optional` ones may be missing. */
export const object = (required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});

export const bilingual = (schema: Schema): Schema => object({ fr: schema, en: schema });
