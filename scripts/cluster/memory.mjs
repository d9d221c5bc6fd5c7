// How much memory processes take at most, together, while something runs.
import { spawnSync } from "node:child_process";

/** Milliseconds between two looks. */
const pause = 400;

/** Watches named groups of processes; `groups()` gives the pids of each. `stop()` gives the greatest sum of each in MB. */
export function watchMemory(groups) {
  const peaks = {};
  const look = () => {
    const resident = residentOf();
    for (const [name, pids] of Object.entries(groups())) {
      const sum = pids.reduce((total, pid) => total + (resident.get(pid) ?? 0), 0);
      peaks[name] = Math.max(peaks[name] ?? 0, Math.round(sum / 1024));
    }
  };
  const timer = setInterval(look, pause);
  return {
    stop() {
      clearInterval(timer);
      return peaks;
    },
  };
}

/** Resident kB by pid. */
function residentOf() {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,rss="], { encoding: "utf8" });
  return new Map(stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number)));
}
