import type { ScoringServer } from "../server/build-server.ts";
import { exitCodes } from "./command.ts";
import type { Context } from "./context.ts";
import { stopSignals } from "./stop-signals.ts";

/**
 * Serves until a signal asks for an end: then `ready` says no, requests are answered for `drainMs` more, and what is
 * accepted by then is answered to its end. A second signal ends at once. SIGHUP loads all models anew.
 */
export async function serveUntilStopped(
  server: ScoringServer,
  drainMs: number,
  context: Context,
): Promise<number> {
  const reload = (): void => {
    for (const { path } of server.sources) void server.reload(path).catch(() => {});
  };
  process.on("SIGHUP", reload);
  const signals = stopSignals();
  try {
    await signals.asked;
    context.say(context.text("serve.stopping", { seconds: drainMs / 1000 }));
    server.stop();
    await new Promise((resolve) => setTimeout(resolve, drainMs));
    await server.app.close();
    return exitCodes.ok;
  } finally {
    process.removeListener("SIGHUP", reload);
    signals.forget();
  }
}
