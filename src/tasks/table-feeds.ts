import type { Values } from "../engine/engine.ts";
import type { RawRows } from "./raw-rows.ts";

/** Raw rows as the graph of a table takes them: an input without columns is absent. */
export function tableFeeds({ rows, numeric, categories }: RawRows, p: number, q: number): Values {
  return {
    ...(p > 0 && { numeric: { dtype: "float64", shape: [rows, p], data: numeric } as const }),
    ...(q > 0 && { categories: { dtype: "string", shape: [rows, q], data: categories } as const }),
  };
}
