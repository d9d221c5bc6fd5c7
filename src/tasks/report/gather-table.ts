import type { Words } from "../../charts/words.ts";
import { findColumn } from "../../data/terms/find.ts";
import type { Batch, Table } from "../../data/terms/table.ts";
import type { Pca } from "../../metrics/pca.ts";
import { inverseTransform, reconstructionErrors, transform } from "../../metrics/projection.ts";
import { pcaFromMetadata } from "../model/pca-metadata.ts";
import type { TableModel, TableOutput } from "../model/table-model.ts";
import { takeFingerprint } from "../rows/fingerprint.ts";
import { namingColumns } from "../rows/row-names.ts";
import { budgetIn } from "../score/budget.ts";
import { watchDrift } from "../score/drift.ts";
import { firstColumns } from "../score/scores.ts";
import { alarmVerdicts } from "../verdicts/alarms.ts";
import { acquaintanceOf, judge, keptApart } from "./acquaintance.ts";
import type { Findings, Tint } from "./findings.ts";
import { type KeptLabels, keptLabels } from "./kept-labels.ts";
import { lookAtRows } from "./look.ts";
import { mostDrawn, type ReportOptions, topShown } from "./options.ts";
import { profileOfTable } from "./profile.ts";
import { drawRows, highest } from "./rows.ts";
import { tallyFeatures } from "./tallies.ts";
import { sumVariation, type Variation } from "./variation.ts";

/** Two passes over a table: the first scores every row, the second looks at those that are shown. */
export async function gatherTable(
  table: Table,
  model: TableModel,
  options: ReportOptions,
  words: Words,
): Promise<Findings> {
  const { training, threshold, kind } = model.metadata;
  const labels = await keptLabels(table, training, options);
  const tint = tableTint(table, labels.own, options.color);
  const { scores, pcaScores, flags, split, ...found } = await scorePass(table, model, labels);
  const drawn = drawRows(table.rows, mostDrawn, options.seed ?? training.seed);
  const top = highest(scores, topShown);
  const flagged = flags.reduce((n, flag) => n + flag, 0);
  const look = await lookAtRows(
    table,
    model,
    { scores, flags, drawn, top, tint },
    labels.own,
    words,
  );
  return {
    rows: table.rows,
    ...{ scores, flagged },
    labels: labels.own,
    acquaintance: acquaintanceOf(split),
    ...judge({ model: scores, pca: pcaScores }, labels.own, split, threshold.value),
    // the networks of an ensemble tell rows apart, with codes too small to rebuild them
    rebuilt: kind === "ensemble" ? null : found.rebuilt,
    tint,
    seen: look.seen,
    drawn: drawn.length,
    alarms: [
      ...(await budgetIn(model, table, flagged)),
      ...(await alarmVerdicts(table, flags, labels.own?.column ?? null)),
    ],
    reasons: found.reasons,
    profile: profileOfTable(
      table,
      {
        tallies: found.tallies,
        values: look.columns,
        drawn: drawn.length,
        labels: labels.own,
        drift: found.drift,
      },
      words,
    ),
    worst: look.worst,
  };
}

/** What colours the map: a column that was asked for, the label, or the score. */
export function tableTint(table: Table, own: KeptLabels["own"], asked: string | undefined): Tint {
  const names = table.columns.map(({ name }) => name);
  if (asked === undefined)
    return own ? { by: "label", column: own.column } : { by: "score", column: "" };
  if (asked === "score" && !names.includes(asked)) return { by: "score", column: "" };
  const column = names[findColumn(names, asked, table.path)]!;
  return { by: column === own?.column ? "label" : "column", column };
}

