/** `livret check` */
import type { Checked, Finding, Progress } from '../../lrs/index.ts';
import type { Json } from '../../web/index.ts';
import { call } from '../call.ts';
import { count, print, printJson } from '../console.ts';
import { ProgressLine } from '../progress-line.ts';

type Line = { kind: 'finding'; finding: Finding } | ({ kind: 'progress' } & Progress);

interface Result {
  checked: Checked;
  findings: number;
  more: boolean;
}

/** Gives 1 where something was found. */
export async function checkStore({ json = false }: { json?: boolean }): Promise<number> {
  const progress = new ProgressLine();
  const found: Finding[] = [];
  const emit = async (line: Json): Promise<void> => {
    const told = line as unknown as Line;
    if (told.kind === 'progress') progress.show(told);
    else {
      progress.clear();
      found.push(told.finding);
      if (!json) print(`${told.finding.kind} ${told.finding.where}: ${told.finding.problem}`);
    }
  };
  const { checked, findings, more } = (await call('store.check', {}, { emit })) as unknown as Result;
  progress.clear();
  if (json) printJson({ checked, findings: found, more });
  else print(summary(checked, findings, more));
  return findings > 0 ? 1 : 0;
}

function summary({ statements, documents, items, blobs }: Checked, findings: number, more: boolean): string {
  if (more) return `${count(findings)} findings: the check ended there.`;
  const looked = `${count(statements)} statements, ${count(documents)} documents, ${count(items)} records, ${count(blobs)} files`;
  return `${looked}: ${findings === 0 ? 'all as it should be' : `${count(findings)} findings`}`;
}
