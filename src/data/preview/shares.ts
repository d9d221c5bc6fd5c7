import type { Column, Profile } from "../terms/table.ts";

/** How the values of a column are distributed. */
export interface ColumnShares {
  readonly name: string;
  /** Of numbers, and of dates as days since 1970-01-01: one more than counts; null of others. */
  readonly edges: readonly number[] | null;
  readonly counts: readonly number[];
  /** Of others their commonest values, one for each count; null of numbers. */
  readonly values: readonly string[] | null;
  /** Rows whose value is none of these, those without a value apart. */
  readonly others: number;
  /** Of great tables numbers are counted in a part of the rows that was drawn, about so great; else 1. */
  readonly part: number;
}

/** Bins of a small picture. */
const mostBins = 24;
const mostValues = 8;

/** Numbers from a lowest one on that are counted in bins of a width. */
export interface BinPlan {
  readonly from: number;
  readonly width: number;
  readonly bins: number;
}

/** The bins of a column; null of one that holds no numbers, or nothing but one. Whole numbers that are few have a bin each. */
export function binsOf({ minimum, maximum, distinct }: Profile): BinPlan | null {
  if (minimum === undefined || maximum === undefined) return null;
  const range = maximum - minimum;
  if (!(range > 0 && Number.isFinite(range))) return null;
  const whole = Number.isInteger(minimum) && Number.isInteger(maximum) && range < mostBins;
  if (whole && distinct <= range + 1) return { from: minimum - 0.5, width: 1, bins: range + 1 };
  return { from: minimum, width: range / mostBins, bins: mostBins };
}

/** The shares of a column whose numbers were counted, or whose profile tells its values. */
export function sharesOf(
  { name, profile }: Column,
  rows: number,
  plan: BinPlan | null,
  counted: ArrayLike<number>,
  part = 1,
): ColumnShares {
  if (plan) {
    const { from, width, bins } = plan;
    const edges = Array.from({ length: bins + 1 }, (_, k) => from + k * width);
    return { name, edges, counts: Array.from(counted), values: null, others: 0, part };
  }
  const present = rows - profile.missing;
  if (profile.minimum !== undefined && profile.minimum === profile.maximum)
    return {
      ...{ name, edges: null, counts: [present], values: [profile.examples[0] ?? ""], others: 0 },
      part: 1,
    };
  const top = (profile.top ?? []).slice(0, mostValues);
  const counts = top.map(([, count]) => count);
  const others = present - counts.reduce((sum, count) => sum + count, 0);
  return { name, edges: null, counts, values: top.map(([value]) => value), others, part: 1 };
}
