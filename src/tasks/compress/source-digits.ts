import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { exactDate } from "./exact-date.ts";
import type { CompressionSource } from "./source.ts";

/** Shares of a number that double cannot tell apart. */
const precision = 2 ** -52;
/** Digits of a second that a date comes back with, and how much that is of a day. */
const digitsOfSecond = 6;
const microsecond = 1e-6 / 86_400;

/**
 * Holds the numbers of a table against its cells as they are written, where these may have more digits than double: what is
 * promised is promised of the source. Throws `compress_digits` for a cell that would come back as another, by more than is
 * allowed.
 */
export async function checkDigits(
  table: Table,
  { path, streams }: CompressionSource,
  errors: readonly number[],
): Promise<void> {
  const doubtful = streams
    .map(({ name, date, finder }, j) => ({ name, date, finder, allowed: errors[j]! }))
    .filter(({ finder }) => finder.manyDigits);
  if (doubtful.length === 0) return;
  const columns = doubtful.map(({ name }) => name);
  const request = { numeric: columns, categories: [], text: columns };
  for await (const { start, rows, numeric, text } of table.batches(request))
    doubtful.forEach(({ name, date, allowed }, j) => {
      for (let i = 0; i < rows; i++) {
        const value = numeric[i * columns.length + j]!;
        const written = text[j]![i]!;
        if (Number.isNaN(value)) continue;
        const least = date ? microsecond : Math.abs(value) * precision;
        if (allowed >= least || (date ? isHeldDate(written) : isHeld(written, value))) continue;
        throw new EspejoError("compress_digits", {
          ...{ path, row: start + i + 1, column: name, value: written },
          back: date ? exactDate(value) : String(value),
        });
      }
    });
}

/** The digits that count of a number as it is written, whatever marks stand between them. */
const digitsOf = (written: string): string =>
  written
    .replace(/e[+-]?\d+/i, "")
    .replace(/\D/g, "")
    .replace(/^0+|0+$/g, "");

/** More digits would take more than `toPrecision` gives. */
const mostDigits = 100;

/** Whether a number is what is written, or what is written is that number with more of its digits. */
function isHeld(written: string, value: number): boolean {
  const digits = digitsOf(written);
  if (digits === digitsOf(String(value))) return true;
  if (digits.length === 0 || digits.length > mostDigits) return false;
  return digitsOf(value.toPrecision(digits.length)) === digits;
}

const isHeldDate = (written: string): boolean => {
  const fraction = /:\d{2}[.,](\d+)/.exec(written)?.[1] ?? "";
  return fraction.replace(/0+$/, "").length <= digitsOfSecond;
};
