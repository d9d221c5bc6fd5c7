import { watchConstants } from "../../data/pixels/constant-images.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import type { Note } from "../../data/terms/notes.ts";
import { cellsOf } from "../../graph/index.ts";
import type { ArrayScale } from "../model/metadata.ts";
import { takeFingerprint } from "../rows/fingerprint.ts";
import { runningMoments } from "../rows/moments.ts";
import { parts, type Split } from "../rows/split.ts";

/** What one pass over the rows tells. */
export interface ScaleFindings {
  readonly scale: ArrayScale;
  /** Cells that are NaN, in any row. */
  readonly missing: number;
  /** SHA-256 of all values, in order. */
  readonly fingerprint: string;
  /** What was noticed on the way. */
  readonly notes: readonly Note[];
}

/**
 * How rows are scaled: images from 0..255 to [0, 1]; sequences by the mean and deviation of each feature
 * over the observed steps of the rows that train.
 */
export async function gatherScale(
  arrays: Arrays,
  { partOf }: Pick<Split, "partOf">,
): Promise<ScaleFindings> {
  const { content, shape } = arrays.detected;
  const features = shape.at(-1)!;
  const width = cellsOf(shape);
  const sums = runningMoments(features);
  const fingerprint = takeFingerprint();
  const constants = watchConstants(arrays);
  let missing = 0;
  for await (const { start, rows, x } of arrays.batches({ size: 256 })) {
    constants.add({ start, rows, x });
    fingerprint.addArrays(x);
    for (let i = 0; i < rows; i++) {
      const trains = partOf[start + i] === parts.train;
      for (let k = 0; k < width; k++) {
        const value = x[i * width + k]!;
        if (Number.isNaN(value)) missing++;
        else if (trains) sums.add(k % features, value);
      }
    }
  }
  const scale =
    content === "images"
      ? { mean: new Array(features).fill(0), deviation: new Array(features).fill(255) }
      : {
          mean: Array.from(sums.mean),
          // a feature that never changes is only centred
          deviation: Array.from(sums.deviations(), (deviation) => deviation || 1),
        };
  const notes = [...constants.notes(), ...(arrays.remarks?.() ?? [])];
  return { scale, missing, fingerprint: fingerprint.result(), notes };
}
