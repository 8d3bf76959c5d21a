import { closed, extensions, iri, languageMap, type Named, refTo, string } from './schema.ts';

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

export const components: Named = {
  $id: 'components',
  title: 'a list of interaction components',
  type: 'array',
  items: closed('an interaction component', { id: string, description: refTo(languageMap) }, { required: ['id'] }),
  distinctIds: true,
};

const definition = closed(
  'an activity definition',
  {
    name: refTo(languageMap),
    description: refTo(languageMap),
    type: iri,
    moreInfo: iri,
    interactionType: { enum: Object.keys(COMPONENT_LISTS) },
    correctResponsesPattern: { type: 'array', items: string },
    choices: refTo(components),
    scale: refTo(components),
    source: refTo(components),
    target: refTo(components),
    steps: refTo(components),
    extensions,
  },
  { fittingComponents: true },
);

/** Data 2.4.4.1 */
export const activity: Named = {
  $id: 'activity',
  ...closed('an Activity', { objectType: { const: 'Activity' }, id: iri, definition }, { required: ['id'] }),
};
