import type { Progress } from "../training/loop.ts";
import type { Epoch } from "../training/state.ts";
import { schemaVersion } from "./command.ts";
import type { Context } from "./context.ts";

/** Shows a training: a bar on a terminal, a line per epoch elsewhere, events with --json. */
export interface TrainingProgress {
  onProgress(progress: Progress): void;
  onEpoch(epoch: Epoch): void;
}

const barWidth = 24;

export function progressOf(epochs: number, context: Context): TrainingProgress {
  const begun = performance.now();
  let first: number | undefined;
  let last = "";
  return {
    onProgress({ epoch, step, steps, loss }) {
      if (!context.lively) return;
      const done = epoch - 1 + step / steps;
      first ??= done;
      const seconds = (performance.now() - begun) / 1000;
      const left = done > first ? ((epochs - done) * seconds) / (done - first) : Number.NaN;
      const filled = Math.round((barWidth * done) / epochs);
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
      const eta = Number.isFinite(left) ? context.text("epoch.eta", { left: duration(left) }) : "";
      context.status(`${bar} ${epoch}/${epochs}  ${loss.toPrecision(4)}  ${last}  ${eta}`);
    },
    onEpoch(epoch) {
      last = epoch.validationLoss === undefined ? "" : epoch.validationLoss.toPrecision(4);
      if (context.json) context.out(JSON.stringify({ schemaVersion, event: "epoch", ...epoch }));
      else if (!context.lively)
        context.say(
          context.text("epoch.line", {
            epoch: epoch.epoch,
            epochs,
            loss: epoch.loss.toPrecision(4),
            validation: last || "-",
            seconds: epoch.seconds.toFixed(2),
          }),
        );
    },
  };
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
