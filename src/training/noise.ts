import { random } from "../random.ts";
import type { NoiseInput } from "./sketch.ts";

/** Training and judging draw other numbers. */
export const noiseStreams = { training: 2, evaluation: 7, generation: 8 } as const;
export type NoiseStream = (typeof noiseStreams)[keyof typeof noiseStreams];

/**
 * Writes the random numbers of one step: they depend on the seed, the stream, the step and the place of the
 * input alone, so that neither the cutting of a run into chunks nor a resumed run changes them, on any engine.
 */
export function fillNoise(
  to: Float32Array,
  kind: NoiseInput["kind"],
  seed: number,
  [stream, step, index]: readonly [stream: NoiseStream, step: number, index: number],
): void {
  if (kind === "step") {
    to[0] = step;
    return;
  }
  const source = random(seed, stream, step, index);
  if (kind === "uniform") for (let i = 0; i < to.length; i++) to[i] = source.uniform();
  else for (let i = 0; i < to.length; i++) to[i] = source.normal();
}
