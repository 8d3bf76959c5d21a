import type { XapiVersion } from '../types.ts';
import { activity, components } from './activity.ts';
import { actor, agent, authority, group } from './actor.ts';
import {
  byObjectType,
  closed,
  extensions,
  iri,
  languageMap,
  type Named,
  refTo,
  type Schema,
  string,
  uuid,
} from './schema.ts';

/** Data 2.4.3 */
const verb: Named = {
  $id: 'verb',
  ...closed('a verb', { id: iri, display: refTo(languageMap) }, { required: ['id'] }),
};

/** Data 2.4.4.3 */
const statementRef = closed(
  'a StatementRef',
  { objectType: { const: 'StatementRef' }, id: uuid },
  { required: ['objectType', 'id'] },
);

/** Data 2.4.5 */
const number = { type: 'number' };
const result: Named = {
  $id: 'result',
  ...closed('a result', {
    score: closed(
      'a score',
      { scaled: { type: 'number', minimum: -1, maximum: 1 }, raw: number, min: number, max: number },
      { scoreOrder: true },
    ),
    success: { type: 'boolean' },
    completion: { type: 'boolean' },
    response: string,
    duration: { type: 'string', format: 'duration' },
    extensions,
  }),
};

/** Data 2.4.11 */
const attachments: Named = {
  $id: 'attachments',
  title: 'attachments',
  type: 'array',
  items: closed(
    'an attachment',
    {
      usageType: iri,
      display: refTo(languageMap),
      description: refTo(languageMap),
      contentType: { type: 'string', format: 'media-type' },
      length: { type: 'integer', minimum: 0 },
      sha2: { type: 'string', format: 'sha2' },
      fileUrl: iri,
    },
    { required: ['usageType', 'display', 'contentType', 'length', 'sha2'] },
  ),
};

/** Data 2.4.6.2: an array, or for the sake of 0.95 a single Activity. */
const contextActivityList: Named = {
  $id: 'contextActivityList',
  if: { type: 'array' },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword
  then: { items: refTo(activity) },
  else: refTo(activity),
};

const relevantTypes: Schema = { title: 'relevantTypes', type: 'array', items: iri, minItems: 1 };

/** IEEE 9274.1.1 §4.2.2.5 */
const contextAgents: Schema = {
  title: 'contextAgents',
  type: 'array',
  items: closed(
    'a contextAgent',
    { objectType: { const: 'contextAgent' }, agent: refTo(agent), relevantTypes },
    { required: ['objectType', 'agent'] },
  ),
};

const contextGroups: Schema = {
  title: 'contextGroups',
  type: 'array',
  items: closed(
    'a contextGroup',
    { objectType: { const: 'contextGroup' }, group: refTo(group), relevantTypes },
    { required: ['objectType', 'group'] },
  ),
};

/** Data 2.4.6 */
const context = (version: XapiVersion): Named => ({
  $id: `context-${version}`,
  ...closed('a context', {
    registration: uuid,
    instructor: refTo(actor),
    team: refTo(group),
    contextActivities: closed('contextActivities', {
      parent: refTo(contextActivityList),
      grouping: refTo(contextActivityList),
      category: refTo(contextActivityList),
      other: refTo(contextActivityList),
    }),
    ...(version === '2.0.0' && { contextAgents, contextGroups }),
    revision: string,
    platform: string,
    language: { type: 'string', format: 'language-tag' },
    statement: statementRef,
    extensions,
  }),
});

/** All that is referred to by name. */
export const NAMED: readonly Named[] = [
  languageMap,
  components,
  activity,
  agent,
  group,
  actor,
  verb,
  result,
  attachments,
  contextActivityList,
  context('1.0.3'),
  context('2.0.0'),
];

/** The schema of a statement as it is sent in that version: Data 2.4, IEEE 9274.1.1 §4.2. */
export function statement(version: XapiVersion): Schema {
  const timestamp = { type: 'string', format: version === '2.0.0' ? 'rfc3339' : 'iso8601' };
  const common = {
    actor: refTo(actor),
    verb: refTo(verb),
    result: refTo(result),
    context: refTo(context(version)),
    timestamp,
    attachments: refTo(attachments),
  };
  const required = ['actor', 'verb', 'object'];
  const objects = { Agent: refTo(agent), Group: refTo(group), StatementRef: statementRef, Activity: refTo(activity) };
  const subStatement = closed(
    'a SubStatement',
    {
      objectType: { const: 'SubStatement' },
      ...common,
      object: byObjectType('the object of a SubStatement', objects, 'Activity'),
    },
    { required, activityContext: true },
  );
  return closed(
    'a statement',
    {
      id: uuid,
      ...common,
      object: byObjectType('an object', { ...objects, SubStatement: subStatement }, 'Activity'),
      stored: timestamp,
      authority,
      version: { type: 'string', format: version === '2.0.0' ? 'version-2.0' : 'version-1.0' },
    },
    { required, activityContext: true, voiding: true },
  );
}
