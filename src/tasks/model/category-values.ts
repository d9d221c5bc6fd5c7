import { otherCategory, placesOfCategory } from "../../preparation/plan.ts";
import type { TableModel } from "./table-model.ts";

/** The values of a category column that a decoder tells apart, in the order of its logits; the last stands for all others. */
export const categoryValues = (
  { metadata }: Pick<TableModel, "metadata">,
  category: number,
): readonly string[] => [
  ...metadata.profile.categories[category]!.values.slice(0, placesOfCategory),
  otherCategory,
];
