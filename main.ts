#!/usr/bin/env node
/** The door of the house. `livret serve` opens it for the network, the other commands for the person at the console. */
import { runCommandLine } from './cli/program.ts';

process.exitCode = await runCommandLine(process.argv);
