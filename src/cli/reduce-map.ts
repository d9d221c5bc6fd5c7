import type { OutputBatch } from "../data/terms/output.ts";
import { outputFormat, writeRows } from "../data/write/write.ts";
import type { ArrayModel } from "../tasks/model/array-model.ts";
import type { TableModel } from "../tasks/model/table-model.ts";
import { latentMap } from "../tasks/reduce/latent-map.ts";
import type { Reported } from "../tasks/report/gather.ts";
import { drawMap, type Report, saveFigure } from "../tasks/report/report.ts";
import { type CodeBatch, textColumns } from "./commands/encode.ts";
import type { Context } from "./context.ts";
import type { Options } from "./options.ts";
import { excelOf } from "./output.ts";

/** What a map is made from. */
export interface Mapped {
  readonly model: TableModel | ArrayModel;
  /** The same with its data, for figures; a label is there a column like any other. */
  readonly reported: Reported;
  /** The column with the class, of tables. */
  readonly label?: string | undefined;
  /** Names of the text columns that tell which row is which. */
  readonly names: readonly string[];
  /** The place of the class among them, or -1. */
  readonly classAt: number;
  readonly codes: () => AsyncIterable<CodeBatch>;
}

/** Whether a file is to be a picture. */
export const isPicture = (path: unknown): boolean =>
  typeof path === "string" && /\.(svg|png)$/i.test(path);

/** What colours the map: a column that was asked for, else the label. */
export function colorOf({ label }: Pick<Mapped, "label">, options: Options): { color?: string } {
  const color = (options.color as string | undefined) ?? label;
  return color === undefined ? {} : { color };
}

/** Draws the map of the codes, or takes it from a report that was made, and says what it shows. */
export async function drawMapFile(
  path: string,
  mapped: Mapped,
  options: Options,
  report: Report | null,
  context: Context,
): Promise<void> {
  const figure =
    report?.figures.find(({ name }) => name === "map") ??
    (await drawMap(mapped.reported, { language: context.language, ...colorOf(mapped, options) }));
  await saveFigure(figure!, path);
  context.say(context.text("reduce.mapDrawn", { path, reading: figure!.reading }));
}

/** Writes two coordinates of each row beside what tells which it is. */
export async function writeMap(
  path: string,
  mapped: Mapped,
  options: Options,
  context: Context,
): Promise<void> {
  const { names, classAt, codes, model } = mapped;
  const text: string[][] = names.map(() => []);
  const values: number[] = [];
  for await (const batch of codes()) {
    for (const [j, column] of batch.text.entries()) for (const cell of column) text[j]!.push(cell);
    for (const code of batch.codes) values.push(code);
  }
  const rows = values.length / model.latentDim;
  const matrix = { data: Float32Array.from(values), shape: [rows, model.latentDim] };
  const { x, y, axes, shares } = latentMap(matrix, { colour: text[classAt] ?? null });
  const points: OutputBatch = { rows, columns: [...text, x, y] };
  const columns = [
    ...textColumns(names),
    { name: "x", type: "float" } as const,
    { name: "y", type: "float" } as const,
  ];
  await writeRows(path, outputFormat(path)!, columns, [points], { excel: excelOf(options) });
  context.say(
    context.text("reduce.mapLine", {
      rows: context.count(rows),
      axes: context.text(axes === "latent" ? "reduce.mapLatent" : "reduce.mapComponents"),
      share: (100 * (shares[0] + shares[1])).toFixed(1),
      path,
    }),
  );
}
