import { columnDates } from "../../data/cells/written-dates.ts";
import { rangesOf } from "../../data/columns/ranges.ts";
import { constantImages } from "../../data/pixels/constant-images.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { Column, Table } from "../../data/terms/table.ts";
import { readKerasFile } from "../../tasks/keras/import-keras.ts";
import { ArrayModel } from "../../tasks/model/array-model.ts";
import { type AnyMetadata, isPca, rowsHeld } from "../../tasks/model/metadata.ts";
import { ModelFile } from "../../tasks/model/model-file.ts";
import { TableModel } from "../../tasks/model/table-model.ts";
import { openData } from "../../tasks/opening/open-data.ts";
import { countsOf } from "../../tasks/rows/labels.ts";
import { suggestionFor, suggestionsFor } from "../../tasks/suggest/suggest.ts";
import { alsoGiven, sayNext } from "../calls.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { counted } from "../counted.ts";
import { arraysAnswer, sayArrays } from "../data.ts";
import { sayDoubts } from "../doubts.ts";
import { kerasAnswer, kerasWords } from "../keras-words.ts";
import { type Options, openOptionsOf, readingOptions, roleOptions } from "../options.ts";
import { saySuggestions, suggestionsAnswer } from "../suggestions.ts";
import { sayTable, tableAnswer } from "../table-report.ts";
import { oneLine } from "../text-table.ts";

const inspectOptions = [...roleOptions, ...readingOptions];

export const inspectCommand: CommandRow = {
  name: "inspect",
  argument: { name: "data", about: "argument.inspect" },
  about: "inspect.about",
  examples: ["data.csv", "model.onnx --json", "model.keras", "- < data.csv"],
  options: inspectOptions,
  run: (data, options, context) => {
    if (/\.onnx$/i.test(data)) return inspectModel(data, context);
    if (/\.(keras|h5|hdf5)$/i.test(data)) return inspectKeras(data, context);
    return inspectData(data, options, context);
  },
};

async function inspectKeras(path: string, context: Context): Promise<number> {
  const keras = await readKerasFile(path);
  if (context.json) context.answer({ path, ...kerasAnswer(keras) });
  else {
    kerasWords(keras, path, 1, context).forEach(context.out);
    sayNext(context, { verb: "import", data: path, options: { output: "model.onnx" } });
  }
  return exitCodes.ok;
}

async function inspectData(data: string, options: Options, context: Context): Promise<number> {
  const opened = await openData(data, { ...openOptionsOf(options), exact: true });
  if (opened.arrays) return inspectArrays(opened.arrays, options, context);
  const { table } = opened;
  try {
    const next = suggestionsFor(table, alsoGiven(options, inspectOptions));
    if (context.json)
      context.answer({ ...tableAnswer(table, options, context), next: suggestionsAnswer(next) });
    else describe(table, options, context);
    return exitCodes.ok;
  } finally {
    await table.dispose();
  }
}

async function inspectArrays(arrays: Arrays, options: Options, context: Context): Promise<number> {
  try {
    const looked = { ...arrays, notes: [...arrays.notes, ...(await constantImages(arrays))] };
    if (context.json) {
      context.answer(arraysAnswer(looked, context));
      return exitCodes.ok;
    }
    sayArrays(looked, context);
    for (const [value, n] of countsOf(arrays.labels ?? []))
      context.out(context.text("inspect.class", { value, n: context.count(n) }));
    sayNext(context, suggestionFor(arrays, alsoGiven(options, inspectOptions)));
    return exitCodes.ok;
  } finally {
    await arrays.dispose();
  }
}

const widest = 44;

