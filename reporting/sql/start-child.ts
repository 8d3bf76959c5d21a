/** Starts a file beside this one as a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `heap`: MB for JavaScript. Of our environment it gets nothing but `env`: there are secrets in it. Run from source (development, tests) it is TypeScript, which takes a loader. */
export function startChild(
  name: 'child' | 'file-child',
  heap: number,
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`./${name}.${fromSource ? 'ts' : 'js'}`, import.meta.url));
  const loader = fromSource ? ['--import', import.meta.resolve('tsx')] : [];
  return spawn(process.execPath, [`--max-old-space-size=${heap}`, ...loader, file], { env, stdio: 'pipe' });
}
