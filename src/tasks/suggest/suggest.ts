import type { Arrays } from "../../data/terms/arrays.ts";
import type { LikelyLabel, TableShape } from "../../data/terms/shape.ts";
import type { Table } from "../../data/terms/table.ts";
import type { Invocation, InvocationOptions } from "../../invocation/invocation.ts";
import { windowFor } from "./window.ts";

/** What a person may do with a table, the likeliest first. */
export interface Suggestion {
  readonly invocation: Invocation;
  /** What is looked at: rows, stretches of a series or of each key, or what few numbers tell of many columns. */
  readonly about: "rows" | "stretches" | "columns";
  /** The label that the call names without having been told; its shares are worth saying. */
  readonly label?: LikelyLabel;
}

/** A table of so many columns, and more than a fifth of its rows, is reduced before anything else. */
const manyColumns = 10;

type Looked = Pick<Table, "path" | "rows" | "columns"> & { readonly shape?: TableShape };

/** What may come next for a table that was opened with options, by what it is and what a person came for. */
export function suggestionsFor(
  table: Looked,
  given: InvocationOptions = {},
): readonly [Suggestion, ...Suggestion[]] {
  const { path, rows, columns, shape } = table;
  const features = columns.filter(({ role }) => role === "feature").length;
  const label = given.label === undefined ? shape?.labels[0] : undefined;
  const named = label && { label: label.column, ...normalOf(label) };
  const told = { ...named, ...given };
  const logs = shape?.tails.filter((name) => name !== told.label) ?? [];
  const log = logs.length > 0 ? { log: logs } : {};
  const found = label && { label };
  const call = (verb: Invocation["verb"], options: InvocationOptions): Invocation => ({
    ...{ verb, data: path, options },
  });
  if (features >= manyColumns && features > rows / 5) {
    const { normal: _, ...plain } = told as { readonly normal?: unknown };
    const options = { ...plain, ...log, output: "codes.csv" };
    return [{ invocation: call("reduce", options), about: "columns", ...found }];
  }
  const window = windowFor(table);
  const stretched = (options: InvocationOptions, output: string): Invocation =>
    call("detect", { ...options, time: shape!.time!, window, output });
  if (window !== null && shape!.kind === "series") {
    const [group] = shape!.key;
    const options = group === undefined ? told : { ...told, group };
    return [{ invocation: stretched(options, "ranked.csv"), about: "stretches", ...found }];
  }
  const ofRows: Suggestion = {
    invocation: call("detect", { ...told, ...log, output: "ranked.csv" }),
    ...{ about: "rows", ...found },
  };
  const [group, ...more] = shape?.key ?? [];
  if (window === null || group === undefined || more.length > 0) return [ofRows];
  const ofEach = stretched({ ...given, group }, "stretches.csv");
  const stretches: Suggestion = { invocation: ofEach, about: "stretches" };
  // of a single number rows by themselves tell no more than which are large
  return features === 1 ? [stretches] : [ofRows, stretches];
}

/** Which values are normal; the commonest is so unless something is said. */
const normalOf = ({ normal, values }: LikelyLabel): InvocationOptions =>
  normal.length === 1 && normal[0] === values[0]?.[0] ? {} : { normal };

/** Words for classes of which nothing is wrong. */
const good = /^(good|ok|normal|healthy|clean|bueno|buena|correct[oa]|san[oa])$/i;

/** What may come next for images or sequences: what is odd among them where a class says so, or where they are windows. */
export function suggestionFor(
  { path, labels, detected }: Pick<Arrays, "path" | "labels" | "detected">,
  given: InvocationOptions = {},
): Invocation {
  const normal = labels?.find((each) => good.test(each));
  const detects = detected.content === "sequences" || normal !== undefined;
  return detects
    ? {
        ...{ verb: "detect", data: path, arrays: true },
        options: { ...(normal !== undefined && { normal }), ...given, output: "ranked.csv" },
      }
    : {
        ...{ verb: "train", data: path, arrays: true },
        options: { ...given, kind: "convolutional", output: "model.onnx" },
      };
}
