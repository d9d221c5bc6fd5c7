import { type FileHandle, open } from "node:fs/promises";
import type { Workspace } from "../files/workspace.ts";

/** What a cell holds; numbers are those that the format knows as such. */
export type Held = "nothing" | "number" | "date" | "text" | "other";

/** Cells from row `top` to `bottom` and column `left` to `right`, all inclusive from 0, that are shown as one. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A row of a sheet: its fields, texts in quotes, and what they hold. */
export interface SheetRow {
  readonly fields: readonly string[];
  readonly held: readonly Held[];
  /** What a person sees in cells of which that is not the field, in early rows. */
  readonly shown: ReadonlyMap<number, string> | undefined;
}

/** The cells of a column, by what they hold. */
export interface ColumnCells {
  numbers: number;
  dates: number;
  /** Texts that look like a number with a mark in it: "1.234,5". */
  marked: number;
  /** Rows whose cell is neither nothing nor a number: the first ones, and how many there are. */
  readonly others: number[];
  otherCount: number;
}

/** A row with one filled cell. */
export interface LoneRow {
  readonly row: number;
  readonly column: number;
  readonly held: Held;
  readonly text: string;
}

/** The rows of a sheet, a line each, from the first column to the last that has something in it. */
export interface SheetRows {
  readonly path: string;
  /** Row by row: cells with something in them; the first column (from 0) and the one after the last. */
  readonly filled: readonly number[];
  readonly first: readonly number[];
  readonly end: readonly number[];
  readonly top: readonly SheetRow[];
  readonly columns: readonly ColumnCells[];
  /** The rows with one filled cell that end the sheet. */
  readonly lone: readonly LoneRow[];
  readonly merged: readonly Area[];
  /** Cells that hold an error of a formula, such as #N/A. */
  readonly errors: number;
  /** Formulas whose value is not stored, and the first cell that holds one. */
  readonly formulas: { readonly count: number; readonly cell: string };
  /** Rows and columns that are not shown, with cells in them or not. */
  readonly hidden: number;
}

/** Rows that are kept as they are, to look for the header in. */
const topRows = 60;
const mostOthers = 40;
const mostLone = 5000;

const nothing: SheetRow = { fields: [], held: [], shown: undefined };

/** Writes rows as lines, comma between the fields, and keeps what tells where a table begins and ends. */
export class SheetLines {
  readonly #workspace: Workspace;
  #file: FileHandle | undefined;
  #path = "";
  #held = "";
  readonly #filled: number[] = [];
  readonly #first: number[] = [];
  readonly #end: number[] = [];
  readonly #top: SheetRow[] = [];
  readonly #columns: ColumnCells[] = [];
  #lone: LoneRow[] = [];
  readonly #merged: Area[] = [];
  #errors = 0;
  #formulas = 0;
  #formulaCell = "";
  #hidden = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Rows so far, blank ones included. */
  get rows(): number {
    return this.#filled.length;
  }

  /** Whether the row to come is kept as it is. */
  get early(): boolean {
    return this.rows < topRows;
  }

