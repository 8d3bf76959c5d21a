/** JSON Schemas as TypeScript values. `title` names the thing in refusals; `identifiers` and the like are keywords of validate.ts. */
export type Schema = { readonly [keyword: string]: unknown };

/** A schema that stands in several places, with the name that it is referred to by. */
export type Named = Schema & { readonly $id: string };

/** What stands where a named schema does: ajv compiles that once, and not once a place. */
export const refTo = ({ $id }: Named): Schema => ({ $ref: $id });

/** An object that has these properties and no others. */
export function closed(
  title: string,
  properties: Record<string, Schema>,
  rest: { required?: string[] } & Record<string, unknown> = {},
): Schema {
  return { title, type: 'object', properties, additionalProperties: false, ...rest };
}

/**
 * Chooses a schema by objectType, so that a refusal speaks of the one kind of thing that was meant. `absent` is the
 * kind that an object without objectType is; undefined where the standard demands one.
 */
export function byObjectType(title: string, kinds: Record<string, Schema>, absent: string | undefined): Schema {
  const names = Object.keys(kinds);
  const last = absent ?? names.at(-1) ?? '';
  const dispatch = names
    .filter((name) => name !== last)
    .reduce<Schema>(
      (otherwise, name) => ({
        if: { properties: { objectType: { const: name } }, required: ['objectType'] },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword
        then: kinds[name],
        else: otherwise,
      }),
      kinds[last] ?? {},
    );
  const known: Schema = {
    title,
    properties: { objectType: { enum: names } },
    ...(absent === undefined && { required: ['objectType'] }),
  };
  return { title, type: 'object', allOf: [known, dispatch] };
}

export const string: Schema = { type: 'string' };
export const iri: Schema = { type: 'string', format: 'iri' };
export const uuid: Schema = { type: 'string', format: 'uuid' };

/** Data 4.2 */
export const languageMap: Named = {
  $id: 'languageMap',
  title: 'a language map',
  type: 'object',
  propertyNames: { format: 'language-tag' },
  additionalProperties: string,
};

/** Data 4.1: any values, null too, under IRIs. */
export const extensions: Schema = { title: 'extensions', type: 'object', propertyNames: { format: 'iri' } };
