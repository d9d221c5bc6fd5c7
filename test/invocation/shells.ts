import { execFileSync } from "node:child_process";
import { Writable } from "node:stream";

const nowhere = (): Writable => new Writable({ write: (_part, _encoding, done) => done() });

/** Surroundings in which nothing is heard. */
export const quiet = { stdout: nowhere(), stderr: nowhere(), env: {} };

/** Stands between lines; no word is like it. */
const mark = "\u001e";

/** The words that a shell makes of lines: one shell for all, since a process that holds much is slow to start others. */
export function wordsInEach(
  lines: readonly string[],
  shell = "bash",
): readonly (readonly string[])[] {
  const script = `espejo() { printf '%s\\0' espejo "$@"; printf '${mark}\\0'; }\n${lines.join("\n")}`;
  const told = execFileSync(shell, ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  const each = told.split(`${mark}\0`).slice(0, -1);
  return each.map((words) => words.split("\0").slice(0, -1));
}

/** The words that a shell makes of a line. */
export const wordsIn = (line: string, shell = "bash"): readonly string[] =>
  wordsInEach([line], shell)[0]!;
