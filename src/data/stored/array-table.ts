import { EspejoError, phrases } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import type { Database } from "../native/database.ts";
import type { OutputBatch, OutputColumn } from "../terms/output.ts";
import type { Source } from "../terms/source.ts";
import type { OpenOptions } from "../terms/table.ts";
import { parquetSource } from "../typed/typed-source.ts";
import { type ArrayFormat, readArrayFile } from "./array-file.ts";
import { isNumeric } from "./array-types.ts";
import { type StoredArray, shapeText, storedRows, storedTexts, widthOf } from "./stored-array.ts";

/** A .npy or .npz file whose array has rows and columns: column_1, column_2, ... and, where there are labels, y. */
export async function arrayTable(
  path: string,
  file: SourceFile,
  format: ArrayFormat,
  options: OpenOptions,
  database: Database,
  workspace: Workspace,
): Promise<Source> {
  const { array, labels, notes } = await readArrayFile(file, format, options, workspace);
  if (array.shape.length < 1 || array.shape.length > 2 || !isNumeric(array.type)) {
    const shape = shapeText(array.shape);
    throw new EspejoError("array_shape", { path, shape, expected: phrases.table_shape });
  }
  const { writeParquet } = await import("../write/write-parquet.ts");
  const type = columnType(array);
  const columns: OutputColumn[] = Array.from({ length: widthOf(array) }, (_, i) => ({
    name: `column_${i + 1}`,
    type,
  }));
  if (labels)
    columns.push({ name: "y", type: isNumeric(labels.type) ? columnType(labels) : "text" });
  const spool = await workspace.file(".parquet");
  await writeParquet(spool, columns, rowsWithLabels(array, labels));
  const whole = await parquetSource(path, [{ ...file, path: spool }], database);
  // That the labels are a column, its name says.
  const told = notes.filter(({ code }) => code !== "labels_found");
  return { ...whole, detected: { ...whole.detected, format, header: true }, notes: told };
}

const columnType = ({ type }: StoredArray): OutputColumn["type"] =>
  type.kind !== "float" ? "integer" : type.size === 8 ? "double" : "float";

async function* rowsWithLabels(
  array: StoredArray,
  labels: StoredArray | null,
): AsyncGenerator<OutputBatch> {
  const width = widthOf(array);
  const texts = labels && (await storedTexts(labels));
  const size = Math.max(1, Math.min(8192, Math.floor((1 << 20) / width)));
  for await (const { start, rows, values } of storedRows(array, size)) {
    const columns: (Float64Array | string[])[] = Array.from({ length: width }, (_, j) => {
      const column = new Float64Array(rows);
      for (let i = 0; i < rows; i++) column[i] = values[i * width + j]!;
      return column;
    });
    if (texts) columns.push(texts.slice(start, start + rows));
    yield { rows, columns };
  }
}
