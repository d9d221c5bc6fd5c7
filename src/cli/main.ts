#!/usr/bin/env node
/** The command line: the only place that reads arguments, prints and sets the exit code. */
import { removeTemporaries } from "../files.ts";
import { exitCodes } from "./command.ts";
import { runProgram } from "./program.ts";

// Whoever reads the results, such as head, may have had enough; what writes notices.
process.stdout.on("error", () => {});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    // A command that has something to keep listens too, and ends by itself.
    if (process.listenerCount(signal) > 1) return;
    removeTemporaries();
    process.exit(exitCodes.interrupted);
  });
process.exitCode = await runProgram(process.argv.slice(2));
