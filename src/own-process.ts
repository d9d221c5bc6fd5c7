import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packageFileError } from "./package-files.ts";

/**
 * Runs a file of ours in a process of its own, with these variables beside those of this one. Messages go as they
 * are, arrays too, not as JSON. Node only. Throws package_file.
 */
export function forkFile(file: URL, variables: Readonly<Record<string, string>>): ChildProcess {
  const name = file.pathname.split("/").at(-1)!;
  if (!existsSync(file)) throw packageFileError(name, file.href, "bundle_node");
  return fork(fileURLToPath(file), {
    // flags of the caller's process, say --input-type, are not for it
    execArgv: [],
    env: { ...process.env, ...variables },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** Whether this process goes on for the sake of one that it started. Bun has no say in the channel. */
export function holdProcess(child: ChildProcess, held: boolean): void {
  const of = held ? "ref" : "unref";
  child[of]();
  child.channel?.[of]?.();
}

/** Says something to the process that started this one; whoever is gone needs no answer. */
export function answerParent(message: object): void {
  process.send!(message, undefined, undefined, () => {});
}
