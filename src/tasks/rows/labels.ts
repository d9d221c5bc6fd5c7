import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { z } from "../../schema.ts";

/** The value of a label that is normal, or several. */
export type Normal = string | readonly string[];

/** `Normal`, as it comes from a caller. */
export const normalPart: z.ZodMiniType = z.union([
  z.string(),
  z.array(z.string()).check(z.minLength(1)),
]);

/** Labels of a table, each row normal (0), an anomaly (1), or without label (2). */
export interface Labels {
  readonly column: string;
  /** The values that are normal, as they are told. */
  readonly normal: string;
  readonly normalValues: readonly string[];
  readonly classes: Uint8Array;
  readonly normals: number;
  readonly anomalies: number;
  readonly missing: number;
  /** Rows of each value, commonest first. */
  readonly values: readonly (readonly [string, number])[];
  /** No column says so but marks of a person: rows without one are presumed normal. */
  readonly byMarks?: true;
}

/** How many rows have which label, without saying which rows they are. */
export type LabelCounts = Omit<Labels, "classes" | "byMarks">;

/** What may be so of labels. */
interface LabelOptions {
  /** No row at all need have the normal value: then every one with a label is an anomaly. */
  readonly maybeAbsent?: boolean;
}

/** Reads a label column of a table, as `labelsOf` does. */
export async function readLabels(
  table: Table,
  column: string,
  normal?: Normal,
  options: LabelOptions = {},
): Promise<Labels> {
  const counter = new LabelCounter(table.rows);
  for await (const { text } of table.batches({ numeric: [], categories: [], text: [column] }))
    for (const value of text[0]!) counter.add(value);
  return counter.labels(table.path, column, normal, options);
}

/** The cells of a column as written and trimmed, row by row. */
export async function columnText(table: Table, column: string): Promise<readonly string[]> {
  const values: string[] = [];
  for await (const { text } of table.batches({ numeric: [], categories: [], text: [column] }))
    for (const value of text[0]!) values.push(value);
  return values;
}

/**
 * Labels from their values, "" where there is none. What is `normal` is one of them, or several, by default the
 * commonest; every other value is an anomaly. "" states that empty cells are normal. Throws `label_empty` where no row has a value, `label_value`
 * when none has a stated one.
 */
export function labelsOf(
  path: string,
  column: string,
  values: readonly string[],
  normal?: Normal,
  options: LabelOptions = {},
): Labels {
  const counter = new LabelCounter(values.length);
  for (const value of values) counter.add(value);
  return counter.labels(path, column, normal, options);
}

/** How often each class occurs, commonest first. */
export function countsOf(labels: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** Counts the values of rows in order, and keeps a number for each. */
class LabelCounter {
  readonly #codes = new Map<string, number>();
  readonly #counts: number[] = [];
  readonly #rows: Uint32Array;
  #next = 0;

  constructor(rows: number) {
    this.#rows = new Uint32Array(rows);
  }

  add(value: string): void {
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(value, code);
      this.#counts.push(0);
    }
    this.#counts[code]!++;
    this.#rows[this.#next++] = code;
  }

  labels(path: string, column: string, normal: Normal | undefined, options: LabelOptions): Labels {
    const counts = new Map(
      [...this.#codes].map(([value, code]) => [value, this.#counts[code]!] as const),
    );
    const told = labelCounts(path, column, counts, normal, options);
    const emptyIsNormal = told.normalValues.includes("");
    const normalCodes = new Set(told.normalValues.map((value) => this.#codes.get(value)));
    const missingCode = emptyIsNormal ? undefined : this.#codes.get("");
    const classes = new Uint8Array(this.#rows.length);
    for (let row = 0; row < classes.length; row++) {
      const code = this.#rows[row];
      if (!normalCodes.has(code)) classes[row] = code === missingCode ? 2 : 1;
    }
    return { ...told, classes };
  }
}

/** What labels are, from how often each value is there, "" for none. Throws as `labelsOf`. */
export function labelCounts(
  path: string,
  column: string,
  counts: ReadonlyMap<string, number>,
  normal?: Normal,
  { maybeAbsent = false }: LabelOptions = {},
): LabelCounts {
  const stated = normal === undefined ? [] : [normal].flat();
  const emptyIsNormal = stated.includes("");
  const values = [...counts]
    .filter(([value]) => value !== "" || emptyIsNormal)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (values.length === 0) throw new EspejoError("label_empty", { path, column });
  const chosen =
    stated.length === 0
      ? [values[0]![0]]
      : stated.map((value) => {
          const found = matching(values, value) ?? (maybeAbsent ? value : undefined);
          if (found !== undefined) return found;
          throw new EspejoError("label_value", {
            ...{ path, column, value },
            values: values
              .slice(0, 8)
              .map(([known]) => `"${known}"`)
              .join(", "),
          });
        });
  const rows = [...counts.values()].reduce((a, b) => a + b, 0);
  const normals = [...new Set(chosen)].reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
  const missing = emptyIsNormal ? 0 : (counts.get("") ?? 0);
  return {
    ...{ column, normal: chosen.join(", "), normalValues: chosen },
    ...{ normals, anomalies: rows - normals - missing, missing, values },
  };
}

/** The value as stated, or one that is the same number. */
function matching(
  values: readonly (readonly [string, number])[],
  stated: string,
): string | undefined {
  const same = values.find(([value]) => value === stated.trim());
  if (same) return same[0];
  const number = stated.trim() === "" ? Number.NaN : Number(stated);
  return values.find(([value]) => Number(value) === number)?.[0];
}

/** What a model file keeps of a label column: the normal value, or the list of several; null where there is none. */
export const labelRecord = (labels: Pick<Labels, "column" | "normalValues" | "byMarks"> | null) => {
  if (!labels || labels.byMarks) return null;
  const { column, normalValues } = labels;
  return { column, normal: normalValues.length === 1 ? normalValues[0]! : normalValues };
};
