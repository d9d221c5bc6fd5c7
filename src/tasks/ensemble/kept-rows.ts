import type { Table } from "../../data/terms/table.ts";
import type { EngineChoice } from "../../engine/engine.ts";
import type { Preparation } from "../../preparation/plan.ts";
import { random } from "../../random.ts";
import { type Features, preparer, request } from "../lesson/prepared.ts";
import { dealer } from "../rows/split.ts";

/** Prepared rows: x [rows, width] and mask [rows, source columns]. */
export interface KeptRows {
  readonly rows: number;
  readonly x: Float32Array;
  readonly mask: Float32Array;
  /** Places among them of rows that are known to be normal. */
  readonly sure: readonly number[];
}

/** Of the rows that are kept those at most that are known to be normal. */
const mostSure = 0.25;

/**
 * Draws `most` of the rows for which `among` holds, or takes all if they are fewer, and prepares them. Those that a person
 * called normal (`sure`, in order, all of them `among`) are kept in any case, up to a quarter.
 */
export async function keepRows(
  table: Table,
  features: Features,
  preparation: Preparation,
  among: (row: number) => boolean,
  {
    most,
    available,
    sure = [],
    seed,
    engine,
  }: {
    readonly most: number;
    readonly available: number;
    readonly sure?: readonly number[];
    readonly seed: number;
    readonly engine?: EngineChoice | undefined;
  },
): Promise<KeptRows> {
  const rows = Math.min(most, available);
  const p = features.numeric.length;
  const q = features.categories.length;
  const numeric = new Float64Array(rows * p);
  const categories: string[] = [];
  const stay = new Set(sure.slice(0, Math.floor(rows * mostSure)));
  const deal = dealer([rows - stay.size, available - rows], random(seed, 8));
  const places: number[] = [];
  let next = 0;
  for await (const batch of table.batches(request(features)))
    for (let i = 0; i < batch.rows; i++) {
      const row = batch.start + i;
      if (stay.has(row)) places.push(next);
      else if (!among(row) || deal() === 1) continue;
      numeric.set(batch.numeric.subarray(i * p, (i + 1) * p), next++ * p);
      for (let j = 0; j < q; j++) categories.push(batch.categories[i * q + j]!);
    }
  const prepare = await preparer(features, preparation, { engine, threads: 1 });
  try {
    const raw = { start: 0, rows, numeric, categories, text: [] };
    return { rows, sure: places, ...(await prepare.run(raw)) };
  } finally {
    await prepare.dispose();
  }
}
