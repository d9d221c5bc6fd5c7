import { usualDecimals } from "../../preparation/usual-decimals.ts";
import type { Block } from "../compress/block.ts";
import type { CompressionSource } from "../compress/source.ts";
import type { KeptRows } from "./kept-rows.ts";

/** New numbers get as many decimals as most cells of their column have, dates their unit; others stay as they are. */
export function tidying(
  { streams }: CompressionSource,
  { block }: KeptRows,
): (before: Block, after: Block) => Block {
  const units = streams.map(({ date, finder }, j) => {
    if (date) return finder.grid(0).perUnit;
    const decimals = usualDecimals(block.numbers[j]!);
    return decimals === null ? null : 10 ** decimals;
  });
  return (before, after) => ({
    ...after,
    numbers: after.numbers.map((values, j) =>
      values.map((value, i) => {
        const perUnit = units[j]!;
        if (Object.is(value, before.numbers[j]![i]) || !perUnit || perUnit < 0) return value;
        return Math.round(value * perUnit) / perUnit;
      }),
    ),
  });
}
