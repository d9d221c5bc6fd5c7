import { removeTemporaries } from "../files.ts";
import { exitCodes } from "./command.ts";
import type { Context } from "./context.ts";

/** What ends a training from outside. */
export interface Interruptions {
  readonly signal: AbortSignal;
  /** From now on there is something to keep. */
  begin(): void;
  forget(): void;
}

/** Ctrl-C keeps the best model so far once the training has begun, and ends at once before that, or the second time. */
export function interruptions(context: Context): Interruptions {
  const stop = new AbortController();
  let begun = false;
  const interrupt = (): void => {
    if (begun && !stop.signal.aborted) {
      context.say(context.text("stopped.asking"));
      stop.abort();
      return;
    }
    if (!begun) context.say(context.text("stopped.nothing"));
    removeTemporaries();
    process.exit(exitCodes.interrupted);
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: stop.signal,
    begin() {
      begun = true;
    },
    forget() {
      for (const signal of signals) process.removeListener(signal, interrupt);
    },
  };
}
