import { byObjectType, closed, iri, type Named, refTo, string } from './schema.ts';

const account = closed(
  'an account',
  { homePage: iri, name: { type: 'string', format: 'unicode' } },
  { required: ['homePage', 'name'] },
);

/** Data 2.4.2.3 */
const identifiers = {
  mbox: { type: 'string', format: 'mailto' },
  mbox_sha1sum: { type: 'string', format: 'sha1' },
  openid: iri,
  account,
};

/** Data 2.4.2.1 */
export const agent: Named = {
  $id: 'agent',
  ...closed('an Agent', { objectType: { const: 'Agent' }, name: string, ...identifiers }, { identifiers: 'one' }),
};

/** Data 2.4.2.2, anonymous or identified */
export const group: Named = {
  $id: 'group',
  ...closed(
    'a Group',
    {
      objectType: { const: 'Group' },
      name: string,
      ...identifiers,
      member: { title: 'member', type: 'array', items: refTo(agent) },
    },
    { required: ['objectType'], identifiers: 'one or members' },
  ),
};

export const actor: Named = {
  $id: 'actor',
  ...byObjectType('an actor', { Agent: refTo(agent), Group: refTo(group) }, 'Agent'),
};

/** Data 2.4.9: an Agent, or the anonymous Group of an application and its user (three-legged OAuth). */
export const authority = byObjectType(
  'an authority',
  {
    Agent: refTo(agent),
    Group: closed(
      'an authority that is a Group',
      {
        objectType: { const: 'Group' },
        name: string,
        member: { title: 'member', type: 'array', items: refTo(agent), minItems: 2, maxItems: 2 },
      },
      { required: ['member'] },
    ),
  },
  'Agent',
);
