import { random } from "../random.ts";
import type { NoiseInput } from "./program.ts";

/**
 * Writes the noise of one step: numbers that depend on the seed, the step and the input alone, so that
 * neither the cutting of a run into chunks nor a resumed run changes them, on any engine.
 */
export function fillNoise(
  to: Float32Array,
  { kind }: NoiseInput,
  seed: number,
  step: number,
  index: number,
): void {
  const source = random(seed, 2, step, index);
  if (kind === "uniform") for (let i = 0; i < to.length; i++) to[i] = source.uniform();
  else for (let i = 0; i < to.length; i++) to[i] = source.normal();
}
