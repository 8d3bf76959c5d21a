// Files that tsc does not carry over into dist/.
import { cpSync } from 'node:fs';

for (const folder of ['web/assets', 'content-packages/formats/cmi5/schema']) {
  cpSync(folder, `dist/${folder}`, { recursive: true });
}
