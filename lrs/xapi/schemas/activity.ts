import { closed, extensions, iri, languageMap, type Schema, string } from './schema.ts';

/** Data 2.4.4.1: which lists of components go with which interactionType. */
export const COMPONENT_LISTS: Record<string, readonly string[]> = {
  'true-false': [],
  choice: ['choices'],
  'fill-in': [],
  'long-fill-in': [],
  matching: ['source', 'target'],
  performance: ['steps'],
  sequencing: ['choices'],
  likert: ['scale'],
  numeric: [],
  other: [],
};

const components: Schema = {
  title: 'a list of interaction components',
  type: 'array',
  items: closed('an interaction component', { id: string, description: languageMap }, { required: ['id'] }),
  distinctIds: true,
};

const definition = closed(
  'an activity definition',
  {
    name: languageMap,
    description: languageMap,
    type: iri,
    moreInfo: iri,
    interactionType: { enum: Object.keys(COMPONENT_LISTS) },
    correctResponsesPattern: { type: 'array', items: string },
    choices: components,
    scale: components,
    source: components,
    target: components,
    steps: components,
    extensions,
  },
  { fittingComponents: true },
);

/** Data 2.4.4.1 */
export const activity = closed(
  'an Activity',
  { objectType: { const: 'Activity' }, id: iri, definition },
  { required: ['id'] },
);
