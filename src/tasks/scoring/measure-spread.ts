import { loadEngine } from "#engine";
import type { EngineChoice, Values } from "../../engine/engine.ts";
import type { Signature } from "../../graph/index.ts";
import { type ResidualSpread, residualSum } from "../../metrics/residual-spread.ts";
import { writeProgram } from "../../onnx/index.ts";
import { parts, type Split } from "../rows/split.ts";
import type { ScoreName } from "./score-names.ts";

/** Consecutive raw rows, as the program of their residuals takes them. */
export interface RawBatch {
  readonly start: number;
  readonly rows: number;
  readonly feeds: Values;
}

/** Whether a score needs the spread of residuals. */
export const isMeasured = (score: ScoreName): boolean =>
  score === "standardised" || score === "mahalanobis";

/** How a spread is measured. */
export interface MeasureOptions {
  /** Whether columns are taken together. */
  readonly products: boolean;
  readonly engine?: EngineChoice | undefined;
}

/**
 * The spread of residuals over the rows that judge, or those that train where none judges: runs a program
 * with the outputs `residual` and, where cells may be missing, `mask`.
 */
export async function measureSpread(
  signature: Signature,
  batches: AsyncIterable<RawBatch>,
  { partOf, counts }: Split,
  { products, engine }: MeasureOptions,
): Promise<ResidualSpread> {
  const part = counts.validate > 0 ? parts.validate : parts.train;
  const p = signature.outputs.residual!.shape[1] as number;
  const sum = residualSum(p, { products });
  const program = await (await loadEngine(engine)).load(writeProgram(signature), { threads: 1 });
  try {
    for await (const { start, rows, feeds } of batches) {
      const chosen: number[] = [];
      for (let i = 0; i < rows; i++) if (partOf[start + i] === part) chosen.push(i);
      if (chosen.length === 0) continue;
      const { residual, mask } = await program.run(feeds);
      const own = (value: Values[string]): Float32Array => {
        const cells = value.data as Float32Array;
        return Float32Array.from(
          { length: chosen.length * p },
          (_, at) => cells[chosen[Math.floor(at / p)]! * p + (at % p)]!,
        );
      };
      sum.add(own(residual!), mask ? own(mask) : null);
    }
    return sum.result();
  } finally {
    await program.dispose();
  }
}
