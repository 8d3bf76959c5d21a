/** `livret export` */
import { once } from 'node:events';
import { call } from '../call.ts';

interface ExportOptions {
  agent?: string;
  verb?: string;
  activity?: string;
  registration?: string;
  relatedActivities?: boolean;
  relatedAgents?: boolean;
  since?: string;
  until?: string;
  limit?: string;
  ascending?: boolean;
}

/** Prints at the pace at which it is read. */
export async function exportStatements(options: ExportOptions): Promise<void> {
  await call(
    'statements.export',
    { query: queryOf(options) },
    {
      async emit(text) {
        if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
      },
    },
  );
}

/** As GET /statements would be asked. */
function queryOf({ relatedActivities, relatedAgents, ascending, ...values }: ExportOptions): string {
  const query = new URLSearchParams(values as Record<string, string>);
  if (relatedActivities) query.set('related_activities', 'true');
  if (relatedAgents) query.set('related_agents', 'true');
  if (ascending) query.set('ascending', 'true');
  return query.toString();
}
