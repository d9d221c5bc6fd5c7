import type { Table } from "../data/table.ts";
import { EspejoError } from "../errors.ts";

/** Labels of a table, each row normal (0), an anomaly (1), or without label (2). */
export interface Labels {
  readonly column: string;
  readonly normal: string;
  readonly classes: Uint8Array;
  readonly normals: number;
  readonly anomalies: number;
  readonly missing: number;
  /** Rows of each value, commonest first. */
  readonly values: readonly (readonly [string, number])[];
}

/**
 * Reads a label column. What is `normal` is a value of it, by default the commonest; every other value is
 * an anomaly. Throws `label_value` when no row has the stated value.
 */
export async function readLabels(table: Table, column: string, normal?: string): Promise<Labels> {
  const codes = new Map<string, number>();
  const counts: number[] = [];
  const rows = new Uint32Array(table.rows);
  for await (const { start, text } of table.batches({
    numeric: [],
    categories: [],
    text: [column],
  }))
    text[0]!.forEach((value, i) => {
      let code = codes.get(value);
      if (code === undefined) {
        code = codes.size;
        codes.set(value, code);
        counts.push(0);
      }
      counts[code]!++;
      rows[start + i] = code;
    });
  const values = [...codes]
    .filter(([value]) => value !== "")
    .map(([value, code]) => [value, counts[code]!] as const)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (values.length === 0) throw new EspejoError("label_empty", { path: table.path, column });
  const chosen = normal === undefined ? values[0]![0] : matching(values, normal);
  if (chosen === undefined)
    throw new EspejoError("label_value", {
      path: table.path,
      column,
      value: normal!,
      values: values
        .slice(0, 8)
        .map(([value]) => `"${value}"`)
        .join(", "),
    });
  const normalCode = codes.get(chosen)!;
  const missingCode = codes.get("");
  const classes = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row++)
    classes[row] = rows[row] === normalCode ? 0 : rows[row] === missingCode ? 2 : 1;
  const normals = counts[normalCode]!;
  const missing = missingCode === undefined ? 0 : counts[missingCode]!;
  return {
    column,
    normal: chosen,
    classes,
    normals,
    anomalies: table.rows - normals - missing,
    missing,
    values,
  };
}

/** The value as stated, or one that is the same number. */
function matching(
  values: readonly (readonly [string, number])[],
  stated: string,
): string | undefined {
  const same = values.find(([value]) => value === stated.trim());
  if (same) return same[0];
  const number = Number(stated);
  return values.find(([value]) => Number(value) === number)?.[0];
}
