/** Shows how a long command is getting on: one line that is rewritten on a terminal, a line now and then elsewhere. */
import type { Progress } from '../lrs/index.ts';
import { count } from './console.ts';

/** ms between two lines where they stay. */
const EVERY = 5_000;

/** Writes to standard error, so that what a command prints can be piped on. */
export class ProgressLine {
  #shown = Date.now();

  show(progress: Progress): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${describe(progress)}`);
    else if (Date.now() - this.#shown >= EVERY) {
      this.#shown = Date.now();
      process.stderr.write(`${describe(progress)}\n`);
    }
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

export function describe({ lines, perSecond, share, secondsLeft }: Progress): string {
  const parts = [`${count(lines)} read`, `${count(perSecond)}/s`];
  if (share !== null) parts.push(`${Math.floor(share * 100)} %`);
  if (secondsLeft !== null) parts.push(`${duration(secondsLeft)} left`);
  return parts.join(', ');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