  blank(): void {
    this.#filled.push(0);
    this.#first.push(0);
    this.#end.push(0);
    if (this.#top.length < topRows) this.#top.push(nothing);
    this.#held += "\n";
  }

  add({ fields, held, shown }: SheetRow): void {
    let end = fields.length;
    while (end > 0 && !fields[end - 1]) end--;
    if (end === 0) {
      this.blank();
      return;
    }
    const row = this.rows;
    const line = Array.from({ length: end }, (_, i) => fields[i] ?? "");
    let filled = 0;
    let first = end;
    for (let i = 0; i < end; i++) {
      if (line[i] === "") continue;
      filled++;
      if (first === end) first = i;
      this.#count(row, i, held[i]!, line[i]!);
    }
    this.#filled.push(filled);
    this.#first.push(first);
    this.#end.push(end);
    if (this.#top.length < topRows) this.#top.push({ fields: line, held, shown });
    if (filled > 1) this.#lone = [];
    else if (this.#lone.length < mostLone)
      this.#lone.push({ row, column: first, held: held[first]!, text: bareText(line[first]!) });
    this.#held += `${line.join(",")}\n`;
  }

  #count(row: number, column: number, held: Held, field: string): void {
    while (this.#columns.length <= column)
      this.#columns.push({ numbers: 0, dates: 0, marked: 0, others: [], otherCount: 0 });
    const cells = this.#columns[column]!;
    if (held === "number") cells.numbers++;
    else {
      if (held === "date") cells.dates++;
      if (held === "text" && markedNumber.test(field)) cells.marked++;
      if (cells.others.length < mostOthers) cells.others.push(row);
      cells.otherCount++;
    }
  }

  merge(area: Area): void {
    this.#merged.push(area);
  }

  error(): void {
    this.#errors++;
  }

  /** A formula without a value, in a row and a column from 0. */
  formula(row: number, column: number): void {
    if (this.#formulas++ === 0) this.#formulaCell = cellName(row, column);
  }

  hide(count: number): void {
    this.#hidden += count;
  }

  /** Puts away what is held, once there is enough of it. */
  async pause(): Promise<void> {
    if (this.#held.length < 1 << 16) return;
    await this.#write();
  }

  async #write(): Promise<void> {
    if (!this.#file) {
      this.#path = await this.#workspace.file(".cells");
      this.#file = await open(this.#path, "w");
    }
    await this.#file.writeFile(this.#held);
    this.#held = "";
  }

  /** Ends the writing, whatever came of it. */
  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async finish(): Promise<SheetRows> {
    await this.#write();
    await this.close();
    return {
      path: this.#path,
      filled: this.#filled,
      first: this.#first,
      end: this.#end,
      top: this.#top,
      columns: this.#columns,
      lone: this.#lone,
      merged: this.#merged,
      errors: this.#errors,
      formulas: { count: this.#formulas, cell: this.#formulaCell },
      hidden: this.#hidden,
    };
  }
}

const markedNumber = /^"[^\p{L}\d]{0,4}\d[\d.,'’\s]*[.,'’][\d.,'’\s]*\D{0,5}"$/u;

/**
 * A number as a field that means the same whatever marks the texts around it are written with: 12.345, which could be
 * taken for 12,345, as 12345e-3.
 */
export function unmarked(field: string): string {
  const match = /^(-?)(\d*)\.(\d+)(?:[eE]([+-]?\d+))?$/.exec(field);
  if (!match) return field;
  const [, sign, whole, fraction, power = "0"] = match as unknown as [
    string,
    string,
    string,
    string,
    string?,
  ];
  const digits = (whole + fraction).replace(/^0+(?=\d)/, "");
  return `${sign}${digits}e${Number(power) - fraction.length}`;
}

/** A text as a field: in quotes, on one line, "" for nothing. */
export function textField(text: string): string {
  // A line of the file is a row of the sheet.
  const clean = text.replace(/[\r\n\0]+/g, " ").trim();
  return clean === "" ? "" : `"${clean.replaceAll('"', '""')}"`;
}

/** What a field says. */
export const bareText = (field: string): string =>
  field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;

/** The fields of a line. */
export function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const fields: string[] = [];
  for (let at = 0; at <= line.length; ) {
    let end = at;
    if (line[at] === '"') {
      for (end = at + 1; end < line.length; end++) {
        if (line[end] !== '"') continue;
        if (line[end + 1] !== '"') break;
        end++;
      }
    }
    const comma = line.indexOf(",", end);
    const stop = comma < 0 ? line.length : comma;
    fields.push(line.slice(at, stop));
    at = stop + 1;
  }
  return fields;
}

/** A cell as spreadsheets call it: C3. */
export function cellName(row: number, column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}
