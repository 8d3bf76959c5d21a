import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LIVRET } from '../servers/livret.ts';

/** The demonstration as its user starts it. */
export interface Demo {
  process: ChildProcess;
  site: string;
  provider: string;
  printed: readonly string[];
}

export function runDemo(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [...LIVRET, 'demo', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
}

/** Starts it on a folder, and waits until it says where it is. Rejects with what it printed when it does not. */
export async function startDemo(
  folder: string,
  port: number,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<Demo> {
  const child = runDemo(['--data', folder, ...args], { PORT: String(port), ...environment });
  const printed: string[] = [];
  const address = (line: string): string => /https?:\/\/[\w.:]+/.exec(line)?.[0] ?? '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(printed.join('\n'))));
    if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => printed.push(line));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      if (line.includes('Identity provider')) resolve();
    });
  });
  const site = address(printed.find((line) => line.startsWith('Demonstration: open')) ?? '');
  return { process: child, site, provider: address(printed.at(-1) ?? ''), printed };
}

/** Gives the exit code; no error where it has ended already. */
export async function endDemo({ process: child }: Demo, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  const [code] = (await exited) as [number | null];
  return code;
}
