/** `livret report NAME --period …`, `livret reports rebuild`. */
import { createProgress } from '../lrs/index.ts';
import type { Command, CommandCall, Json } from '../web/index.ts';
import type { Projection } from './projection/projection.ts';
import type { Asked, Reports } from './reports.ts';

/**
 * report { name, period, republish? } publishes a period that is over and not published yet, or again when asked to, and
 * gives the answer (see answer.ts). reports.rebuild forgets the read model, reads the store anew, emits
 * { kind: 'progress', … } now and then and gives { asOf }.
 */
export function createReportCommands(reports: Reports, projection: Projection): Command[] {
  return [
    {
      name: 'report',
      async run({ args }) {
        const asked = { report: text(args, 'name'), period: text(args, 'period'), ...askedOf(args) };
        const answer = await reports.publish(asked, { by: 'console', again: args.republish === true });
        return structuredClone(answer) as unknown as Json;
      },
    },
    {
      name: 'reports.rebuild',
      async run({ emit }) {
        let progress: ReturnType<typeof createProgress> | undefined;
        await projection.rebuild(({ taken, total }) => {
          progress ??= createProgress(total);
          const report = progress(taken, taken);
          // Whoever has gone does not hear of it; what was asked for goes on.
          if (report) emit({ kind: 'progress', ...report }).catch(() => undefined);
        });
        return { asOf: new Date(projection.freshness).toISOString() };
      },
    },
  ];
}

/** What narrows the answer (see Asked), where it is given. */
const askedOf = (args: CommandCall['args']): Partial<Omit<Asked, 'report' | 'period'>> =>
  Object.fromEntries(
    ['by', 'direction', 'parcours', 'service', 'site', 'through'].flatMap((name) =>
      text(args, name) === '' ? [] : [[name, text(args, name)]],
    ),
  );

/** What is not a text names no report and no period, and is refused as such. */
const text = (args: CommandCall['args'], name: string): string => {
  const value = args[name];
  return typeof value === 'string' ? value : '';
};
