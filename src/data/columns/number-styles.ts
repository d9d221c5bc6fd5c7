import { EspejoError } from "../../errors.ts";
import { isMark, isWordMark } from "../cells/marks.ts";
import { numberParser, parseNumber, styleOfExample, tableMarks } from "../cells/numbers.ts";
import { signOf, withoutSign } from "../cells/sign.ts";
import { findColumn } from "../terms/find.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Column, NumberStyle, OpenOptions } from "../terms/table.ts";
import type { Candidate, NumberContext } from "./typed.ts";

/** What is known of the numbers of a table: the marks of most of its columns of text; doubts go to `notes`. */
export function numberContext(
  texts: readonly (readonly string[])[],
  delimiter: string,
  { decimal, thousands, prior }: OpenOptions,
  notes: Note[],
): NumberContext {
  const stated = { decimal, thousands };
  const cells = texts.map((column) => {
    const filled = column
      .map((cell) => cell.trim())
      .filter((cell) => !isMark(cell) && !isWordMark(cell));
    const sign = signOf(filled);
    return filled.map((cell) => withoutSign(cell.replace(/^\((.*)\)$/, "$1"), sign));
  });
  const found = tableMarks(cells, delimiter, stated);
  const style = { decimal: found.decimal, thousands: found.thousands };
  if (found.ambiguous !== undefined) {
    if (prior && !decimal && !thousands)
      return {
        table: { decimal: prior.decimal, thousands: prior.thousands },
        ...{ delimiter, stated },
      };
    const number = parseNumber(found.ambiguous, style);
    notes.push(
      note(style.decimal === "." ? "decimal_ambiguous" : "comma_ambiguous", {
        value: found.ambiguous,
        number,
      }),
    );
  } else if (style.decimal === ",") {
    notes.push(note("decimal_comma"));
  }
  return { table: style, delimiter, stated };
}

/** Styles that are stated by an example, or that a model knows. */
export function knownStyles(
  names: readonly string[],
  path: string,
  { numbers = {}, prior, decimal, thousands }: OpenOptions,
): ReadonlyMap<number, NumberStyle> {
  const styles = new Map<number, NumberStyle>();
  if (!decimal && !thousands)
    for (const [name, style] of Object.entries(prior?.numbers ?? {}))
      if (names.includes(name)) styles.set(names.indexOf(name), style);
  for (const [column, example] of Object.entries(numbers)) {
    const style = styleOfExample(example);
    if (!style) throw new EspejoError("number_example", { column, example });
    styles.set(findColumn(names, column, path), style);
  }
  return styles;
}

/** Styles of columns that differ from that of most, by name: what a model keeps to read new data alike. */
export function ownStyles(
  names: readonly string[],
  candidates: readonly Candidate[],
  table: NumberStyle,
): Record<string, NumberStyle> {
  return Object.fromEntries(
    names.flatMap((name, i) => {
      const candidate = candidates[i]!;
      if (candidate.kind !== "number" || candidate.native || !candidate.style) return [];
      const { style } = candidate;
      const same = Object.keys(style).length === 2 && style.decimal === table.decimal;
      return same && style.thousands === table.thousands ? [] : [[name, style]];
    }),
  );
}

/** How columns are read whose numbers have a style of their own. */
export function styleNotes(
  columns: readonly Column[],
  candidates: readonly Candidate[],
  head: readonly (readonly string[])[],
  table: NumberStyle,
): readonly Note[] {
  return columns.flatMap(({ name, type }, i) => {
    const candidate = candidates[i]!;
    if (type !== "number" || candidate.kind !== "number" || !candidate.style) return [];
    const { style } = candidate;
    const parse = numberParser(style);
    const cells = head[i]!.map((cell) => cell.trim()).filter(
      (cell) => !isMark(cell) && !isWordMark(cell),
    );
    const plain = numberParser({ decimal: style.decimal, thousands: style.thousands });
    const told = (
      value: string | undefined,
      code: "number_sign" | "number_accounting" | "number_flags" | "number_marks",
      more = {},
    ) =>
      value === undefined
        ? []
        : [note(code, { column: name, value, number: parse(value), ...more })];
    const { sign, accounting, flags, decimal, thousands } = style;
    const odd = cells.filter((cell) => Number.isNaN(plain(cell)));
    const bare = sign === undefined ? [] : cells.filter((cell) => !cell.includes(sign));
    return [
      ...(sign === undefined ? [] : told(odd[0] ?? cells[0], "number_sign", { sign })),
      ...(bare.length === 0
        ? []
        : [
            note("sign_absent", { column: name, sign: sign!, count: bare.length, value: bare[0]! }),
          ]),
      ...(accounting
        ? told(
            odd.find((cell) => parse(cell) < 0),
            "number_accounting",
          )
        : []),
      ...(flags
        ? told(
            odd.find((cell) => /[A-Za-z]$/.test(cell)),
            "number_flags",
          )
        : []),
      ...(decimal === table.decimal && thousands === table.thousands
        ? []
        : told(widest(cells), "number_marks")),
    ];
  });
}

/** The cell that shows most of how its column is written. */
const widest = (cells: readonly string[]): string | undefined =>
  cells.reduce<string | undefined>(
    (most, cell) => (most === undefined || markCount(cell) > markCount(most) ? cell : most),
    undefined,
  );
const markCount = (cell: string): number => cell.match(/[.,' ]/g)?.length ?? 0;
