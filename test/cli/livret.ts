/** The command line as somebody types it. */
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { LIVRET } from '../servers/livret.ts';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `livret` with these arguments to its end. `folder` is LIVRET_DATA, `engine` LIVRET_STORE. */
export function livret(
  args: readonly string[],
  {
    folder,
    engine = 'sqlite',
    input,
    cwd,
    env = {},
  }: { folder: string; engine?: string; input?: string | Readable; cwd?: string; env?: Record<string, string> },
): Promise<Ended> {
  const child = spawn(process.execPath, [...LIVRET, ...args], {
    env: { ...process.env, LIVRET_STORE: engine, LIVRET_DATA: folder, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  Readable.from(input ?? []).pipe(child.stdin);
  // It may end without having read everything.
  child.stdin.on('error', () => {});
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}
