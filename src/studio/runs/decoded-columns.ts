import { categoryValues } from "../../tasks/model/category-values.ts";
import type { TableModel } from "../../tasks/model/table-model.ts";
import type { DecodedColumn } from "../api/codes.ts";

/** What the decoder of a model gives: its numbers, then its categories with their values in the order of the logits. */
export function decodedColumns(model: TableModel): readonly DecodedColumn[] {
  const { metadata, numericColumns, categoryColumns } = model;
  const numbers = numericColumns.map(({ name, type, unit }, j): DecodedColumn => {
    const { deciles, minimum, maximum } = metadata.profile.numeric[j]!;
    const most = deciles[2]! - deciles[0]!;
    return {
      ...{ name, kind: type === "date" ? "date" : "number", unit },
      // of most rows all the same, the whole range
      ...{ spread: most > 0 ? most : maximum - minimum, values: [] },
    };
  });
  const categories = categoryColumns.map(
    ({ name, unit }, j): DecodedColumn => ({
      ...{ name, kind: "category", unit, spread: 0, values: categoryValues(model, j) },
    }),
  );
  return [...numbers, ...categories];
}
