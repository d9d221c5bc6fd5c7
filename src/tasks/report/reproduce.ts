import { basename } from "node:path";
import { plainText, type Words } from "../../charts/words.ts";
import { isDatabaseUrl } from "../../data/postgres/postgres.ts";
import type { Invocation, InvocationOptions } from "../../invocation/invocation.ts";
import { placesOf } from "../../invocation/library-options.ts";
import { readingNames } from "../../invocation/reading-names.ts";
import { formatThreshold, parseThreshold } from "../../metrics/threshold.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import { isStated } from "../model/threshold-record.ts";

/** What a file is called in a report: absolute paths tell nobody else anything, and too much of the machine. */
export function shownName(path: string): string {
  if (isDatabaseUrl(path)) return `postgres://…/${path.split(/[?#]/)[0]!.split("/")[3] ?? ""}`;
  const absolute = path.startsWith("/") || path.startsWith("~") || /^[a-z]:[\\/]|^\\\\/i.test(path);
  return absolute ? basename(path.replaceAll("\\", "/")) : path;
}

/** What data are called in a sentence: what came from standard input has no name. */
export const toldName = (path: string, { text }: Words): string =>
  path === "-" ? text("brief.stdin") : plainText(shownName(path));

/** Settings of a network that a model file records, as they are called on the command line. */
const networkSettings = [
  ...["hidden", "latent", "filters", "kernelSize", "down", "up", "cell", "units", "bidirectional"],
  ...["activation", "dropout", "noise", "l1", "l2", "beta", "warmUp", "variance", "prior"],
  ...["penalty", "strength", "rho", "robustLoss", "sigma", "corruption"],
];
/** Of a training. */
const trainingSettings = [
  ...["scaling", "log", "epochs", "batchSize", "learningRate", "optimizer", "clipNorm"],
  ...["patience", "score", "threshold", "split", "seed", "normalOnly", "private", "modelVersion"],
];

/** The calls that make such a model again, as far as the file tells; `reading` is how the data were said to be read. */
export function trainingCalls(
  metadata: AnyMetadata,
  data: string,
  model: string,
  reading: InvocationOptions = {},
): readonly Invocation[] {
  const { threshold } = metadata;
  const { rule, value } = threshold;
  const { threshold: first } = metadata.training.options;
  const again = typeof first === "string" && formatThreshold(parseThreshold(first)) !== rule;
  const chosen: Invocation = isStated(threshold)
    ? { verb: "threshold", data: null, options: { model, threshold: String(value), output: model } }
    : {
        verb: "threshold",
        data: "DATA",
        options: {
          ...{ model, threshold: rule, output: model },
          ...(threshold.parameters.marked !== undefined && { marks: "MARKS" }),
        },
      };
  const train = trainingCall(metadata, data, model, reading);
  return again ? [train, chosen] : [train];
}

function trainingCall(
  metadata: AnyMetadata,
  data: string,
  model: string,
  reading: InvocationOptions,
): Invocation {
  const { architecture, training, kind } = metadata;
  const { keep } = training.options;
  // a time that is stated deals the rows by it, and windows are dealt so by themselves
  const timed =
    "columns" in metadata
      ? metadata.columns.some(({ role }) => role === "time")
      : metadata.source.stride !== null;
  const split = training.options.split?.by ?? (timed ? "random" : undefined);
  const record = { ...training.options, ...architecture, split, seed: training.seed };
  // the networks of an ensemble are its own affair, and what is kept without a training has none to state
  const own = kind === "ensemble" || keep !== undefined ? [] : networkSettings;
  const recorded = [...own, ...trainingSettings].map((name) => [
    name,
    placesOf(name)
      .map((path) => at(record, path))
      .find((value) => value !== undefined && value !== false),
  ]);
  const called = keep === undefined ? { ...(kind !== "basic" && { kind }) } : { keep, alone: true };
  return {
    verb: keep === undefined ? "train" : "detect",
    data,
    options: {
      ...called,
      ...rolesOf(metadata),
      ...Object.fromEntries(recorded.filter(([, value]) => value != null)),
      // their file is not known, but what it must say
      ...(training.marks && { marks: "MARKS" }),
      ...reading,
      ...(keep === undefined ? { output: model } : { save: model }),
    },
    arrays: !("columns" in metadata),
  };
}

/** How a call says that data are read, but for what a model file knows of its columns. */
export const readingOf = ({ options }: Invocation): InvocationOptions =>
  given(Object.fromEntries(readingNames.map((name) => [name, options[name]])));

/** What the columns are for, or how rows were cut out of their source. */
function rolesOf(metadata: AnyMetadata): InvocationOptions {
  const { label } = metadata.training;
  const normal = label ? { normal: label.normal } : {};
  if (!("columns" in metadata)) {
    const { shape, content, format, fit, features, time, group, stride } = metadata.source;
    const cut =
      content === "images"
        ? { ...(format === "folder" && { size: shape.slice(0, 2) }), fit }
        : { window: stride === null ? null : shape[0], stride, features };
    const labelled = stride === null ? null : label?.column;
    return given({ label: labelled, ...normal, ...cut, time, group });
  }
  const named = (role: string): readonly string[] | null => {
    const names = metadata.columns.filter((column) => column.role === role).map(({ name }) => name);
    return names.length > 0 ? names : null;
  };
  return given({
    label: label?.column,
    ...normal,
    ignore: named("ignore"),
    id: named("id"),
    time: named("time")?.[0],
    weight: named("weight")?.[0],
  });
}

/** The options that are said. */
const given = (options: InvocationOptions): InvocationOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value != null));

/** A value deep in plain data, by its path. */
function at(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split("."))
    value =
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[key]
        : undefined;
  return value;
}
