/** The Activities resource (1.0.3 Communication 2.5; IEEE 9274.1.1 §4.1.6.4): an activity with all that is known of it. */
import type { Handler } from '../http/exchange.ts';
import { readParameters } from '../http/parameters.ts';
import { sendTaggedJson } from '../http/respond.ts';
import type { Activities } from '../store/store.ts';
import { iriParameter } from './values.ts';

export function activitiesHandler(activities: Activities): Handler {
  /** An activity that no statement has defined is answered bare. */
  return async function getActivities(request, response) {
    const id = iriParameter(readParameters(request.url, ['activityId']), 'activityId');
    const definition = await activities.definition(id);
    sendTaggedJson(response, { objectType: 'Activity', id, ...(definition && { definition }) });
  };
}
