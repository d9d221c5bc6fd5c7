#!/usr/bin/env node
/** The command line: the only place that reads arguments, prints and sets the exit code. */
import { endOnSignals } from "./interruptions.ts";
import { runProgram } from "./program.ts";

endOnSignals();
process.exitCode = await runProgram(process.argv.slice(2), process);
