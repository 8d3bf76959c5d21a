/** `livret reports check` */
import { createProgress, LivretError } from '../../lrs/index.ts';
import type { Command, CommandCall, Json } from '../../web/index.ts';
import { checkReports } from './check.ts';
import type { CheckAsked, CheckOptions, Telling } from './types.ts';

export interface CheckCommands {
  commands: Command[];
  /** Ends a check that is under way, which rejects `store.unavailable`. */
  stop(): void;
}

/** Steps that progress is counted in. */
const STEPS = 10_000;

/** reports.check { report?, period? } emits { kind: 'progress', … } now and then and gives a CheckResult. */
export function createCheckCommands(options: CheckOptions): CheckCommands {
  let stopped = false;
  /** One after the other: they have one folder for what cannot be held. */
  let last: Promise<unknown> = Promise.resolve();
  function tellingOf(emit: CommandCall['emit']): Telling {
    const progress = createProgress(STEPS);
    return {
      progress(statements, share) {
        const report = progress(statements, Math.round(share * STEPS));
        // Whoever has gone does not hear of it.
        if (report) emit({ kind: 'progress', ...report }).catch(() => undefined);
      },
      goOn() {
        if (stopped) throw new LivretError('store.unavailable', { detail: 'The reports are being closed.' });
      },
    };
  }
  return {
    commands: [
      {
        name: 'reports.check',
        async run({ args, emit }) {
          const turn = last.then(() => checkReports(options, askedOf(args), tellingOf(emit)));
          last = turn.catch(() => undefined);
          return structuredClone(await turn) as unknown as Json;
        },
      },
    ],
    stop() {
      stopped = true;
    },
  };
}

function askedOf({ report, period }: CommandCall['args']): CheckAsked {
  return {
    ...(report !== undefined && { report: String(report) }),
    ...(period !== undefined && { period: String(period) }),
  };
}
