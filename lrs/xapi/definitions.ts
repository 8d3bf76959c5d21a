import { canonicalJson } from './equality.ts';
import type { ActivityDefinition } from './types.ts';

/**
 * Merges what is known of an activity with what a later statement says (Data 2.4.4.1): languages and extensions add up,
 * the later one wins for each; any other property is the later one's where it has it. An interaction's properties go
 * together: a definition with another interactionType takes the place of all of them. Neither argument is changed.
 */
export function mergeDefinition(
  known: ActivityDefinition,
  later: ActivityDefinition,
): { merged: ActivityDefinition; changed: boolean } {
  const base =
    later.interactionType === undefined || later.interactionType === known.interactionType
      ? known
      : withoutInteraction(known);
  const merged: ActivityDefinition = { ...base, ...later };
  for (const key of ['name', 'description', 'extensions'] as const) {
    if (known[key] !== undefined && later[key] !== undefined)
      Object.assign(merged, { [key]: { ...known[key], ...later[key] } });
  }
  return { merged, changed: canonicalJson(merged) !== canonicalJson(known) };
}

function withoutInteraction(definition: ActivityDefinition): ActivityDefinition {
  const { interactionType, correctResponsesPattern, choices, scale, source, target, steps, ...rest } = definition;
  return rest;
}
