import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../deploy/healthcheck.mjs', import.meta.url));

/** Asks as the health check of a container does, with these settings; gives its exit code. */
export async function healthcheck(environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [SCRIPT], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');
  return code;
}
