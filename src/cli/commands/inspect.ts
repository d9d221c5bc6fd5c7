import { openTable } from "../../data/open.ts";
import type { Column, Table } from "../../data/table.ts";
import { TableModel } from "../../tasks/table-model.ts";
import { type CommandRow, exitCodes, schemaVersion } from "../command.ts";
import type { Context } from "../context.ts";
import { addReadOptions, names, readOptions } from "../options.ts";
import { count, sayTable } from "../table-report.ts";

export const inspectCommand: CommandRow = {
  name: "inspect",
  arguments: "<data>",
  about: "inspect.about",
  options(add) {
    add("--label <column>", "option.label");
    add("--features <list>", "option.features", names);
    add("--ignore <list>", "option.ignore", names);
    addReadOptions(add);
  },
  async run(data, options, context) {
    if (/\.onnx$/i.test(data)) return inspectModel(data, context);
    const table = await openTable(data, readOptions(options));
    try {
      if (context.json) {
        const { path, rows, detected, columns, notes } = table;
        const said = notes.map((note) => context.note(note));
        const told = columns.map((column) => ({ ...column, why: context.note(column.why) }));
        context.out(
          JSON.stringify({ schemaVersion, path, rows, detected, columns: told, notes: said }),
        );
      } else describe(table, context);
      return exitCodes.ok;
    } finally {
      await table.dispose();
    }
  },
};

function describe(table: Table, context: Context): void {
  sayTable(table, context);
  const head = ["column", "type", "role", "missing", "distinct", "values", "why"];
  const rows = table.columns.map((column) => [
    column.name,
    column.type,
    column.role,
    count(column.profile.missing),
    count(column.profile.distinct),
    valuesOf(column),
    context.note(column.why),
  ]);
  const widths = head.map((_, i) =>
    Math.min(44, Math.max(...[head, ...rows].map((row) => row[i]!.length))),
  );
  for (const row of [head, ...rows])
    context.out(
      row
        .map((cell, i) => clip(cell, widths[i]!).padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    );
  const label = table.columns.find(({ role }) => role === "label")?.name ?? likelyLabel(table);
  const command = `espejo train ${table.path}${label ? ` --label ${label}` : ""} -o model.onnx`;
  context.say(context.text("next.inspect", { command }));
}

/** A column that looks like the class of the rows: by its name, and with few values. */
function likelyLabel(table: Table): string | undefined {
  const name =
    /^(class|label|target|outcome|y|fraud|is_?fraud|anomaly|is_?anomaly|clase|etiqueta|default.*)$/i;
  return table.columns.find(
    (c) => name.test(c.name) && c.profile.distinct >= 2 && c.profile.distinct <= 20,
  )?.name;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
const clip = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

function valuesOf({ type, profile }: Column): string {
  const { minimum, maximum, mean, top } = profile;
  if (type === "date" && minimum !== undefined && maximum !== undefined) {
    const day = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
    return `${day(minimum)} to ${day(maximum)}`;
  }
  if (minimum !== undefined && maximum !== undefined)
    return `${short(minimum)} to ${short(maximum)}${mean === undefined ? "" : `, mean ${short(mean)}`}`;
  if (top)
    return top
      .slice(0, 4)
      .map(([value, n]) => `${value} (${count(n)})`)
      .join(", ");
  return profile.examples.slice(0, 3).join(", ");
}

async function inspectModel(path: string, context: Context): Promise<number> {
  const model = await TableModel.read(path);
  const { metadata } = model;
  const note = await model.checkGolden();
  if (context.json) {
    const { pca: _, golden: __, ...shown } = metadata;
    context.out(JSON.stringify({ schemaVersion, path, ...shown }));
  } else {
    const { training, threshold, columns } = metadata;
    context.out(
      context.text("model.kind", {
        kind: metadata.kind,
        rows: count(training.rows.train ?? 0),
        seed: training.seed,
        epochs: training.epochs,
      }),
    );
    const named = columns.map(({ name, role, type, unit }) =>
      role === "feature" ? `${name} (${type}${unit ? `, ${unit}` : ""})` : `${name} (${role})`,
    );
    context.out(context.text("model.columns", { columns: named.join(", ") }));
    if (training.label) context.out(context.text("model.label", { ...training.label }));
    context.out(
      context.text("model.threshold", {
        threshold: Number(threshold.value.toPrecision(4)),
        rule: threshold.rule,
      }),
    );
  }
  if (note) context.say(`${context.text("warning")}: ${context.note(note)}`);
  await model.dispose();
  return exitCodes.ok;
}
