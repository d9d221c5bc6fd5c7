import type { OutputBatch, OutputColumn } from "../terms/output.ts";

/** The parts of a text format. */
export interface RowFormatter {
  readonly head: string;
  row(batch: OutputBatch, i: number): string;
  readonly between: string;
  readonly foot: string;
}

export function rowFormatter(
  format: "csv" | "json" | "ndjson",
  columns: readonly OutputColumn[],
): RowFormatter {
  if (format === "csv") {
    const cells = columns.map(csvCell);
    const row = (batch: OutputBatch, i: number) => {
      let line = "";
      for (let j = 0; j < cells.length; j++) {
        line += (j > 0 ? "," : "") + cells[j]!(batch.columns[j]![i]);
      }
      return `${line}\n`;
    };
    const head = `${columns.map(({ name }) => quoted(name)).join(",")}\n`;
    return { head, row, between: "", foot: "" };
  }
  const cells = columns.map(jsonCell);
  const keys = columns.map(({ name }, j) => `${j > 0 ? "," : ""}${JSON.stringify(name)}:`);
  const object = (batch: OutputBatch, i: number) => {
    let text = "{";
    for (let j = 0; j < cells.length; j++) text += keys[j]! + cells[j]!(batch.columns[j]![i]);
    return `${text}}`;
  };
  return format === "ndjson"
    ? { head: "", row: (batch, i) => `${object(batch, i)}\n`, between: "", foot: "" }
    : { head: "[\n", row: object, between: ",\n", foot: "\n]\n" };
}

type Cell = (value: string | number | boolean | null | undefined) => string;

function csvCell({ type }: OutputColumn): Cell {
  if (type === "text") return (value) => (value == null ? "" : quoted(String(value)));
  if (type === "boolean") return (value) => (value == null ? "" : value ? "true" : "false");
  const digits = type === "float" ? singleDigits : String;
  return (value) => (value == null || Number.isNaN(value) ? "" : digits(Number(value)));
}

function jsonCell({ type }: OutputColumn): Cell {
  if (type === "text") return (value) => (value == null ? "null" : JSON.stringify(String(value)));
  if (type === "boolean") return (value) => (value == null ? "null" : value ? "true" : "false");
  const digits = type === "float" ? singleDigits : String;
  return (value) =>
    value == null || !Number.isFinite(Number(value)) ? "null" : digits(Number(value));
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The fewest digits that give a single-precision number back, or one more. */
function singleDigits(value: number): string {
  const size = Math.abs(value);
  // Rounding is several times faster than toPrecision, and most scores are of this size.
  if (size >= 0.1 && size < 1e5) {
    const scale = size < 1 ? 1e7 : size < 10 ? 1e6 : size < 100 ? 1e5 : size < 1000 ? 1e4 : 1e3;
    for (const by of [scale, scale * 10]) {
      const rounded = Math.round(value * by) / by;
      if (Math.fround(rounded) === value) return String(rounded);
    }
  }
  for (let digits = 7; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}
