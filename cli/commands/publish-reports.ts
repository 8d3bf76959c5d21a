/** `livret reports publish` */
import { call } from '../call.ts';
import { count, print } from '../console.ts';

interface PublishOptions {
  period: string[];
  from?: string;
  to?: string;
}

interface Told {
  kind: 'report' | 'refused';
  report: string;
  period: string;
  state?: string;
  already?: boolean;
  why?: string;
}

const STATES: Record<string, string> = {
  published: 'published',
  nobody: 'nobody has contributed, nothing to publish',
  tooFew: 'too few people, nothing to publish',
};

function lineOf({ report, period, state = '', already, why }: Told): string {
  const what = already ? 'was published already' : (STATES[state] ?? state);
  return `${period}  ${report.padEnd(26)}  ${why ?? what}`;
}

/** Gives 1 where any was refused. */
export async function publishReports(reports: readonly string[], options: PublishOptions): Promise<number> {
  const { period: periods, from, to } = options;
  const args = { reports: [...reports], periods, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const emit = async (told: unknown): Promise<void> => {
    const { kind } = told as { kind: string };
    if (kind === 'report' || kind === 'refused') print(lineOf(told as Told));
  };
  const { published, refused } = (await call('reports.publish', args, { emit })) as {
    published: number;
    refused: number;
  };
  print(`${count(published)} published${refused === 0 ? '' : `, ${count(refused)} refused`}`);
  return refused > 0 ? 1 : 0;
}
