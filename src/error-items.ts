import { type ErrorCode, EspejoError } from "./errors.ts";
import type { Items } from "./language.ts";

/** The errors about rows that may be images, windows or sequences as well; all others tell of rows of tables. */
export const errorsAboutItems: ReadonlySet<ErrorCode> = new Set([
  "too_few_rows",
  "threshold_labels",
  "threshold_anomalies",
  "threshold_rows",
  "threshold_trained",
  "label_value",
  "label_one_class",
  "anomalies_few",
  "generate_rows",
  "score_cells",
  "score_not_finite",
  "arrays_differ",
  "arrays_shape",
  "clean_rows",
  "report_empty",
]);

/** Does work on items that are none of a table's rows: the errors about rows that it throws call them what they are. */
export async function tellingOf<T>(items: Items, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, parameters, phrases } = error as EspejoError;
    const told = error instanceof EspejoError && errorsAboutItems.has(code);
    if (!told || "items" in parameters) throw error;
    throw new EspejoError(code, { ...parameters, ...phrases, items } as never, { cause: error });
  }
}
