/** The Agents resource (1.0.3 Communication 2.4; IEEE 9274.1.1 §4.1.6.3): an agent as a Person. */
import type { Handler } from '../http/exchange.ts';
import { readParameters, refuse } from '../http/parameters.ts';
import { sendTaggedJson } from '../http/respond.ts';
import { personOf } from '../xapi/index.ts';
import { agentValue } from './values.ts';

/** "If an LRS does not have any additional information about an Agent … that Person Object will only include the information associated with the requested Agent." */
export const getAgents: Handler = async (request, response) => {
  const agent = agentValue(readParameters(request.url, ['agent']), 'agent');
  if (agent.objectType === 'Group')
    throw refuse('agent', 'is a Group: "It is not a Person Object, nor is it a Group."');
  sendTaggedJson(response, personOf([agent]));
};