async function scorePass(table: Table, model: TableModel, labels: KeptLabels) {
  const { metadata, numericColumns, categoryColumns } = model;
  const pca = metadata.pca ? pcaFromMetadata(metadata.pca) : null;
  const text = namingColumns(table.columns);
  const drift = watchDrift(model, { text });
  const tally = tallyFeatures(model);
  const fingerprint = takeFingerprint();
  const scores = new Float32Array(table.rows);
  const flags = new Uint8Array(table.rows);
  const pcaScores = pca && new Float32Array(table.rows);
  const names = [...numericColumns, ...categoryColumns].map(({ name }) => name);
  const firsts = new Float64Array(names.length);
  // of the rows that did not train, should these turn out to be the training data; and of all
  const [kept, all] = [rebuiltSum(model, pca), rebuiltSum(model, pca)];
  const apart = keptApart(labels.split);
  const outputs: TableOutput[] = [
    ...(["score", "is_anomaly", "error"] as const),
    ...(numericColumns.length > 0 ? (["reconstruction"] as const) : []),
    ...(pca ? (["prepared"] as const) : []),
  ];
  for await (const batch of model.batches(table, text)) {
    fingerprint.addRows(batch);
    drift.add(batch);
    tally.add(batch);
    const result = await model.run(outputs, batch);
    const alarms = result.is_anomaly!.data as Uint8Array;
    scores.set(result.score!.data as Float32Array, batch.start);
    flags.set(alarms, batch.start);
    countFirsts(result.error!.data as Float32Array, alarms, firsts);
    const prepared =
      pca && firstColumns(result.prepared!.data as Float32Array, batch.rows, pca.mean.length);
    pcaScores?.set(reconstructionErrors(pca!, prepared!), batch.start);
    const add = rebuiltRows(
      batch,
      (result.reconstruction?.data ?? []) as Float64Array,
      pca,
      prepared,
    );
    for (let i = 0; i < batch.rows; i++) {
      const row = batch.start + i;
      if (labels.own && labels.own.classes[row] !== 0) continue;
      add(i, all);
      if (apart(row)) add(i, kept);
    }
  }
  const same = fingerprint.result() === metadata.training.fingerprint;
  const flagged = flags.reduce((n, flag) => n + flag, 0);
  return {
    scores,
    pcaScores,
    flags,
    split: same ? labels.split : null,
    rebuilt: (same && labels.split ? kept : all).result(),
    reasons: highest(firsts, 3)
      .filter((j) => firsts[j]! > 0)
      .map((j) => [names[j]!, firsts[j]! / flagged] as const),
    drift: drift.notes(),
    tallies: tally.tallies(),
  };
}

/** Counts for each flagged row the column with the largest error. */
function countFirsts(error: Float32Array, flags: Uint8Array, firsts: Float64Array): void {
  const width = firsts.length;
  flags.forEach((flag, i) => {
    if (!flag || width === 0) return;
    let first = 0;
    for (let j = 1; j < width; j++)
      if (error[i * width + j]! > error[i * width + first]!) first = j;
    firsts[first]!++;
  });
}

/** Sums over rows of what model and PCA rebuild of the numeric columns. */
interface RebuiltSum {
  readonly model: Variation;
  readonly pca: Variation | null;
  readonly logs: readonly boolean[];
  rows: number;
  result(): Findings["rebuilt"];
}

function rebuiltSum({ metadata, numericColumns }: TableModel, pca: Pca | null): RebuiltSum {
  const p = numericColumns.length;
  const log = (metadata.training.options.log ?? []) as readonly string[];
  return {
    model: sumVariation(p, false),
    pca: pca && sumVariation(p, false),
    logs: numericColumns.map(({ name }) => log.includes(name)),
    rows: 0,
    result() {
      const share = this.model.share();
      if (share === null || this.rows < 2) return null;
      return { model: share, pca: this.pca?.share() ?? null, rows: this.rows };
    },
  };
}

/** Gives what adds a row of a batch to a sum: PCA on the prepared columns, the first of which are the numbers. */
function rebuiltRows(
  { numeric, rows }: Batch,
  reconstruction: Float64Array,
  pca: Pca | null,
  prepared: Float32Array | null,
): (row: number, sum: RebuiltSum) => void {
  const p = numeric.length / Math.max(1, rows);
  const back = pca && p > 0 ? inverseTransform(pca, transform(pca, prepared!)) : null;
  const width = pca?.mean.length ?? 0;
  return (row, sum) => {
    sum.rows++;
    for (let j = 0; j < p; j++) {
      const at = row * p + j;
      const scaled = sum.logs[j] ? logOf : same;
      const value = scaled(numeric[at]!);
      if (Number.isNaN(value)) continue;
      sum.model.add(j, value, (value - scaled(reconstruction[at]!)) ** 2);
      if (!back) continue;
      const place = row * width + j;
      sum.pca?.add(j, prepared![place]!, (prepared![place]! - back[place]!) ** 2);
    }
  };
}

const same = (value: number): number => value;
const logOf = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));
