/** Names of parcours and modules, which figures have by their IRIs. */
import type { Store } from '../lrs/index.ts';
import type { NameOf } from './privacy/index.ts';

/** The names that statements gave them, in the language that is asked for before any other; an IRI without one names itself. */
export async function activityNames(
  { activities }: Pick<Store, 'activities'>,
  iris: Iterable<string>,
): Promise<NameOf> {
  const names = new Map<string, Record<string, string>>();
  for (const iri of new Set(iris)) {
    const definition = await activities.definition(iri);
    if (definition?.name) names.set(iri, definition.name);
  }
  return (iri, lang) => {
    const known = Object.entries(names.get(iri) ?? {});
    const [, name] = known.find(([tag]) => tag.split('-')[0] === lang) ?? known[0] ?? [];
    return name || iri;
  };
}
