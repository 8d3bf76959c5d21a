import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** This process runs after everything else; and where the machine runs out of memory, it is the one that goes. */
export function standBack(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not Linux, or not allowed.
  }
}
