/** Loaded before a measured program (node --import): tells its peak memory, in MB, on descriptor 3. */
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread)
  process.on("exit", () => {
    writeSync(3, String(process.resourceUsage().maxRSS / 1024));
  });
