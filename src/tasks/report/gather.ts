import type { Words } from "../../charts/words.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { Table } from "../../data/terms/table.ts";
import { tellingOf } from "../../error-items.ts";
import { EspejoError } from "../../errors.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { TableModel } from "../model/table-model.ts";
import type { OpenedData } from "../opening/open-data.ts";
import type { Findings } from "./findings.ts";
import { arrayTint, gatherArrays } from "./gather-arrays.ts";
import { gatherTable, tableTint } from "./gather-table.ts";
import type { ReportOptions } from "./options.ts";

/** What a report is made from: data that are open, with a model for them. */
export type Reported =
  | { readonly table: Table; readonly model: TableModel }
  | { readonly arrays: Arrays; readonly model: ArrayModel };

/** What two passes over the data find. Throws `report_empty` where there are no rows. */
export async function gather(
  source: Reported,
  options: ReportOptions,
  words: Words,
): Promise<Findings> {
  const { path, rows } = "table" in source ? source.table : source.arrays;
  const items = "table" in source ? "rows" : itemsOf(source.arrays.detected);
  return tellingOf(items, async () => {
    if (rows === 0) throw new EspejoError("report_empty", { path });
    return "table" in source
      ? gatherTable(source.table, source.model, options, words)
      : gatherArrays(source.arrays, source.model, options, words);
  });
}

/** Throws `column_unknown` where the data have nothing of this name to colour a map by. */
export function checkColor({ table, arrays }: OpenedData, color: string | undefined): void {
  if (table) tableTint(table, null, color);
  else arrayTint(arrays, color);
}
