import { createHash } from "node:crypto";
import { loadEngine } from "#engine";
import type { Table } from "../data/table.ts";
import type { Engine, EngineChoice, LoadOptions, Program } from "../engine/engine.ts";
import { writeProgram } from "../onnx/index.ts";
import { type Preparation, widthOf } from "../preparation/plan.ts";
import {
  type FeatureColumn,
  gatherStatistics,
  type PreparationOptions,
  type TrainingProfile,
} from "../preparation/statistics.ts";
import { parts, type Split } from "./split.ts";
import { preparationSignature } from "./table-graph.ts";

/** The feature columns of a table, as the inputs of a model take them. */
export interface Features {
  readonly numeric: readonly FeatureColumn[];
  readonly categories: readonly FeatureColumn[];
}

/** The features of a table by the role and type of its columns. */
export function featuresOf({ columns }: Pick<Table, "columns">): Features {
  const of = (input: "numeric" | "categories"): FeatureColumn[] =>
    columns
      .filter((column) => column.input === input)
      .map(({ name, type }) => ({ name, date: type === "date" }));
  return { numeric: of("numeric"), categories: of("categories") };
}

const request = ({ numeric, categories }: Features) => ({
  numeric: numeric.map(({ name }) => name),
  categories: categories.map(({ name }) => name),
});

/** Fits the preparation on the rows that train, and takes the fingerprint of their values. */
export async function fitPreparation(
  table: Table,
  features: Features,
  { partOf }: Split,
  options: PreparationOptions,
): Promise<{ preparation: Preparation; profile: TrainingProfile; fingerprint: string }> {
  const statistics = gatherStatistics(features.numeric, features.categories, options);
  const hash = createHash("sha256");
  for await (const batch of table.batches(request(features))) {
    statistics.add(batch, (row) => partOf[row] === parts.train);
    hash.update(
      new Uint8Array(batch.numeric.buffer, batch.numeric.byteOffset, batch.numeric.byteLength),
    );
    hash.update(batch.categories.join("\u001f"));
  }
  return {
    preparation: statistics.preparation(),
    profile: statistics.profile(),
    fingerprint: hash.digest("hex"),
  };
}

/** Prepared rows in memory, in source order. */
export interface Prepared {
  readonly rows: number;
  readonly width: number;
  readonly x: Float32Array;
  /** 1 for observed source columns [rows, columns], or null where none is missing. */
  readonly mask: { readonly data: Float32Array; readonly columns: number } | null;
  /** Those of the rows that judge when to stop. */
  readonly validationRows: Uint32Array;
}

/** Runs the preparation over the rows that train or judge. */
export async function prepareRows(
  table: Table,
  features: Features,
  { partOf, counts }: Split,
  preparation: Preparation,
  { engine: choice, ...load }: LoadOptions & { readonly engine?: EngineChoice | undefined },
): Promise<Prepared> {
  const engine: Engine = await loadEngine(choice);
  const program: Program = await engine.load(writeProgram(preparationSignature(preparation)), load);
  const rows = counts.train + counts.validate;
  const width = widthOf(preparation);
  const columns = features.numeric.length + features.categories.length;
  const x = new Float32Array(rows * width);
  const mask = new Float32Array(rows * columns);
  const judges: number[] = [];
  let at = 0;
  let gaps = false;
  try {
    for await (const { start, rows: count, numeric, categories } of table.batches(
      request(features),
    )) {
      const result = await program.run({
        ...(features.numeric.length > 0 && {
          numeric: { dtype: "float64", shape: [count, features.numeric.length], data: numeric },
        }),
        ...(features.categories.length > 0 && {
          categories: {
            dtype: "string",
            shape: [count, features.categories.length],
            data: categories,
          },
        }),
      } as Parameters<Program["run"]>[0]);
      const prepared = result.prepared!.data as Float32Array;
      const observed = result.mask!.data as Float32Array;
      for (let i = 0; i < count; i++) {
        const part = partOf[start + i];
        if (part !== parts.train && part !== parts.validate) continue;
        if (part === parts.validate) judges.push(at);
        x.set(prepared.subarray(i * width, (i + 1) * width), at * width);
        const own = observed.subarray(i * columns, (i + 1) * columns);
        mask.set(own, at * columns);
        gaps ||= own.includes(0);
        at++;
      }
    }
  } finally {
    await program.dispose();
  }
  return {
    rows,
    width,
    x,
    mask: gaps ? { data: mask, columns } : null,
    validationRows: Uint32Array.from(judges),
  };
}
