import { execFileSync } from "node:child_process";
import { Writable } from "node:stream";

const nowhere = (): Writable => new Writable({ write: (_part, _encoding, done) => done() });

/** Surroundings in which nothing is heard. */
export const quiet = { stdout: nowhere(), stderr: nowhere(), env: {} };

/** The words that a shell makes of a line. */
export function wordsIn(line: string, shell = "bash"): readonly string[] {
  const told = execFileSync(shell, ["-c", `espejo() { printf '%s\\0' espejo "$@"; }\n${line}`], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  return told.split("\0").slice(0, -1);
}
