import { rm } from "node:fs/promises";
import { join } from "node:path";
import { phrases } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import type { Items } from "../../language.ts";
import type { Threshold } from "../../metrics/threshold.ts";
import type { Model } from "../../nn/index.ts";
import { checked, z } from "../../schema.ts";
import type { Fitted } from "../../training/fitted.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import type { LabelCounts, Labels } from "../rows/labels.ts";
import type { MarkedRows } from "../rows/marks.ts";
import type { Split } from "../rows/split.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { readRunFile, runFiles } from "./run-folder.ts";

/** What any training comes to, as plain data: `summary.json` of a run of `train`, and part of that of `detect`. */
export interface TrainingSummary {
  readonly kind: string;
  /** What its rows are; absent in runs from before it was kept. */
  readonly content?: "tables" | "images" | "sequences";
  /** How many there were, and which is kept: the best on the rows that judge. */
  readonly epochs: number;
  readonly bestEpoch: number;
  /** "asked": a person ended it before its time; it can go on. */
  readonly stopped: Fitted["stopped"];
  /** Of the epoch that is kept; absent where none was done. */
  readonly loss?: number;
  readonly validationLoss?: number;
  readonly metrics?: Fitted["history"][number]["metrics"];
  /**
   * Mean squared error of PCA with as many components on the rows that did not train, as they are prepared: what there is of
   * PCA without a label, too. Absent where rows have too many cells for it, and in runs from before it was kept.
   */
  readonly pcaError?: number;
  readonly threshold: Threshold;
  /** Of time stamps, where rows are windows of a table. */
  readonly stampThreshold?: Threshold;
  /** On the rows that test, where labels are known; figures that need rows of both classes are null without them. */
  readonly evaluation: Evaluation | null;
  readonly verdicts: readonly Verdict[];
  /** How many rows each part has. */
  readonly parts: Split["counts"];
  readonly label: Pick<Labels, "column" | "normal"> | null;
  /** How many rows a person marked; absent where nobody did. */
  readonly marks?: { readonly confirmed: number; readonly falseAlarms: number };
}

/** A column that tells which row a ranked one is. */
export interface RankedId {
  readonly name: string;
  /** What rows are sorted by where they are by this column: its numbers or dates, its text, or nothing that makes sense. */
  readonly order: "value" | "text" | null;
}

/** What is in the file of a ranking. */
export interface RankingRecord {
  readonly rows: number;
  /** How many of them the threshold flagged. */
  readonly anomalies: number;
  readonly items: Items;
  readonly ids: readonly RankedId[];
  /** Whether rows have a part of the split, and a label. */
  readonly parts: boolean;
  readonly labels: boolean;
}

/** What a run came to; those of `detect` have a ranking. */
export interface RunSummary extends TrainingSummary {
  readonly ranking?: RankingRecord;
}

/** What a training has come to. */
interface Outcome {
  readonly model: { readonly metadata: AnyMetadata };
  readonly network: Pick<Model, "kind">;
  readonly fitted: Pick<Fitted, "history" | "bestEpoch" | "stopped">;
  readonly split: Pick<Split, "counts">;
  readonly held: { readonly pca: Float32Array | null };
  readonly labels: (LabelCounts & Pick<Labels, "byMarks">) | null;
  readonly marks?: MarkedRows | null;
  readonly threshold: Threshold;
  readonly stampThreshold?: Threshold | null;
  readonly evaluation: Evaluation | null;
  readonly verdicts: readonly Verdict[];
}

