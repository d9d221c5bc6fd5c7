import type { Readable } from "node:stream";
import type { Workspace } from "../files/workspace.ts";
import { type Held, SheetLines, type SheetRows, textField } from "./sheet-lines.ts";
import { readXml } from "./sheet-xml.ts";

/** A sheet of an OpenDocument workbook. */
export interface OdsSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: SheetRows;
}

const mostRows = 1_048_576;
const mostColumns = 16_384;
/** Cells that may stand for others by repetition: more are no table, and could fill a disk. */
const mostRepeated = 50_000_000;

type Attributes = Readonly<Record<string, string>>;

/** A cell as it is read. */
interface Cell {
  readonly covered: boolean;
  readonly attributes: Attributes;
  readonly column: number;
  text: string;
  paragraphs: number;
}

/** Reads all sheets of the content of a workbook (OpenDocument 1.3, part 3, 9 and 19.385). */
export async function odsSheets(content: Readable, workspace: Workspace): Promise<OdsSheet[]> {
  const sheets: { name: string; hidden: boolean; lines: SheetLines }[] = [];
  const hiddenStyles = new Set<string>();
  /** Styles of durations, which go beyond a day, and of the cells that have one. */
  const durations = new Set<string>();
  let style = "";
  let lines: SheetLines | undefined;
  // Tables inside of cells, shapes and remarks are no part of the sheet.
  let within = 0;
  let fields: string[] = [];
  let held: Held[] = [];
  let shown: Map<number, string> | undefined;
  let column = 0;
  let rowRepeat = 1;
  let blanks = 0;
  let cell: Cell | undefined;
  let paragraph = false;
  let repeated = 0;
  /** Styles of cells that do not say theirs, by column: the column after the last that has it. */
  let columnStyles: { readonly end: number; readonly style: string }[] = [];

  const put = ({ covered, attributes, text, column: at }: Cell): void => {
    const repeat = bounded(attributes["table:number-columns-repeated"], mostColumns);
    const { field, holds } = covered
      ? { field: "", holds: "nothing" as const }
      : read(attributes, text, at);
    column = at + repeat;
    if (field === "") return;
    if (column > mostColumns) throw new Error("its columns are out of bounds");
    const across = bounded(attributes["table:number-columns-spanned"], mostColumns);
    const down = bounded(attributes["table:number-rows-spanned"], mostRows);
    if (across > 1 || down > 1) {
      const row = lines!.rows + blanks;
      lines!.merge({ top: row, left: at, bottom: row + down - 1, right: at + across - 1 });
    }
    for (let i = at; i < column; i++) {
      fields[i] = field;
      held[i] = holds;
      if (holds !== "text" && lines!.early && text !== "") {
        shown ??= new Map();
        shown.set(i, text);
      }
    }
    repeated += repeat - 1;
  };

  const read = (
    attributes: Attributes,
    text: string,
    at: number,
  ): { field: string; holds: Held } => {
    const nothing = { field: "", holds: "nothing" } as const;
    const type = attributes["office:value-type"] ?? attributes["calcext:value-type"];
    const formula = attributes["table:formula"] !== undefined;
    const words = attributes["office:string-value"] ?? text;
    if (
      attributes["calcext:value-type"] === "error" ||
      (formula && /^(#.+|Err:\d+)$/.test(words))
    ) {
      lines!.error();
      return nothing;
    }
    if (type === undefined && formula && text === "") lines!.formula(lines!.rows + blanks, at);
    if (type === "float" || type === "percentage" || type === "currency") {
      const value = attributes["office:value"] ?? "";
      return value === "" ? nothing : { field: value, holds: "number" };
    }
    if (type === "boolean") {
      const yes = attributes["office:boolean-value"] === "true";
      return { field: yes ? "TRUE" : "FALSE", holds: "other" };
    }
    if (type === "date") {
      const date = (attributes["office:date-value"] ?? "").replace(/T00:00:00(\.0+)?Z?$/, "");
      return date === "" ? nothing : { field: date.replace("T", " "), holds: "date" };
    }
    if (type === "time") {
      const own = attributes["table:style-name"] ?? columnStyles.find(({ end }) => at < end)?.style;
      return timeField(attributes["office:time-value"] ?? "", durations.has(own ?? ""));
    }
    const field = textField(words);
    return field === "" ? nothing : { field, holds: "text" };
  };

  const finishRow = (): void => {
    const filled = fields.filter((field) => field).length;
    if (filled === 0) {
      // They may be the rest of the sheet, and are none of it then.
      blanks += rowRepeat;
      return;
    }
    repeated += filled * (rowRepeat - 1);
    if (repeated > mostRepeated) throw new Error("its cells are repeated beyond all measure");
    if (lines!.rows + blanks + rowRepeat > mostRows) throw new Error("its rows are out of bounds");
    for (; blanks > 0; blanks--) lines!.blank();
    for (let i = 0; i < rowRepeat; i++) lines!.add({ fields, held, shown });
  };

  const openTag = (tag: string, attributes: Attributes): void => {
    if (tag === "style") style = attributes["style:name"] ?? "";
    else if (tag === "time-style" && attributes["number:truncate-on-overflow"] === "false")
      durations.add(attributes["style:name"] ?? "");
    if (tag === "style" && durations.has(attributes["style:data-style-name"] ?? ""))
      durations.add(style);
    if (tag === "table-properties" && attributes["table:display"] === "false")
      hiddenStyles.add(style);
    if (tag === "table" && lines === undefined) {
      lines = new SheetLines(workspace);
      const hidden = hiddenStyles.has(attributes["table:style-name"] ?? "");
      sheets.push({ name: attributes["table:name"] ?? "", hidden, lines });
      columnStyles = [];
      within = 0;
      blanks = 0;
    } else if (lines !== undefined && apart.has(tag)) within++;
    if (lines === undefined || within > 0) return;
    if (tag === "table-column") {
      const count = bounded(attributes["table:number-columns-repeated"], mostColumns);
      const end = (columnStyles.at(-1)?.end ?? 0) + count;
      columnStyles.push({ end, style: attributes["table:default-cell-style-name"] ?? "" });
      if (isHidden(attributes) && end < mostColumns) lines.hide(count);
    } else if (tag === "table-row") {
      rowRepeat = bounded(attributes["table:number-rows-repeated"], mostRows);
      if (isHidden(attributes) && rowRepeat < mostRows / 2) lines.hide(rowRepeat);
      fields = [];
      held = [];
      shown = undefined;
      column = 0;
    } else if (tag === "table-cell" || tag === "covered-table-cell") {
      const covered = tag === "covered-table-cell";
      cell = { covered, attributes: { ...attributes }, column, text: "", paragraphs: 0 };
    } else if (cell) {
      if (tag === "p") {
        if (cell.paragraphs++ > 0) cell.text += "\n";
        paragraph = true;
      } else if (tag === "s") cell.text += " ".repeat(bounded(attributes["text:c"], 1000));
      else if (tag === "tab" || tag === "line-break") cell.text += " ";
    }
  };

  const closeTag = (tag: string): void => {
    if (lines === undefined) return;
    if (within > 0) {
      if (apart.has(tag)) within--;
      return;
    }
    if (tag === "p") paragraph = false;
    else if (tag === "table-cell" || tag === "covered-table-cell") {
      if (cell) put(cell);
      cell = undefined;
    } else if (tag === "table-row") finishRow();
    else if (tag === "table") lines = undefined;
  };

  try {
    await readXml(content, {
      open: openTag,
      close: closeTag,
      text: (piece) => {
        if (cell && paragraph && within === 0) cell.text += piece;
      },
      pause: async () => {
        for (const sheet of sheets.slice(-2)) await sheet.lines.pause();
      },
    });
    const read: OdsSheet[] = [];
    for (const { name, hidden, lines } of sheets)
      read.push({ name, hidden, rows: await lines.finish() });
    return read;
  } finally {
    for (const sheet of sheets) await sheet.lines.close();
  }
}

/** What may stand in a sheet or a cell and hold texts and tables of its own. */
const apart = new Set(["annotation", "table", "shapes", "frame", "custom-shape", "text-box", "g"]);

const isHidden = (attributes: Attributes): boolean =>
  /^(collapse|filter)$/.test(attributes["table:visibility"] ?? "");

/** How often something is repeated. */
function bounded(value: string | undefined, most: number): number {
  const count = Number(value ?? 1);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, most) : 1;
}

/** A time of the day as hh:mm:ss; a duration, and what goes beyond a day, as a number of days. */
function timeField(value: string, duration: boolean): { field: string; holds: Held } {
  const match = /^(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(value);
  if (!match) return { field: "", holds: "nothing" };
  const [days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0));
  const total = days! * 86_400 + hours! * 3600 + minutes! * 60 + seconds!;
  if (duration || total >= 86_400 || match[1] === "-")
    return { field: `${match[1]}${total / 86_400}`, holds: "number" };
  const text = new Date(Math.round(total * 1000)).toISOString();
  return { field: text.endsWith("000Z") ? text.slice(11, 19) : text.slice(11, 23), holds: "other" };
}
