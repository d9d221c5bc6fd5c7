import type { Table } from "../../data/terms/table.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import type { TableModel } from "../model/table-model.ts";
import { timesOf } from "../rows/times.ts";
import { timeOfCodes } from "../verdicts/time-of-codes.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { reducerOf } from "./reduce.ts";

/**
 * Says where a latent variable of a model, or an index of one, is mostly the time of the rows of a table; null where
 * none is, and where rows have no time.
 */
export async function mostlyTime(model: TableModel, table: Table): Promise<Verdict | null> {
  checkArguments("mostlyTime", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  const timed = await timesOf(table);
  if (!timed) return null;
  const { data } = await reducerOf(model).encode(table);
  return timeOfCodes(data, model.latentDim, timed);
}
