/** Starts a file beside this one as a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LivretError } from '../../lrs/index.ts';

/**
 * Resolves once it runs. `heap`: MB for JavaScript. Of our environment it gets nothing but `env`: there are secrets in it.
 * Run from source (development, tests) it is TypeScript, which takes a loader. Rejects `store.unavailable` where the
 * machine has no room for a process or no file descriptor for its pipes.
 */
export async function startChild(
  name: 'child' | 'file-child',
  heap: number,
  env: Record<string, string> = {},
): Promise<ChildProcessWithoutNullStreams> {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`./${name}.${fromSource ? 'ts' : 'js'}`, import.meta.url));
  const loader = fromSource ? ['--import', import.meta.resolve('tsx')] : [];
  try {
    const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, ...loader, file], { env, stdio: 'pipe' });
    // Without file descriptors it has no pipes either: nobody may touch it before it runs.
    await once(child, 'spawn');
    // What it may still say is that it cannot be killed: nobody listening, that would end the server.
    return child.on('error', () => {});
  } catch (cause) {
    throw new LivretError('store.unavailable', { detail: 'No process can be started just now.', cause });
  }
}
