import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { range } from "../random.ts";
import { parts, type Split, withCounts } from "../tasks/rows/split.ts";
import type { Scores } from "../tasks/score/scores.ts";
import type { Draft } from "../tasks/train/made-model.ts";
import { base64 } from "./base64.ts";
import type { Connection } from "./connection.ts";
import type { HashDeal } from "./hash-deal.ts";

/** Scores of rows that did not train, as if they were all rows that there are. */
export interface HeldOut {
  readonly scores: Scores;
  readonly split: Split;
  /** 0 normal, 1 an anomaly. */
  readonly classes: Uint8Array;
  /** Whether they are some of very many. */
  readonly sampled: boolean;
}

/** Scores that come here at most: memory does not grow with the rows. */
const mostHeld = 1_000_000;

/** Scores rows that calibrate and test, or those that validate where there are no labels. */
export async function heldOutScores(
  connection: Connection,
  { model, pca }: Draft,
  {
    deal,
    counts,
    scratch,
  }: { readonly deal: HashDeal; readonly counts: Split["counts"]; readonly scratch: string },
): Promise<HeldOut> {
  const labelled = deal.normal !== null;
  const judges = counts.validate > 0 ? "validate" : "train";
  const held = labelled ? [parts.calibrate, parts.test] : [parts[judges]];
  const available = labelled ? counts.calibrate + counts.test : counts[judges];
  const to = join(scratch, "held.bin");
  const share = mostHeld / Math.max(1, available);
  const { rows } = await connection.ask<{ rows: number }>("held", {
    ...{ deal, parts: held, to, share, runtime: connection.versions.runtime },
    model: base64(model.partBytes(pca ? ["score", "prepared"] : ["score"])),
    ...(pca && { pca: { mean: base64(pca.mean), axes: base64(pca.components) } }),
  });
  const bytes = new Uint8Array(await readFile(to));
  const floats = (at: number) => new Float32Array(bytes.buffer, 4 * rows * at, rows);
  const after = 4 * rows * (pca ? 2 : 1);
  return {
    scores: { rows: range(rows), model: floats(0), pca: pca ? floats(1) : null },
    split: withCounts(bytes.slice(after, after + rows)),
    classes: bytes.slice(after + rows),
    sampled: share < 1,
  };
}
