/** The formats of GET /statements, over what the store knows of activities. */
import type { Activities, StoredStatement } from '../store/store.ts';
import { type FormatOptions, formatStatement, membersOf } from '../xapi/index.ts';
import type { ActivityDefinition, Statement } from '../xapi/types.ts';

/**
 * The texts of statements in a format. `exact` costs nothing: those are the stored bytes. `canonical` looks every
 * activity of the statements up once.
 */
export async function formatted(
  statements: readonly StoredStatement[],
  options: Omit<FormatOptions, 'definition'>,
  activities: Activities,
): Promise<Uint8Array[]> {
  if (options.format === 'exact') return statements.map(({ text }) => text);
  const texts = statements.map(({ text }) => Buffer.from(text).toString('utf8'));
  const definitions =
    options.format === 'canonical' ? await definitionsIn(texts, activities) : new Map<string, ActivityDefinition>();
  const definition = (id: string) => definitions.get(id);
  return texts.map((text) => Buffer.from(formatStatement(text, { ...options, definition })));
}

async function definitionsIn(
  texts: readonly string[],
  activities: Activities,
): Promise<ReadonlyMap<string, ActivityDefinition>> {
  const members = texts.flatMap((text) => membersOf(JSON.parse(text) as Statement));
  const ids = new Set(members.filter(({ kind }) => kind === 'activity').map(({ value }) => value));
  const found = new Map<string, ActivityDefinition>();
  await Promise.all(
    [...ids].map(async (id) => {
      const definition = await activities.definition(id);
      if (definition) found.set(id, definition);
    }),
  );
  return found;
}
