import { loadEngine } from "#engine";
import type { EngineChoice } from "../engine/engine.ts";
import { cellsOf } from "../graph/index.ts";
import type { Model } from "../nn/index.ts";
import { priorProgram } from "./judging.ts";
import { fillNoise, noiseStreams } from "./noise.ts";

/** Codes [rows, latentDim] from the prior of a kind. Throws `argument_wrong` for a kind without one. */
export async function drawPriorCodes(
  model: Model,
  rows: number,
  { seed = 0, engine }: { readonly seed?: number; readonly engine?: EngineChoice | undefined } = {},
): Promise<Float32Array> {
  const program = priorProgram(model);
  const loaded = await (await loadEngine(engine)).load(program.bytes, { threads: 1 });
  try {
    const feeds = program.noise.map(({ name, kind, shape }, index) => {
      const sizes = [rows, ...shape];
      const data = new Float32Array(cellsOf(sizes));
      fillNoise(data, kind, seed, [noiseStreams.generation, 0, index]);
      return [name, { dtype: "float32", shape: sizes, data }] as const;
    });
    const { codes } = await loaded.run(Object.fromEntries(feeds));
    return codes!.data as Float32Array;
  } finally {
    await loaded.dispose();
  }
}
