import type { ScoringServer } from "../server/build-server.ts";
import { exitCodes } from "./command.ts";
import type { Context } from "./context.ts";
import { endProcess } from "./streams.ts";

const stops = ["SIGTERM", "SIGINT"] as const;

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
  let asked = false;
  let stop = (): void => {};
  const onStop = (): void => {
    if (asked) endProcess(exitCodes.terminated);
    asked = true;
    stop();
  };
  for (const signal of stops) process.on(signal, onStop);
  try {
    await new Promise<void>((resolve) => {
      stop = resolve;
    });
    context.say(context.text("serve.stopping", { seconds: drainMs / 1000 }));
    server.stop();
    await new Promise((resolve) => setTimeout(resolve, drainMs));
    await server.app.close();
    return exitCodes.ok;
  } finally {
    process.removeListener("SIGHUP", reload);
    for (const signal of stops) process.removeListener(signal, onStop);
  }
}
