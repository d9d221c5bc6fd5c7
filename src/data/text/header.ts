import { cellLayout } from "../cells/cell-layouts.ts";
import { dateShape } from "../cells/date-shapes.ts";
import { daysOfCell } from "../cells/dates.ts";
import { isMark } from "../cells/marks.ts";
import { signOf, withoutSign } from "../cells/sign.ts";
import { type Note, note } from "../terms/notes.ts";
import type { TextRecord } from "./records.ts";

const numeric = /^[+-]?[\d.,'’ ]*\d[\d.,]*([eE][+-]?\d+)?$/;

/** What a cell seems to be, as far as a header and its rows are told apart by it. */
export const kindOf = (cell: string): "number" | "date" | "text" =>
  numeric.test(withoutSign(cell, signOf([cell])))
    ? "number"
    : cellLayout(cell, true)
      ? "date"
      : "text";

const isText = (cell: string): boolean => kindOf(cell) === "text" && !isMark(cell);
const cellsOf = (rows: readonly TextRecord[], column: number): string[] =>
  rows.map((row) => row.fields[column] ?? "").filter((cell) => !isMark(cell));

/** Names are texts, each once, and do not look like the cells below them; years and the like may be names too. */
export function isHeader(names: readonly string[], rows: readonly TextRecord[]): boolean {
  const filled = names.filter((name) => name !== "");
  if (filled.length === 0) return false;
  if (filled.some((name) => kindOf(name) !== "text")) return numbersName(names, rows);
  if (rows.length === 0) return new Set(filled).size === filled.length;
  const marks = filled.filter(isMark).length;
  // Texts above cells that are none.
  const typed = names.some((name, i) => {
    if (name === "" || !isText(name)) return false;
    const cells = cellsOf(rows, i).slice(0, 200);
    return cells.filter((cell) => kindOf(cell) !== "text").length > 0.9 * cells.length;
  });
  if (typed) return marks === 0;
  // Texts all over: a row's values come back in other rows, names do not.
  const among = names.some((name, i) => name !== "" && cellsOf(rows, i).includes(name));
  return marks === 0 && !among && new Set(filled).size === filled.length;
}

/** Whether a header has numbers or dates in order among its names, three or more: 2023, 2022, 2021. */
export function numbersAsNames(names: readonly string[]): boolean {
  const counted = names.filter((name) => name !== "" && kindOf(name) !== "text");
  return counted.length >= 3 && inOrder(counted);
}

/** Whether numbers or dates of a first line can be names: they are in order, and the rows below them are not. */
function numbersName(names: readonly string[], rows: readonly TextRecord[]): boolean {
  if (!numbersAsNames(names)) return false;
  const places = names.flatMap((name, i) => (name !== "" && kindOf(name) !== "text" ? [i] : []));
  const others = names.filter((name, i) => name !== "" && !places.includes(i));
  if (others.some(isMark)) return false;
  const below = rows.slice(0, 200).map((row) => places.map((i) => row.fields[i] ?? ""));
  if (below.length === 0) return false;
  if (below.filter(inOrder).length > 0.1 * below.length) return false;
  const first = names[places[0]!]!;
  // Periods, or beside names that are texts, or 0, 1, 2 ... above numbers that are none of them.
  if (isPeriod(first) || kindOf(first) === "date") return true;
  const known = new Set(places.map((i) => Number(names[i])));
  const same = below.flat().filter((cell) => known.has(Number(cell)) && cell !== "").length;
  return same < 0.2 * below.flat().length && /^[01]$/.test(first);
}

const isPeriod = (cell: string): boolean => /^(1[5-9]|2[01])\d\d$/.test(cell);

/** Whether numbers go up or down by the same step, or dates all one way. */
function inOrder(cells: readonly string[]): boolean {
  const plain = cells.every((cell) => /^\d+$/.test(cell));
  if (!plain) {
    const shape = dateShape(cells);
    if (!shape || !("layouts" in shape)) return false;
    const days = cells.map((cell) => daysOfCell(cell, shape, { order: "dmy", zone: null }));
    const ways = days.slice(1).map((day, i) => Math.sign(day - days[i]!));
    return ways.every((way) => way !== 0 && way === ways[0]);
  }
  const steps = cells.slice(1).map((cell, i) => Number(cell) - Number(cells[i]));
  return steps[0] !== 0 && steps.every((step) => step === steps[0]);
}

/**
 * The names of a header whose second line fills gaps of the first: a name above several columns is put before each of
 * theirs. null where the second line is none of a header.
 */
export function joinedBelow(
  upper: readonly string[],
  lower: readonly string[],
  body: readonly (readonly string[])[],
): readonly string[] | null {
  if (body.length === 0 || lower.length < upper.length - 1) return null;
  const cells = upper.map((_, i) => lower[i] ?? "");
  const gaps = upper.filter((name, i) => name === "" && cells[i] !== "").length;
  if (gaps === 0 || !cells.every((cell) => cell === "" || isText(cell))) return null;
  if (!upper.every((name) => name === "" || isText(name) || isPeriod(name))) return null;
  const above = body.slice(0, 200);
  const typed = upper.some((_, i) => {
    const filled = above.map((row) => row[i] ?? "").filter((cell) => !isMark(cell));
    const counted = filled.filter((cell) => kindOf(cell) !== "text").length;
    return cells[i] !== "" && counted > 0 && counted >= 0.7 * filled.length;
  });
  if (!typed) return null;
  let group = "";
  return upper.map((name, i) => {
    if (name !== "") group = cells[i] === "" ? "" : name;
    const label = name !== "" ? name : group;
    return [label, cells[i]].filter(Boolean).join(" ");
  });
}

/** Why a first row is none: its cells are not of the type of all that follow, as units or codes are not. */
export function unitsBelow(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): Note | undefined {
  const [first, ...others] = rows;
  if (!first || others.length < 3) return undefined;
  let typed = 0;
  let odd = 0;
  let found: { column: number; type: string } | undefined;
  for (let i = 0; i < names.length; i++) {
    const cells = others.map((row) => row[i]!).filter((cell) => !isMark(cell));
    if (cells.length < 3) continue;
    const sample = cells.slice(0, 300);
    const type = kindOf(sample[0]!);
    if (type === "text" || !sample.every((cell) => kindOf(cell) === type)) continue;
    typed++;
    const cell = first[i]!;
    if (isMark(cell) || kindOf(cell) !== "text") continue;
    odd++;
    found ??= { column: i, type };
  }
  // One bad number in one column is a mistake in a row; a date is what the row is called.
  const named = found?.column === 0 && found.type === "date";
  if (!found || !(named || (odd >= 2 && odd >= typed / 2))) return undefined;
  const { column, type } = found;
  return note("line_not_row", { value: first[column]!, type, column: names[column]! });
}
