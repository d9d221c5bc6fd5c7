import { readFile } from "node:fs/promises";
import type { NumberFacts } from "../preparation/number-facts.ts";
import type { FeatureColumn } from "../preparation/plan.ts";
import { type Counted, sampleToCompare } from "../preparation/statistics.ts";

/** What the partitions counted of the rows that train, joined; lists of columns, numbers as JSON has them. */
export interface CountedAnswer {
  readonly rows: number;
  readonly count: readonly number[];
  readonly missing: readonly number[];
  readonly mean: readonly number[];
  readonly squares: readonly number[];
  readonly minimum: readonly (number | null)[];
  readonly maximum: readonly (number | null)[];
  readonly times: readonly boolean[];
  /** Missing cells of all rows, of numbers and then of categories. */
  readonly gaps: readonly number[];
  readonly values: readonly (readonly (readonly [value: string, count: number])[])[];
  /** Some rows, fewer than the sample, and their texts [few, q]. */
  readonly few: number;
  readonly texts: readonly string[];
  readonly fingerprint: string;
}

/**
 * The answer of a cluster as what preparation takes; a file has the numbers of its sample, and then of fewer rows, float64
 * [rows, p] each.
 */
export async function countedRows(
  answer: CountedAnswer,
  numeric: readonly FeatureColumn[],
  categories: readonly FeatureColumn[],
  { sample: path, seed }: { readonly sample: string; readonly seed: number },
): Promise<Counted> {
  const bytes = await readFile(path);
  const cells = new Float64Array(new Uint8Array(bytes).buffer);
  const [p, q] = [numeric.length, categories.length];
  const sampled = p > 0 ? cells.length / p - answer.few : 0;
  const few = cells.subarray(sampled * p);
  const sample = sampleToCompare(p, q, seed);
  for (let i = 0; i < answer.few; i++) sample?.add({ numeric: few, categories: answer.texts }, i);
  return {
    rows: answer.rows,
    numbers: numeric.map((_, j): NumberFacts => {
      const values = Float64Array.from({ length: sampled }, (_, i) => cells[i * p + j]!);
      return {
        ...{ count: answer.count[j]!, missing: answer.missing[j]! },
        ...{ mean: answer.mean[j]!, squares: answer.squares[j]!, times: answer.times[j]! },
        minimum: answer.minimum[j] ?? Number.POSITIVE_INFINITY,
        maximum: answer.maximum[j] ?? Number.NEGATIVE_INFINITY,
        sample: values.filter((value) => !Number.isNaN(value)),
      };
    }),
    categories: answer.values.map((values) => new Map(values)),
    sample,
  };
}
