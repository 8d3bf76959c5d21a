// What tsc does not do for dist/: files that are no code, and the right to run main.js.
import { chmodSync, cpSync } from 'node:fs';

for (const folder of ['web/assets', 'content-packages/formats/cmi5/schema']) {
  cpSync(folder, `dist/${folder}`, { recursive: true });
}

chmodSync('dist/main.js', 0o755);
