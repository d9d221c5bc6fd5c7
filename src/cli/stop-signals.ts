import { exitCodes } from "./command.ts";
import { endProcess } from "./streams.ts";

const stops = ["SIGTERM", "SIGINT"] as const;

/** Hears of the first signal that asks a server to end; a second one ends the process at once. */
export function stopSignals(): { readonly asked: Promise<void>; forget(): void } {
  let stop = (): void => {};
  const asked = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let heard = false;
  const onStop = (): void => {
    if (heard) endProcess(exitCodes.terminated);
    heard = true;
    stop();
  };
  for (const signal of stops) process.on(signal, onStop);
  return {
    asked,
    forget() {
      for (const signal of stops) process.removeListener(signal, onStop);
    },
  };
}
