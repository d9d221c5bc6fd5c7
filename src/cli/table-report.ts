import { choicesOf } from "../data/columns/choices.ts";
import type { Note } from "../data/terms/notes.ts";
import type { Column, Format, Table } from "../data/terms/table.ts";
import { alikeOf, alikeText } from "./alike.ts";
import type { Context } from "./context.ts";
import { doubtsAnswer, tableDoubts } from "./doubts.ts";
import type { Options } from "./options.ts";

/** Says what a table is, how it was read, and what was noticed, unless that was said before. */
export function sayTable(
  table: Table,
  context: Context,
  notes: Table["notes"] = table.notes,
): void {
  const counts = new Map<string, number>();
  for (const { type } of table.columns) counts.set(type, (counts.get(type) ?? 0) + 1);
  const types = [...counts].map(
    ([type, n]) => `${n} ${context.text(`type.${type as Column["type"]}`)}`,
  );
  context.say(
    context.text("table.line", {
      path: table.path,
      rows: context.count(table.rows),
      columns: table.columns.length,
      types: types.join(", "),
    }),
  );
  context.say(`  ${readLine(table, context)}`);
  const label = table.columns.find(({ role }) => role === "label");
  if (label?.profile.top) context.say(`  ${labelLine(label, table.rows, context)}`);
  for (const [note, ...others] of alikeOf(notes, saidOf)) {
    const alike = others.map((each) => columnOf(each));
    const more = alike.length > 0 ? `; ${alikeText(alike, context)}` : "";
    context.say(`  ${context.words(note)}${more}`);
  }
}

const columnOf = ({ parameters: { column } }: Note): string | null =>
  typeof column === "string" ? column : null;
const saidOf = (note: Note) => ({
  ...{ code: note.code, column: columnOf(note), options: choicesOf(note) },
});

/** How the file was read, as one line. */
function readLine({ detected, columns }: Table, context: Context): string {
  const { format, delimiter, decimal, thousands, encoding, header, dates, missing } = detected;
  const { text } = context;
  const details: string[] = [];
  if (format === "csv") {
    if (delimiter === "\t" || delimiter === "whitespace")
      details.push(text(delimiter === "\t" ? "read.tab" : "read.whitespace"));
    else if (columns.length > 1) details.push(text("read.delimiter", { mark: delimiter }));
    details.push(text(header ? "read.header" : "read.noHeader"), encoding);
    if (columns.some(({ type }) => type === "number")) {
      details.push(text(decimal === "," ? "read.comma" : "read.point"));
      if (thousands !== "none") details.push(text("read.thousands", { mark: thousands }));
    }
  }
  if (dates !== null) details.push(text("read.dates", { order: dates }));
  const marks = missing.map((mark) => (mark === "" ? text("read.empty") : mark));
  if (marks.length > 0) details.push(text("read.missing", { marks: marks.join(", ") }));
  const name = formatNames[format] ?? format.toUpperCase();
  return text("table.read", { format: name, details: details.join(", ") }).replace(/: $/, "");
}

const formatNames: { readonly [name in Format]?: string } = {
  parquet: "Parquet",
  postgres: "PostgreSQL",
};

const shownValues = 8;

function labelLine({ name, profile }: Column, rows: number, context: Context): string {
  const share = (n: number): string => context.percent(n / rows);
  const values = profile
    .top!.slice(0, shownValues)
    .map(([value, n]) => `${value} ${context.count(n)} (${share(n)})`);
  if (profile.distinct > shownValues) values.push("...");
  return context.text("table.label", { column: name, values: values.join(", ") });
}

/** What is told of a table as JSON. */
export function tableAnswer(table: Table, options: Options, context: Context): object {
  const { path, rows, detected, columns, notes } = table;
  return {
    path,
    content: "rows",
    rows,
    detected,
    columns: columns.map((column) => ({ ...column, why: context.words(column.why) })),
    notes: notes.map((note) => context.words(note)),
    doubts: doubtsAnswer(tableDoubts(table, options, context)),
  };
}
