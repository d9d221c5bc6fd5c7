/**
 * Loaded before the command line in the process of a run: it ends with the studio that began it, however that ended. Left
 * behind, it would go on in a folder where the next studio goes on too.
 */
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.channel) {
  // at once: what it has learnt up to its last epoch is kept
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
  // that this is heard keeps no process alive
  process.channel.unref();
}
