// Processes of this machine: who started whom, and their end.
import { spawnSync } from "node:child_process";

/** Ends a process and all of its group at once, where it has not ended. */
export const killGroup = (pid) => killOne(-pid);

/** Ends a process at once, where it has not ended. */
export function killOne(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

/** All processes of this machine: pid, that of the one that started it, command. */
export function processes() {
  const { stdout } = spawnSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,command="], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => found)
    .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command }));
}

/** Processes that a process has started, and those that these have. */
export function descendants(pid) {
  const all = processes();
  const below = (one) =>
    all.filter(({ parent }) => parent === one).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}
