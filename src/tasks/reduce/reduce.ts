import type { Table } from "../../data/terms/table.ts";
import type { Values } from "../../engine/engine.ts";
import { checkArguments } from "../../options.ts";
import type { Matrix } from "../../training/fitted.ts";
import { type DataSource, type JobOptions, withMatchingTable, withTable } from "../lesson/job.ts";
import { argument } from "../model/arguments.ts";
import type { TableModel } from "../model/table-model.ts";
import { train } from "../train/train.ts";

/** A rebuilt row by column name, in the units of the source; dates in days since 1970-01-01. */
export type RebuiltRow = Readonly<Record<string, number | string>>;

/** A trained reduction of dimensions. Holds sessions of the engine until `dispose`. */
export interface Reducer {
  readonly model: TableModel;
  readonly latentDim: number;
  /** Codes [rows, latentDim]. */
  encode(data: DataSource): Promise<Matrix>;
  /** Rows from codes. */
  decode(codes: Matrix): Promise<readonly RebuiltRow[]>;
  /** Rows through the code and back. */
  reconstruct(data: DataSource): Promise<readonly RebuiltRow[]>;
  /** Writes the model file, whole or not at all. Throws `write_failed`. */
  save(path: string): Promise<void>;
  /** Frees the sessions of the engine; a call after it loads anew what it needs. */
  dispose(): Promise<void>;
}

/** From data to a code of few dimensions, learnt from all rows whatever their class. */
export function reduce(data: DataSource, options: JobOptions = {}): Promise<Reducer> {
  return withTable(data, options, async (table) =>
    reducerOf((await train(withoutLabel(table), options)).model),
  );
}

/** A table whose rows all count alike: its label is only a column that is not learnt from. */
export const withoutLabel = (table: Table): Table => ({
  ...table,
  columns: table.columns.map((column) =>
    column.role === "label" ? { ...column, role: "ignore" } : column,
  ),
});

/** A model file as a reduction. */
export function reducerOf(model: TableModel): Reducer {
  checkArguments("reducerOf", { model: [model, argument.tableModel] });
  const { latentDim } = model;
  return {
    model,
    latentDim,
    encode: (data) =>
      withMatchingTable(data, model, async (table) => {
        const codes = new Float32Array(table.rows * latentDim);
        for await (const batch of model.batches(table)) {
          const { latent } = await model.run(["latent"], batch);
          codes.set(latent!.data as Float32Array, batch.start * latentDim);
        }
        return { data: codes, shape: [table.rows, latentDim] };
      }),
    async decode({ data, shape }) {
      const rows = shape[0]!;
      return rebuiltRows(model, rows, await model.decode(data, rows));
    },
    reconstruct: (data) =>
      withMatchingTable(data, model, async (table) => {
        const rows: RebuiltRow[] = [];
        for await (const batch of model.batches(table))
          rows.push(...rebuiltRows(model, batch.rows, await model.explain(batch)));
        return rows;
      }),
    save: (path) => model.save(path),
    dispose: () => model.dispose(),
  };
}

function rebuiltRows(model: TableModel, rows: number, result: Values): readonly RebuiltRow[] {
  const { numericColumns, categoryColumns } = model;
  const numbers = (result.reconstruction?.data ?? []) as Float64Array;
  const texts = (result.reconstruction_categories?.data ?? []) as readonly string[];
  return Array.from({ length: rows }, (_, i) =>
    Object.fromEntries([
      ...numericColumns.map(({ name }, j) => [name, numbers[i * numericColumns.length + j]!]),
      ...categoryColumns.map(({ name }, j) => [name, texts[i * categoryColumns.length + j]!]),
    ]),
  );
}