/** What a training comes to, as a run keeps it. */
export function trainingSummary(trained: Outcome): TrainingSummary {
  const { model, network, fitted, split, labels, marks } = trained;
  const { threshold, stampThreshold, evaluation } = trained;
  const { history, bestEpoch, stopped } = fitted;
  const best = history[bestEpoch - 1];
  const { pca } = trained.held;
  return {
    ...{
      kind: network.kind,
      content: contentOf(model.metadata),
      epochs: history.length,
      bestEpoch,
      stopped,
    },
    ...(best && {
      loss: best.loss,
      ...(best.validationLoss !== undefined && { validationLoss: best.validationLoss }),
      ...(best.metrics && { metrics: best.metrics }),
    }),
    ...(pca && pca.length > 0 && { pcaError: meanOf(pca) }),
    threshold,
    ...(stampThreshold && { stampThreshold }),
    ...{ evaluation, verdicts: trained.verdicts, parts: split.counts },
    label: labels && !labels.byMarks ? { column: labels.column, normal: labels.normal } : null,
    ...(marks && {
      marks: { confirmed: marks.confirmed.length, falseAlarms: marks.falseAlarms.length },
    }),
  };
}

const contentOf = (metadata: AnyMetadata): NonNullable<TrainingSummary["content"]> =>
  "columns" in metadata ? "tables" : metadata.source.content;

const meanOf = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const items = ["rows", "images", "sequences", "windows", "stamps"] as const;
const threshold = z.looseObject({ threshold: z.number(), rule: z.string() });
const number = z.nullable(z.number());
/** `RankingRecord`, as a file tells it. */
export const rankingRecord: z.ZodMiniType = z.looseObject({
  ...{ rows: z.number(), anomalies: z.number(), items: z.enum(items) },
  ids: z.array(z.looseObject({ name: z.string(), order: z.nullable(z.enum(["value", "text"])) })),
  ...{ parts: z.boolean(), labels: z.boolean() },
});
/** What others rely on; the rest is as it was written. */
const runSummary = z.looseObject({
  kind: z.string(),
  ...{
    epochs: z.number(),
    bestEpoch: z.number(),
    stopped: z.enum(["epochs", "patience", "asked"]),
  },
  threshold,
  evaluation: z.nullable(
    z.looseObject({ rows: z.number(), rocAuc: number, averagePrecision: number }),
  ),
  verdicts: z.array(z.looseObject({ code: z.string(), parameters: z.record(z.string(), z.any()) })),
  ranking: z.optional(rankingRecord),
});

/** What a run in a folder came to; null where it has not come to its end. Throws `resume_folder` for a damaged summary. */
export const readSummary = (folder: string): Promise<RunSummary | null> =>
  readRunFile(folder, runFiles.summary, (bytes) => {
    const result = checked(runSummary, JSON.parse(bytes.toString()));
    if ("fault" in result) throw new Error(phrases.not_a_run);
    const summary = result.value as unknown as RunSummary;
    return { ...summary, evaluation: revived(summary.evaluation) };
  });

/** Figures that are NaN are null in JSON. */
function revived(evaluation: Evaluation | null): Evaluation | null {
  if (!evaluation) return null;
  const number = (value: unknown): unknown => value ?? Number.NaN;
  const revive = (figures: object): object =>
    Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(number) : number(value),
      ]),
    );
  const { pca } = evaluation;
  return { ...revive(evaluation), pca: pca && revive(pca) } as Evaluation;
}

/** What a job leaves in its run. */
export interface Results {
  readonly model: { save(path: string): Promise<void> };
  readonly summary: TrainingSummary;
  /** Writes the ranking of a detection to a path. */
  readonly ranking?: (path: string) => Promise<RankingRecord>;
}

/** Writes the results of a run; the summary, which says that all of them are there, goes first and comes last. */
export async function concludeRun(
  folder: string,
  { model, ranking, summary }: Results,
): Promise<void> {
  const path = join(folder, runFiles.summary);
  await rm(path, { force: true });
  await model.save(join(folder, runFiles.model));
  const record = await ranking?.(join(folder, runFiles.ranking));
  const whole: RunSummary = { ...summary, ...(record && { ranking: record }) };
  await writeWhole(path, [`${JSON.stringify(whole, null, 2)}\n`]);
}
