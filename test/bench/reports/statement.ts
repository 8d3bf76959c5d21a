/** The statement that a row of `events` is what the projection makes of. */

import type { Activity, Statement } from '../../../lrs/index.ts';
import { EXTENSION, formatDuration, PLACES } from '../../../lrs/profile/index.ts';
import type { Row } from '../../../reporting/projection/database.ts';
import { HOME_PAGE, typeOf } from './events.ts';

/** Columns of `events` and `agent_numbers`, for `statementOf`. */
export const COLUMNS = `
  statement::VARCHAR AS id, split_part(key, '|', 2) AS account, epoch_ms(instant)::DOUBLE AS at, kind, verb, object, parcours, module,
  registration::VARCHAR AS registration, scaled, success, duration::DOUBLE AS duration,
  epoch_ms(slot_from)::DOUBLE AS slot_from, epoch_ms(slot_to)::DOUBLE AS slot_to, place
`;

/** As players and the platform write it; `row` has COLUMNS. */
export function statementOf(row: Row): Statement {
  const [object, parcours, kind] = [String(row.object), String(row.parcours), String(row.kind)];
  const module = typeof row.module === 'string' ? row.module : undefined;
  const result = resultOf(row);
  return {
    id: String(row.id),
    actor: { account: { homePage: HOME_PAGE, name: String(row.account) } },
    verb: { id: String(row.verb), display: { fr: kind } },
    object: activity(object, kind),
    ...(result && { result }),
    context: {
      registration: String(row.registration),
      contextActivities: {
        ...(module !== undefined && module !== object && { parent: [activity(module, '')] }),
        ...(parcours !== object && { grouping: [activity(parcours, '')] }),
      },
      ...extensionsOf(row),
    },
    timestamp: new Date(Number(row.at)).toISOString(),
  };
}

const activity = (id: string, kind: string): Activity => ({ id, definition: { type: typeOf(id, kind) } });

function resultOf({ scaled, success, duration }: Row): Statement['result'] {
  if (scaled === null && duration === null) return undefined;
  return {
    ...(typeof scaled === 'number' && { score: { scaled } }),
    ...(typeof success === 'boolean' && { success }),
    ...(typeof duration === 'number' && { duration: formatDuration(duration) }),
  };
}

function extensionsOf({ slot_from: from, slot_to: to, place }: Row): { extensions?: Record<string, unknown> } {
  if (from === null) return {};
  return {
    extensions: {
      [EXTENSION.plannedStart]: new Date(Number(from)).toISOString(),
      [EXTENSION.plannedDuration]: formatDuration(Number(to) - Number(from)),
      ...(PLACES.some((each) => each === place) && { [EXTENSION.place]: place }),
    },
  };
}
