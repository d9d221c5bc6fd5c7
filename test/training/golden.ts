import { readFileSync } from "node:fs";
import type { InitializerName } from "../../src/nn/index.ts";
import type { Optimizer } from "../../src/training/optimizers.ts";
import type { Schedule } from "../../src/training/schedules.ts";

/** Numbers of Keras 3; test/golden/training.py makes them. Matrices are lists of rows. */
export interface Golden {
  readonly optimizers: {
    readonly rate: number;
    readonly start: readonly number[];
    readonly gradients: readonly (readonly number[])[];
    readonly runs: readonly {
      readonly name: string;
      readonly options: { readonly optimizer: Optimizer; readonly clipNorm?: number };
      readonly steps: readonly (readonly number[])[];
    }[];
  };
  readonly schedules: {
    readonly rate: number;
    readonly runs: readonly { readonly schedule: Schedule; readonly rates: readonly number[] }[];
  };
  readonly activations: {
    readonly x: readonly number[];
    readonly y: Readonly<Record<string, readonly number[]>>;
  };
  readonly losses: {
    readonly values: Readonly<Record<string, readonly number[]>>;
    readonly entropy: readonly number[];
  } & Readonly<Record<"target" | "output" | "probability" | "classes" | "logits", number[][]>>;
  readonly normalization: {
    readonly gamma: readonly number[];
    readonly beta: readonly number[];
    readonly batches: readonly number[][][];
    readonly trained: readonly {
      readonly y: number[][];
      readonly mean: readonly number[];
      readonly variance: readonly number[];
    }[];
    readonly inferred: number[][];
    readonly layer: number[][];
  };
  readonly initializers: readonly {
    readonly name: InitializerName;
    readonly shape: readonly number[];
    readonly deviation: number;
    readonly extreme: number;
  }[];
}

export const golden: Golden = JSON.parse(
  readFileSync(new URL("../golden/training.json", import.meta.url), "utf8"),
);
