/** Statement Template validation, as the specification describes it (xAPI Profiles, Communication 2.1). Written from it alone. */
import { isDeepStrictEqual } from 'node:util';
import type { Statement } from '../../../../lrs/xapi/types.ts';
import { valuesAt } from './json-path.ts';
import type { Rule, Template } from './profile.ts';

export interface Validated {
  outcome: 'success' | 'invalid' | 'unmatched';
  templates: string[];
  /** Sentences for whoever reads a failed test. */
  broken: string[];
}

export function validates(statement: Statement, templates: readonly Template[]): Validated {
  const normal = normalised(statement);
  const matching = templates.filter((template) => matchesProperties(normal, template));
  const broken = matching.flatMap((template) =>
    (template.rules ?? [])
      .filter((rule) => !followsRule(normal, rule))
      .map((rule) => `${template.id}: ${JSON.stringify({ ...rule, scopeNote: undefined })}`),
  );
  const ids = matching.map(({ id }) => id);
  if (broken.length > 0) return { outcome: 'invalid', templates: ids, broken };
  return { outcome: ids.length > 0 ? 'success' : 'unmatched', templates: ids, broken };
}

/** Single context activities become lists before anything is looked at. */
function normalised(statement: Statement): unknown {
  const copy = structuredClone(statement);
  const around = (copy.context?.contextActivities ?? {}) as Record<string, unknown>;
  for (const [key, value] of Object.entries(around)) around[key] = [value].flat();
  return copy;
}

const CONTEXT_TYPES = {
  contextGroupingActivityType: 'grouping',
  contextParentActivityType: 'parent',
  contextOtherActivityType: 'other',
  contextCategoryActivityType: 'category',
} as const;

function matchesProperties(statement: unknown, template: Template): boolean {
  const has = (path: string, wanted: readonly string[]): boolean => {
    const values = valuesAt(statement, path);
    return wanted.every((each) => values.includes(each));
  };
  const { verb, objectActivityType, attachmentUsageType = [] } = template;
  return (
    (verb === undefined || has('$.verb.id', [verb])) &&
    (objectActivityType === undefined || has('$.object.definition.type', [objectActivityType])) &&
    has('$.attachments[*].usageType', attachmentUsageType) &&
    Object.entries(CONTEXT_TYPES).every(([property, key]) =>
      has(
        `$.context.contextActivities.${key}[*].definition.type`,
        template[property as keyof typeof CONTEXT_TYPES] ?? [],
      ),
    )
  );
}

const UNMATCHABLE = Symbol('unmatchable');

function followsRule(statement: unknown, { location, selector, presence, any, all, none }: Rule): boolean {
  const found = valuesAt(statement, location);
  const values =
    selector === undefined
      ? found
      : found.flatMap((value) => {
          const selected = valuesAt(value, selector);
          return selected.length === 0 ? [UNMATCHABLE] : selected;
        });
  const isIn = (list: readonly unknown[], value: unknown): boolean =>
    list.some((each) => isDeepStrictEqual(each, value));
  if (presence === 'included' && (values.length === 0 || values.includes(UNMATCHABLE))) return false;
  if (presence === 'excluded' && values.some((value) => value !== UNMATCHABLE)) return false;
  // Pseudocode: `strict` is false for recommended. The text (Structure 8.1) excepts excluded as well: nothing is there to look at.
  if (values.length === 0 && (presence === 'recommended' || presence === 'excluded')) return true;
  if (any !== undefined && !values.some((value) => isIn(any, value))) return false;
  if (all !== undefined && !values.every((value) => value !== UNMATCHABLE && isIn(all, value))) return false;
  return none === undefined || !values.some((value) => isIn(none, value));
}
