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

/** Columns whose numbers may have a style that is known; `head` gives cells of a column as written. */
interface StyledColumns {
  readonly names: readonly string[];
  readonly path: string;
  readonly head: (place: number) => readonly string[];
}

/** Styles that are known before cells are looked at, by place. */
export interface KnownStyles {
  readonly styles: ReadonlyMap<number, NumberStyle>;
  /** Those that a person stated by an example. */
  readonly stated: ReadonlySet<number>;
}

/**
 * Styles that are stated by an example, or that a model knows. What the model knows gives way where cells are no numbers of
 * it: most of a column with a style of its own, and that is said, or one of another column.
 */
export function knownStyles(
  { names, path, head }: StyledColumns,
  { numbers = {}, prior, expect = [], decimal, thousands }: OpenOptions,
  notes: Note[],
): KnownStyles {
  const styles = new Map<number, NumberStyle>();
  const stated = new Set<number>();
  for (const [column, example] of Object.entries(numbers)) {
    const style = styleOfExample(example);
    if (!style) throw new EspejoError("number_example", { column, example });
    const i = findColumn(names, column, path);
    styles.set(i, style);
    stated.add(i);
  }
  if (!prior?.numbers || decimal || thousands) return { styles, stated };
  const own = new Map(Object.entries(prior.numbers));
  const usual = { decimal: prior.decimal, thousands: prior.thousands };
  const counted = expect.filter(({ type }) => type === "number").map(({ name }) => name);
  for (const name of new Set([...own.keys(), ...counted])) {
    const i = names.indexOf(name);
    if (i < 0 || stated.has(i)) continue;
    const style = own.get(name);
    const { odd, most } = oddCells(head(i), style ?? usual);
    if (style ? !most : odd === undefined) styles.set(i, style ?? usual);
    else if (style) notes.push(note("number_otherwise", { column: name, value: odd! }));
  }
  return { styles, stated };
}

/** The first cell that is no number of a style, and whether more than half are none. */
function oddCells(
  cells: readonly string[],
  style: NumberStyle,
): { readonly odd: string | undefined; readonly most: boolean } {
  const parse = numberParser(style);
  const filled = cells.filter((cell) => !isMark(cell.trim()) && !isWordMark(cell.trim()));
  const odd = filled.filter((cell) => Number.isNaN(parse(cell)));
  return { odd: odd[0], most: odd.length > filled.length / 2 };
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
