/**
 * A gate in front of what a thread must not be ended in: native calls and files that are half written. ONNX
 * Runtime throws where nothing catches when its thread is ended under it, and the process aborts. So whoever
 * ends a thread closes its gate first, and waits until it is outside. Shared by both threads.
 */
export type Gate = Int32Array<SharedArrayBuffer>;

const closed = 0;
const inside = 1;
/** Node waits for a native call too, however long it takes; this ends the wait for a thread that died in one. */
const mostMilliseconds = 60_000;

/** An open gate. */
export const newGate = (): Gate => new Int32Array(new SharedArrayBuffer(8));

/** Does something inside the gate; where it is closed, nothing for ever: the thread is about to be ended. */
export async function passGate<T>(gate: Gate, work: () => Promise<T>): Promise<T> {
  Atomics.add(gate, inside, 1);
  const leave = (): void => {
    Atomics.sub(gate, inside, 1);
    Atomics.notify(gate, inside);
  };
  // looked at after the count went up: whoever closes looks at the count after that
  if (Atomics.load(gate, closed) === 1) {
    leave();
    return new Promise<T>(() => {});
  }
  return work().finally(leave);
}

/** Lets none in any more, and waits until all are outside; blocks this thread meanwhile. */
export function closeGates(gates: Iterable<Gate>): void {
  const all = [...gates];
  for (const gate of all) Atomics.store(gate, closed, 1);
  const until = performance.now() + mostMilliseconds;
  for (const gate of all)
    for (let count = Atomics.load(gate, inside); count > 0; count = Atomics.load(gate, inside)) {
      const left = until - performance.now();
      if (left <= 0) return;
      Atomics.wait(gate, inside, count, left);
    }
}
