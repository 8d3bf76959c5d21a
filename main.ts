#!/usr/bin/env node
/** The door of the house. `livret serve` opens it for the network, the other commands for the person at the console. */
import { runCommandLine } from './cli/program.ts';

// What is kept names people: it is for its owner alone, also in a folder that was made for all to read.
process.umask(0o077);
process.exitCode = await runCommandLine(process.argv);
