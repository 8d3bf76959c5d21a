/** `livret report NAME --period …`, `livret report --list`, `livret reports publish`, `livret reports rebuild`. */
import { createProgress, LivretError } from '../lrs/index.ts';
import type { Command, CommandCall, Json } from '../web/index.ts';
import { COLLECTED, type Ground, sourcesOf } from './all-collected.ts';
import type { Answer } from './answer.ts';
import { exportOf, stemOf } from './answer-files/index.ts';
import { askedOf, PERIOD, parametersOf, writingOf } from './asking.ts';
import { catalogueOf } from './catalogue.ts';
import type { Collected } from './collected.ts';
import type { Asked } from './find-figures.ts';
import { metricOf } from './metrics/index.ts';
import { type Given, readParameters } from './parameters.ts';
import type { Projection } from './projection/projection.ts';
import { createPublishCommand } from './publish-command.ts';
import { emitWritten } from './send-export.ts';

/**
 * report { name, period, republish?, and what can be asked over HTTP } publishes a period that is over and not published
 * yet (one to compare with too), or again when asked to, and gives the answer (see answer.ts), or emits it as a file.
 * reports.list gives the catalogue. reports.rebuild forgets the read model, reads the store anew, emits { kind: 'progress', … } now and then and
 * gives { asOf }.
 */
export function createReportCommands(ground: Ground, projection: Projection): Command[] {
  const { reports } = ground;
  return [
    {
      name: 'report',
      async run({ args: { name, republish, ...rest }, emit }) {
        const collected = COLLECTED.find((each) => each.name === name);
        if (collected && republish === true) {
          throw new LivretError('request.parameter', {
            detail: `${collected.name} is made of what is published: republish the reports.`,
          });
        }
        if (collected) return collect(ground, collected, rest, emit);
        const metric = metricOf(text(name));
        const given = readParameters(rest, parametersOf(metric));
        const writing = writingOf(given);
        const { lang } = writing;
        requirePeriod(reports, given);
        const { compare } = given;
        if (compare !== undefined) await reports.publish({ report: metric.name, period: compare }, { by: 'console' });
        const answer = await reports.publish(askedOf(metric, given), {
          by: 'console',
          again: republish === true,
          lang,
        });
        const exported = async () => exportOf(answer, lang, await reports.namesIn(answer));
        return emitWritten(emit, writing, stemOf(answer, given), { json: answer, exported });
      },
    },
    {
      name: 'reports.list',
      run: async () => asJson(await catalogueOf(reports)),
    },
    createPublishCommand(reports),
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

/** Publishes what it needs, as a metric asked for does. */
async function collect(
  ground: Ground,
  { parameters, collect }: Collected,
  args: CommandCall['args'],
  emit: CommandCall['emit'],
): Promise<Json> {
  const given = readParameters(args, parameters);
  if (parameters.includes(PERIOD)) requirePeriod(ground.reports, given);
  const writing = writingOf(given);
  const ask = (asked: Asked): Promise<Answer> => ground.reports.publish(asked, { by: 'console', lang: writing.lang });
  const { stem, ...collected } = await collect(sourcesOf(ground, ask), given, writing);
  return emitWritten(emit, writing, stem, collected);
}

/** Throws `request.parameter` where none is named, and names the last one that is over. */
function requirePeriod(reports: Ground['reports'], { period }: Given): void {
  if (period !== undefined) return;
  const detail = `Of which period? Say it with --period, for example --period ${reports.lastClosedPeriod()}.`;
  throw new LivretError('request.parameter', { detail });
}

const asJson = (value: unknown): Json => structuredClone(value) as Json;

/** What is not a text names no report, and is refused as such. */
const text = (value: CommandCall['args'][string] | undefined): string => (typeof value === 'string' ? value : '');
