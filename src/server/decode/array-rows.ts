import type { Cells } from "../../data/terms/arrays.ts";
import { EspejoError, phrase } from "../../errors.ts";
import { shown } from "../../schema.ts";
import type { ArrayFacts } from "../models/served.ts";
import type { ArrayRows } from "../rows.ts";
import { checkRows } from "./record-columns.ts";

/**
 * Images or sequences from numbers in lists, nested by the sizes of a row, or flat. Null is a missing step of a sequence.
 * Throws `request_invalid` with the place of what is wrong.
 */
export function nestedRows(
  { shape, precision, content }: ArrayFacts,
  instances: readonly unknown[],
  { place, maxRows }: { readonly place: string; readonly maxRows: number },
): ArrayRows {
  const rows = instances.length;
  checkRows(rows, maxRows);
  const width = shape.reduce((n, size) => n * size, 1);
  const x: Cells =
    precision === "float64" ? new Float64Array(rows * width) : new Float32Array(rows * width);
  const wanted = phrase(content === "sequences" ? "number_or_null" : "one_number", {});
  let at = 0;
  const put = (value: unknown, where: () => string): void => {
    const missing = value === null && content === "sequences";
    if (!missing && !(typeof value === "number" && Number.isFinite(value)))
      throw new EspejoError("request_invalid", { place: where(), wanted, got: shown(value) });
    x[at++] = missing ? Number.NaN : (value as number);
  };
  const wantedList = (level: number) =>
    content === "images" && level === 0 ? "list_or_image" : "list_of";
  const walk = (value: unknown, level: number, where: string): void => {
    const size = shape[level];
    if (size === undefined) {
      put(value, () => where);
      return;
    }
    if (!Array.isArray(value) || value.length !== size)
      throw new EspejoError("request_invalid", {
        ...{ place: where, wanted: phrase(wantedList(level), { size }), got: shown(value) },
      });
    if (level === shape.length - 1) {
      for (let i = 0; i < size; i++) put(value[i], () => `${where}[${i}]`);
      return;
    }
    for (let i = 0; i < size; i++) walk(value[i], level + 1, `${where}[${i}]`);
  };
  instances.forEach((row, i) => {
    const where = `${place}[${i}]`;
    if (Array.isArray(row) && row.length === width && !Array.isArray(row[0]))
      for (let k = 0; k < width; k++) put(row[k], () => `${where}[${k}]`);
    else walk(row, 0, where);
  });
  return { rows, x };
}
