import { exitCodes } from "./command.ts";
import type { Context } from "./context.ts";
import { endProcess } from "./streams.ts";

/** The signals that ask for an end, and their exit codes. */
const endings = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const;
type Signal = keyof typeof endings;
const signals = Object.keys(endings) as readonly Signal[];

/** A signal ends the process, unless a command that has something to keep listens too, and ends by itself. */
export function endOnSignals(): void {
  for (const signal of signals)
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) endProcess(endings[signal]);
    });
}

/** What ends a training from outside. */
export interface Interruptions {
  readonly signal: AbortSignal;
  /** The exit code of a command: that of the signal that ended its work, else the one that is given. */
  code(otherwise: number): number;
  /** From now on there is something to keep. */
  begin(): void;
  forget(): void;
}

/**
 * Ctrl-C, a closed terminal or an end that is asked for keep the best model so far once the training has begun,
 * and end at once before that, or the second time.
 */
export function interruptions(context: Context): Interruptions {
  const stop = new AbortController();
  let begun = false;
  let first: Signal | null = null;
  const interrupt = (signal: NodeJS.Signals): void => {
    if (begun && first === null) {
      first = signal as Signal;
      context.say(context.text("stopped.asking"));
      stop.abort();
      return;
    }
    // a terminal that closes and its shell both say so: nobody is in haste
    if (first !== null && signal === "SIGHUP") return;
    if (!begun) context.say(context.text("stopped.nothing"));
    endProcess(endings[signal as Signal]);
  };
  for (const signal of signals) process.on(signal, interrupt);
  return {
    signal: stop.signal,
    code: (otherwise) => (first === null ? otherwise : endings[first]),
    begin() {
      begun = true;
    },
    forget() {
      for (const signal of signals) process.removeListener(signal, interrupt);
    },
  };
}
