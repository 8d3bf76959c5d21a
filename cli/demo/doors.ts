/** The commands of Livret, called one after the other in a house that is opened once. */
import { readConfig } from '../../config.ts';
import type { Lrs } from '../../lrs/index.ts';
import type { CommandCall, Json, Part } from '../../web/index.ts';
import { siteAddress } from '../address.ts';
import { count, print } from '../console.ts';
import { openHouse } from '../house.ts';

export interface Doors {
  run(name: string, args?: CommandCall['args'], input?: AsyncIterable<Uint8Array>): Promise<Json>;
  directory: Lrs['directory'];
  jobs: Part['jobs'];
}

/** Opens what a command of that name needs, and closes it after the work. */
export async function throughDoors<T>(command: string, work: (doors: Doors) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const house = await openHouse(config, {
    siteUrl: siteAddress(config),
    report: () => {},
    onError: () => {},
    tell: (_, { taken, total }) => {
      if (total !== undefined) print(`${count(Number(taken))} of ${count(Number(total))} in the read model`);
    },
    command,
  });
  try {
    const commands = new Map(house.parts.flatMap((part) => part.commands).map(({ name, run }) => [name, run]));
    return await work({
      async run(name, args = {}, input = nothing()) {
        const found = commands.get(name);
        if (!found) throw new Error(`No part has a command ${name}.`);
        return found({ args, input, emit: refuse });
      },
      directory: house.lrs.directory,
      jobs: house.parts.flatMap(({ jobs = [] }) => jobs),
    });
  } finally {
    await house.close();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Nothing of ours is refused. */
async function refuse(line: Json): Promise<void> {
  const { kind, stage } = line as { kind?: string; stage?: string };
  if (kind !== 'progress' && stage === undefined)
    throw new Error(`The demo's own was refused, a mistake of ours: ${JSON.stringify(line)}`);
}
