import type { Values } from "../../engine/engine.ts";
import type { RawRows } from "./raw-rows.ts";

/** Raw rows as the graph of a table takes them: an input without columns is absent. */
export function tableFeeds({ rows, numeric, categories }: RawRows, p: number, q: number): Values {
  return {
    ...(p > 0 && { numeric: { dtype: "float64", shape: [rows, p], data: numeric } as const }),
    ...(q > 0 && { categories: { dtype: "string", shape: [rows, q], data: categories } as const }),
  };
}

/** Raw rows of numbers alone, as a network takes them that was not made here. */
export function plainFeeds({ rows, numeric }: RawRows): Values {
  const shape = [rows, numeric.length / rows];
  return { x: { dtype: "float32", shape, data: Float32Array.from(numeric) } };
}
