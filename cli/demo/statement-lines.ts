/** Statements as the JSON lines that `livret import` is given: made as they are read, so that however many there are few are held. */
import type { DemoAgent } from './agents.ts';
import { type Stretch, statementsOf } from './statements.ts';
import type { Story } from './story.ts';

/** Bytes handed over at once. */
const CHUNK = 256 * 1024;

export async function* statementLines(
  story: Story,
  agents: Iterable<DemoAgent>,
  stretch: Stretch,
): AsyncGenerator<Uint8Array> {
  let lines: string[] = [];
  let length = 0;
  for (const agent of agents) {
    for (const statement of statementsOf(story, agent, stretch)) {
      const line = `${JSON.stringify(statement)}\n`;
      lines.push(line);
      length += line.length;
      if (length < CHUNK) continue;
      yield Buffer.from(lines.join(''));
      lines = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.from(lines.join(''));
}