function describe(table: Table, options: Options, context: Context): void {
  sayTable(table, context, sayDoubts(table, options, context));
  const { text, count } = context;
  const head = (["column", "type", "role", "missing", "distinct", "values", "why"] as const).map(
    (name) => text(`inspect.${name}`),
  );
  const rows = table.columns.map((column) => [
    oneLine(column.name),
    text(`type.${column.type}`),
    text(`role.${column.role}`),
    count(column.profile.missing),
    count(column.profile.distinct),
    oneLine(valuesOf(column, table, context)),
    oneLine(context.words(column.why)),
  ]);
  const widths = head.map((name, i) =>
    Math.min(widest, Math.max(name.length, ...rows.map((row) => row[i]!.length))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => clip(cell, widths[i]!).padEnd(widths[i]!))
      .join("  ")
      .trimEnd();
  context.out(context.paint("bold", line(head)));
  for (const row of rows) context.out(line(row));
  saySuggestions(suggestionsFor(table, alsoGiven(options, inspectOptions)), context);
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
const clip = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

function valuesOf(
  { name, type, profile, why }: Column,
  { detected }: Table,
  { text, count }: Context,
): string {
  const { minimum, maximum, mean, top } = profile;
  if (top)
    return (why.code === "why_ranges" ? inOrderOfRanges(top) : top)
      .slice(0, 4)
      .map(([value, n]) => `${value} (${count(n)})`)
      .join(", ");
  if (minimum === undefined || maximum === undefined) return profile.examples.join(", ");
  const date = columnDates(detected, name);
  const shown = type === "date" ? (days: number) => date(days).slice(0, 10) : short;
  const range = text("inspect.range", { from: shown(minimum), to: shown(maximum) });
  return type === "date" || mean === undefined
    ? range
    : `${range}, ${text("inspect.mean", { mean: short(mean) })}`;
}

/** Categories that are ranges by their numbers, what is none of them at the end. */
function inOrderOfRanges(top: NonNullable<Column["profile"]["top"]>): typeof top {
  const order = rangesOf(top.map(([value]) => value)) ?? [];
  const place = (value: string): number =>
    order.includes(value) ? order.indexOf(value) : order.length;
  return [...top].sort(([a], [b]) => place(a) - place(b));
}

async function inspectModel(path: string, context: Context): Promise<number> {
  const file = await ModelFile.read(path);
  try {
    const { pca: _, golden: __, ...shown } = file.metadata;
    if (context.json) context.answer({ path, ...shown, ...stepsOf(file.metadata) });
    else for (const line of modelLines(file.metadata, context)) context.out(line);
    const model = file.holdsArrays ? new ArrayModel(file) : new TableModel(file);
    const note = await model.checkGolden();
    if (note) context.remark(note);
    return exitCodes.ok;
  } finally {
    await file.dispose();
  }
}

/** What rows of a model consist of. */
function rowsLine(metadata: AnyMetadata, { text }: Context): string {
  if (!("columns" in metadata)) {
    const { content, shape } = metadata.source;
    return text("model.arrays", { content: text(`content.${content}`), sizes: shape.join(" x ") });
  }
  const named = metadata.columns.map(({ name, role, type, unit }) =>
    role === "feature"
      ? `${name} (${text(`type.${type}`)}${unit ? `, ${unit}` : ""})`
      : `${name} (${text(`role.${role}`)})`,
  );
  return text("model.columns", { columns: named.join(", ") });
}

/** What each step of sequences holds, and, where they are cut from longer series, how. */
function stepsOf(metadata: AnyMetadata) {
  if ("columns" in metadata || metadata.source.content !== "sequences") return null;
  const { features, shape, stride } = metadata.source;
  return { features, ...(stride !== null && { window: shape[0]!, stride }) };
}

function stepLines(metadata: AnyMetadata, { text }: Context): readonly string[] {
  const { features, window: steps, stride } = stepsOf(metadata) ?? {};
  return [
    ...(features ? [text("model.features", { features: features.join(", ") })] : []),
    ...(steps && stride ? [text("model.window", { steps, stride })] : []),
  ];
}

function modelLines(metadata: AnyMetadata, context: Context): readonly string[] {
  const { training, threshold, kind } = metadata;
  const { text } = context;
  const held = rowsHeld(metadata);
  const items = itemsOf("columns" in metadata ? null : metadata.source);
  const { score } = training.options;
  const stamps = "stampThreshold" in metadata ? metadata.stampThreshold : undefined;
  const { imported, keras, code, epochs: over = 0 } = training.options;
  const from =
    imported === "keras"
      ? [text("model.imported", { version: String(keras ?? "-"), code: String(code ?? "-") })]
      : [];
  const learnt = imported === undefined || over !== 0;
  return [
    ...from,
    ...(learnt
      ? [
          text("model.kind", {
            kind,
            counted: counted(training.rows.train ?? 0, items, context),
            seed: training.seed,
            epochs: training.epochs,
          }),
          isPca(metadata)
            ? text("model.pca")
            : text("model.loss", {
                best: training.bestEpoch,
                loss: short(training.loss),
                validation: training.validationLoss === null ? "-" : short(training.validationLoss),
              }),
        ]
      : []),
    rowsLine(metadata, context),
    ...stepLines(metadata, context),
    ...(training.label
      ? [
          text("model.label", {
            column: training.label.column,
            normal: [training.label.normal].flat().join(", "),
          }),
        ]
      : []),
    text("model.threshold", { threshold: short(threshold.value), rule: threshold.rule }),
    ...(held > 0 ? [text("detect.banks", { rows: context.count(held) })] : []),
    ...(stamps
      ? [text("threshold.stamps", { threshold: short(stamps.value), rule: stamps.rule })]
      : []),
    ...(score === undefined ? [] : [text("model.score", { score: String(score) })]),
    text("model.versions", {
      espejo: training.versions.espejo ?? "-",
      engine: training.versions.engine ?? "-",
    }),
  ];
}
