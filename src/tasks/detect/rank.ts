import type { Table } from "../../data/terms/table.ts";
import type { TableModel } from "../model/table-model.ts";
import { rankingOf } from "../ranking/order.ts";
import { budgetIn } from "../score/budget.ts";
import type { Drift } from "../score/drift.ts";
import { type Described, describeRows, scoreRows } from "../score/score.ts";
import { alarmVerdicts } from "../verdicts/alarms.ts";
import type { Verdict } from "../verdicts/verdict.ts";

/** A row by its rank: the most abnormal first. */
export interface RankedRow extends Described {
  readonly isAnomaly: boolean;
}

/** The rows of a table by their scores, the most abnormal first. */
export interface Ranking {
  readonly rows: number;
  readonly anomalies: number;
  readonly ranked: readonly RankedRow[];
  /** Scores of all rows, in source order, and 1 for each that is an anomaly. */
  readonly scores: Float32Array;
  readonly flags: Uint8Array;
  /** What a budget of alerts comes to, and what most of the anomalies are, in sentences (`verdictIn`). */
  readonly verdicts: readonly Verdict[];
}

/** Which rows of a ranking are told why they are odd; the anomalies, where nothing is said. */
export interface RankOptions {
  /** So many of the highest scores. */
  readonly most?: number;
  /** The anomalies, and so many of the highest scores where they are fewer. */
  readonly atLeast?: number;
}

/** How many rows are told why they are odd. */
export const rankedCount = ({ most, atLeast = 0 }: RankOptions, anomalies: number): number =>
  most ?? Math.max(anomalies, atLeast);

interface Watching {
  /** Columns that tell which row it is. */
  readonly ids?: readonly string[];
  /** Watches how the rows differ from those that trained. */
  readonly drift?: Drift;
}

/** Ranks the rows of a table that is open for a model. */
export async function rankTable(
  model: TableModel,
  table: Table,
  { ids = [], drift, ...which }: RankOptions & Watching = {},
): Promise<Ranking> {
  const scores = new Float32Array(table.rows);
  const flags = new Uint8Array(table.rows);
  let anomalies = 0;
  const passing = { reasons: "none", ...(drift && { drift, ids }) } as const;
  for await (const { start, score, isAnomaly } of scoreRows(model, table, passing)) {
    scores.set(score, start);
    flags.set(isAnomaly, start);
    for (const flag of isAnomaly) anomalies += flag;
  }
  const order = rankingOf(scores).subarray(0, rankedCount(which, anomalies));
  const highest = Float32Array.from(order, (row) => scores[row]!);
  const described = await describeRows(model, table, order, highest, ids);
  return {
    rows: table.rows,
    anomalies,
    ranked: described.map((each) => ({ ...each, isAnomaly: flags[each.row] === 1 })),
    ...{ scores, flags },
    verdicts: [
      ...(await budgetIn(model, table, anomalies)),
      ...(await alarmVerdicts(table, flags, labelIn(table, model))),
    ],
  };
}

/** The column with the label, where there is one: the model knows its name. */
export const labelIn = ({ columns }: Table, { metadata }: TableModel): string | null => {
  const { label } = metadata.training;
  return label && columns.some(({ name }) => name === label.column) ? label.column : null;
};
