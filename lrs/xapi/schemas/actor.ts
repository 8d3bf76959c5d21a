import { byObjectType, closed, iri, type Schema, string } from './schema.ts';

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
export const agent = closed(
  'an Agent',
  { objectType: { const: 'Agent' }, name: string, ...identifiers },
  { identifiers: 'one' },
);

/** Data 2.4.2.2, anonymous or identified */
export const group = closed(
  'a Group',
  {
    objectType: { const: 'Group' },
    name: string,
    ...identifiers,
    member: { title: 'member', type: 'array', items: agent },
  },
  { required: ['objectType'], identifiers: 'one or members' },
);

export const actor: Schema = byObjectType('an actor', { Agent: agent, Group: group }, 'Agent');

/** Data 2.4.9: an Agent, or the anonymous Group of an application and its user (three-legged OAuth). */
export const authority: Schema = byObjectType(
  'an authority',
  {
    Agent: agent,
    Group: closed(
      'an authority that is a Group',
      {
        objectType: { const: 'Group' },
        name: string,
        member: { title: 'member', type: 'array', items: agent, minItems: 2, maxItems: 2 },
      },
      { required: ['member'] },
    ),
  },
  'Agent',
);
