/** Runs a command where the store is: in the server that holds it, else here. The same code either way. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { hasCode, hasStore, LivretError } from '../lrs/index.ts';
import type { CommandCall, Json } from '../web/index.ts';
import { siteAddress } from './address.ts';
import { callServer } from './control/client.ts';
import { openHouse } from './house.ts';

/** ms that a server is given to open its socket, or to let go of the store, when it is just starting or stopping. */
const PATIENCE = 5_000;

/** Gives the answer. Rejects with what the command was refused for, or `server.unreachable`. */
export async function runCommand(config: Config, name: string, call: CommandCall): Promise<Json> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answered = await callServer(config.data, name, call);
    if (answered !== undefined) return answered.result;
    try {
      return await runHere(config, name, call);
    } catch (error) {
      if (!hasCode(error, 'store.locked')) throw error;
      if (Date.now() > deadline) {
        const detail =
          'Another Livret holds the data folder and takes no commands: is it starting, stopping, or importing? Try again.';
        throw new LivretError('server.unreachable', { detail, cause: error });
      }
    }
    await wait(200);
  }
}

/** Commands that a new site may begin with. The others in an empty folder are most likely in the wrong one. */
const FIRST_COMMANDS = ['key.add', 'statements.import', 'people.import', 'package.import'];

async function runHere(config: Config, name: string, call: CommandCall): Promise<Json> {
  if (!FIRST_COMMANDS.includes(name) && !(await hasStore({ engine: config.store, folder: config.data }))) {
    const detail = `LIVRET_DATA ${config.data}: nothing is kept there yet. Is another folder meant?`;
    throw new LivretError('config.invalid', { detail });
  }
  const house = await openHouse(config, {
    siteUrl: siteAddress(config),
    report: () => {},
    onError: () => {},
    command: name,
  });
  try {
    const command = house.parts.flatMap((part) => part.commands).find((each) => each.name === name);
    if (command === undefined) throw new Error(`No part has a command ${name}.`);
    return await command.run(call);
  } finally {
    await house.close();
  }
}
