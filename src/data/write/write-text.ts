import type { OutputBatch, OutputColumn } from "../terms/output.ts";

/** The parts of a text format. */
export interface RowFormatter {
  readonly head: string;
  row(batch: OutputBatch, i: number): string;
  readonly between: string;
  readonly foot: string;
}

/** How CSV is written for a spreadsheet of a language: what separates its cells, what stands in its numbers. */
export type Spreadsheet = "es";

/** The mark that tells spreadsheets that a file is UTF-8. */
const byteOrder = "\ufeff";

export function rowFormatter(
  format: "csv" | "json" | "ndjson",
  columns: readonly OutputColumn[],
  excel?: Spreadsheet,
): RowFormatter {
  if (format === "csv") {
    const delimiter = excel ? ";" : ",";
    const cells = columns.map(excel ? spanishCell : csvCell);
    const row = (batch: OutputBatch, i: number) => {
      let line = "";
      for (let j = 0; j < cells.length; j++) {
        line += (j > 0 ? delimiter : "") + cells[j]!(batch.columns[j]![i]);
      }
      return `${line}\n`;
    };
    const names = columns.map(({ name }) => quoted(name, delimiter)).join(delimiter);
    const head = `${excel ? byteOrder : ""}${names}\n`;
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

/** Digits of numbers of a type: all that there are. */
export const numberText = (type: OutputColumn["type"]): ((value: number) => string) =>
  type === "float" ? singleDigits : String;

function csvCell({ type }: OutputColumn): Cell {
  if (type === "text") return (value) => (value == null ? "" : quoted(String(value), ","));
  if (type === "boolean") return (value) => (value == null ? "" : value ? "true" : "false");
  const digits = numberText(type);
  return (value) => (value == null || Number.isNaN(value) ? "" : digits(Number(value)));
}

/** A cell as a spreadsheet in Spanish reads it; numbers that are texts would be dates to it. */
function spanishCell(column: OutputColumn): Cell {
  if (column.type === "boolean")
    return (value) => (value == null ? "" : value ? "VERDADERO" : "FALSO");
  if (column.type !== "text") {
    const plain = csvCell(column);
    return (value) => plain(value).replace(".", ",");
  }
  return (value) => {
    const text = value == null ? "" : String(value);
    return /^-?\d+\.\d+$/.test(text) ? text.replace(".", ",") : quoted(text, ";");
  };
}

function jsonCell({ type }: OutputColumn): Cell {
  if (type === "text") return (value) => (value == null ? "null" : JSON.stringify(String(value)));
  if (type === "boolean") return (value) => (value == null ? "null" : value ? "true" : "false");
  const digits = numberText(type);
  return (value) =>
    value == null || !Number.isFinite(Number(value)) ? "null" : digits(Number(value));
}

function quoted(text: string, delimiter: "," | ";"): string {
  return text.includes(delimiter) || /["\n\r]/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
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
