/** Calls a command of the parts from the console. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { readConfig } from '../config.ts';
import type { CommandCall, Json } from '../web/index.ts';
import { runCommand } from './run-command.ts';

export interface CallOptions {
  input?: AsyncIterable<Uint8Array>;
  emit?: CommandCall['emit'];
}

/** Options that were not given are left out. Gives the final answer. */
export async function call(
  name: string,
  args: Record<string, Json | undefined> = {},
  { input = nothing(), emit = async () => {} }: CallOptions = {},
): Promise<Json> {
  const given = Object.entries(args).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return runCommand(readConfig(process.env), name, { args: Object.fromEntries(given), input, emit });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A file to stream in, and its size. Rejects when it is not there. `-` is standard input. */
export async function openFile(path: string): Promise<{ input: AsyncIterable<Uint8Array>; totalBytes?: number }> {
  if (path === '-') return { input: process.stdin };
  const { size } = await stat(path);
  return { input: createReadStream(path), totalBytes: size };
}
