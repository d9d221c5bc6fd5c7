import { spawnWorker } from "#worker";
import type { FromWorker, Port, ToWorker, TrainingWorker } from "./messages.ts";

/** How long a worker waits for another training. To start one takes longer than many a small network trains. */
const restMilliseconds = 2000;

interface Hired {
  readonly worker: TrainingWorker;
  /** Who hears the worker now. */
  hearers: { onMessage(message: FromWorker): void; onError(error: Error): void } | null;
}

/** Workers without a training, each with the clock that ends it. */
const resting = new Map<Hired, ReturnType<typeof setTimeout>>();

/** The line to a worker for the time of one training. */
export interface Hire extends Port<ToWorker, FromWorker> {
  /** Ends the hire: nothing is heard or said any more, and the worker rests until another training, or ends. */
  release(then: "rests" | "ends"): void;
}

/** A worker for a training: one that rests, or a new one. */
export function hireWorker(): Hire {
  const hired = rested() ?? newcomer();
  let released = false;
  return {
    post(message) {
      if (!released) hired.worker.post(message);
    },
    listen(onMessage, onError) {
      hired.hearers = { onMessage, onError };
    },
    release(then) {
      if (released) return;
      released = true;
      hired.hearers = null;
      if (then === "rests") rest(hired);
      else hired.worker.terminate();
    },
  };
}

function newcomer(): Hired {
  const hired: Hired = { worker: spawnWorker(), hearers: null };
  hired.worker.listen(
    (message) => hired.hearers?.onMessage(message),
    (error) => {
      endRest(hired);
      hired.hearers?.onError(error);
    },
  );
  return hired;
}

/** The process may end meanwhile: neither the worker nor its clock keeps it. */
function rest(hired: Hired): void {
  hired.worker.hold(false);
  const clock = setTimeout(() => {
    resting.delete(hired);
    hired.worker.terminate();
  }, restMilliseconds);
  (clock as { unref?: () => void }).unref?.();
  resting.set(hired, clock);
}

function rested(): Hired | null {
  const [hired] = resting.keys();
  if (!hired) return null;
  endRest(hired);
  hired.worker.hold(true);
  return hired;
}

function endRest(hired: Hired): void {
  clearTimeout(resting.get(hired));
  resting.delete(hired);
}
