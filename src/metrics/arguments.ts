import { isNumbers, optionParts } from "../options.ts";
import { z } from "../schema.ts";

const typed = z.custom<unknown>(
  (list) => ArrayBuffer.isView(list) && isNumbers(list),
  "a typed array of numbers",
);
const whole = optionParts.whole;

const labels = z.custom<unknown>(
  (list) =>
    Array.isArray(list)
      ? list.every((label) => /^(number|boolean)$/.test(typeof label))
      : isNumbers(list),
  "a list of labels, 0 and 1 or true and false",
);

/** What figures of arrays take, as it comes from a caller. */
export const parts = {
  numbers: optionParts.numbers,
  labels,
  maybeLabels: z.optional(labels),
  text: z.string(),
  /** Rows side by side. */
  rows: typed,
  columns: whole(1),
  whole: whole(0),
  codes: z.array(z.looseObject({ data: typed, columns: whole(1) })),
  count: whole(1).check(z.maximum(2 ** 24)),
  number: z.number(),
  list: z.custom<unknown>((list) => Array.isArray(list) || ArrayBuffer.isView(list), "a list"),
  hits: z.looseObject({
    truePositives: z.number(),
    falsePositives: z.exactOptional(z.number()),
    falseNegatives: z.exactOptional(z.number()),
  }),
  pca: z.looseObject({ ...{ mean: typed, components: typed, explainedVariance: typed } }),
};
