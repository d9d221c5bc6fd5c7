import type { Progress } from "../training/loop.ts";
import type { Epoch } from "../training/state.ts";
import type { Context } from "./context.ts";

/** Shows a training: a bar on a terminal, a line per epoch (or few) elsewhere, events with --json. */
export interface TrainingProgress {
  onProgress(progress: Progress): void;
  onEpoch(epoch: Epoch): void;
}

const barWidth = 24;
/** Of a training of more epochs than this not every one has its line: every k-th has, and one each second. */
const mostLines = 200;
const lineSeconds = 1;
const digits = (loss: number | undefined): string => loss?.toPrecision(4) ?? "-";

export function progressOf(context: Context): TrainingProgress {
  const begun = performance.now();
  let first: number | undefined;
  let validation = "-";
  let epochs = 0;
  let told = begun;
  /** Whether an epoch has a line, where there is one now. */
  const tells = (epoch: number): boolean => {
    const now = performance.now();
    const due =
      (epoch - 1) % Math.ceil(epochs / mostLines) === 0 || now - told > lineSeconds * 1000;
    if (due) told = now;
    return due;
  };
  return {
    onProgress({ epoch, epochs: most, step, steps, loss }) {
      epochs = most;
      if (!context.lively) return;
      const done = epoch - 1 + step / steps;
      first ??= done;
      const seconds = (performance.now() - begun) / 1000;
      const left = done > first ? ((epochs - done) * seconds) / (done - first) : Number.NaN;
      const filled = Math.round((barWidth * done) / epochs);
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
      const losses = context.text("epoch.bar", { epoch, epochs, loss: digits(loss), validation });
      const eta = Number.isFinite(left) ? context.text("epoch.eta", { left: duration(left) }) : "";
      context.status(`${bar} ${losses}  ${eta}`);
    },
    onEpoch(epoch) {
      validation = digits(epoch.validationLoss);
      if (context.json) context.event("epoch", epoch);
      else if (!context.lively && tells(epoch.epoch))
        context.say(
          context.text("epoch.line", {
            epoch: epoch.epoch,
            epochs,
            loss: digits(epoch.loss),
            validation,
            seconds: epoch.seconds.toFixed(2),
          }),
        );
    },
  };
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
