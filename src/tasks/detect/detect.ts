import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { summary } from "../../models/summary.ts";
import { type DataSource, type JobOptions, withMatchingTable, withTable } from "../lesson/job.ts";
import { checkTrainOptions } from "../lesson/train-options.ts";
import type { Run } from "../runs/run.ts";
import { scoreRows } from "../score/score.ts";
import { type TrainedTable, train } from "../train/train.ts";
import { type Method, type Verdict, verdict } from "../verdicts/verdict.ts";
import { type Beside, besideKind, besideOf } from "./beside.ts";
import { chooseMethod } from "./choice.ts";
import { keptBy, type RunOptions, runShape, tableRun } from "./detection-run.ts";
import type { Detector, ScoredRow } from "./detector.ts";
import { fairTable } from "./fair-table.ts";
import { keepDetection } from "./keep-detection.ts";
import {
  type Candidate,
  disposeTrained,
  isInterrupted,
  methods,
  orGone,
  trainMethod,
  trainOthers,
} from "./methods.ts";
import { rankTable } from "./rank.ts";
import { compareThresholds } from "./threshold-table.ts";

/** Options of a detection: those of reading and training, and what is measured beside. */
export interface DetectOptions extends JobOptions, RunOptions {
  /** The rows that train are all normal, as they are where a label is named. */
  readonly normalOnly?: boolean;
  /** No rows of the data in the model file. */
  readonly private?: boolean;
  /**
   * Whether the ensemble, the plain autoencoder and PCA are compared; with a label, and where neither `kind` nor `keep`
   * states one, the best on the rows that calibrate is kept.
   */
  readonly beside?: boolean;
  /** Which of them is the detector, whatever the others do. */
  readonly keep?: Method;
}

/**
 * From data to a detector, by the lecture's four steps: train on the rows of the majority class (or on all),
 * measure errors on rows that did not train, choose the threshold on them, judge the test rows. Without
 * `kind` it is the ensemble, or with `beside` and a label what is better than it (docs/detection.md). With `run` a folder
 * keeps what it learns as it learns, the model and the ranking of the rows; with `resumeRun` that goes on. Throws `keep_kind`
 * for `keep` beside a `kind`, `run_failed`, and for a run that cannot go on so `resume_folder`, `resume_option`,
 * `resume_data`, `resume_command` or `resume_program`.
 */
export async function detect(data: DataSource, options: DetectOptions = {}): Promise<Detector> {
  checkTrainOptions(options, "detect", runShape);
  checkKept(options);
  const { run, options: told } = await tableRun(data, options);
  return withTable(data, told, async (table) => {
    try {
      const detector = await trainDetector(table, told, run);
      if (run) await orGone(detector, () => keepDetection(run, detector, table));
      return detector;
    } finally {
      await run?.leave();
    }
  });
}

/** Throws `keep_kind` where two options say what is trained. */
export function checkKept({ kind, keep }: Pick<DetectOptions, "kind" | "keep">): void {
  if (kind !== undefined && keep !== undefined) throw new EspejoError("keep_kind", { kind, keep });
}

/** As `detect` on a table that is open, with options that were checked, in a run that is open: without its ranking. */
export async function trainDetector(
  given: Table,
  options: Omit<DetectOptions, keyof RunOptions>,
  run: Run | null,
): Promise<Detector> {
  const table = fairTable(given, options.onNote);
  const told = keptBy(await run?.keeps(), options);
  const found =
    options.kind === undefined ? await bestFor(table, told, run) : await ofKind(table, told, run);
  return detectorOf(found, run?.folder ?? null);
}

/** A detector and how it came to be. */
interface Found {
  readonly trained: TrainedTable;
  readonly beside: readonly Beside[];
  readonly method: Method | null;
  readonly why: Verdict | null;
  readonly interrupted: boolean;
}

/** The stated kind. */
async function ofKind(table: Table, options: DetectOptions, run: Run | null): Promise<Found> {
  const trained = await train(table, options);
  const { beside, interrupted } = options.beside
    ? await besideKind(trained, table, options, run)
    : { beside: [], interrupted: false };
  return {
    ...{ trained, beside, method: null, why: null },
    interrupted: interrupted || isInterrupted(trained),
  };
}

/** The stated method or the usual one, or with a label the best. */
async function bestFor(table: Table, options: DetectOptions, run: Run | null): Promise<Found> {
  const { keep, beside: compares } = options;
  const first = await trainMethod(keep ?? methods[0]!, table, options);
  const wanted = compares ? methods.filter((each) => each !== first.method) : [];
  const others = await trainOthers(wanted, first.trained, table, options, run);
  const chooses = keep === undefined && first.trained.labels !== null && others.length > 0;
  const { kept, why } = chooses
    ? chooseMethod([first, ...others], options.seed ?? 42)
    : { kept: first, why: keep ? verdict("kept_stated", { method: keep }) : null };
  const rest: readonly Candidate[] = [first, ...others].filter((each) => each !== kept);
  const beside = besideOf(kept.trained, rest);
  const interrupted = [first, ...others].some((each) => isInterrupted(each.trained));
  for (const { trained } of rest) await disposeTrained(trained);
  return { trained: kept.trained, beside, method: kept.method, why, interrupted };
}

function detectorOf(
  { trained, beside, method, why, interrupted }: Found,
  run: string | null,
): Detector {
  const { model, threshold, evaluation, held, split, labels } = trained;
  return {
    ...{ run, model, trained, evaluation, method, beside, interrupted },
    verdicts: [...trained.verdicts, ...(why ? [why] : [])],
    threshold: threshold.threshold,
    rules: compareThresholds(held, split, labels, threshold),
    summary: () => trainedSummary(trained),
    score: (data) =>
      withMatchingTable(data, model, async (table) => {
        const rows: ScoredRow[] = [];
        for await (const batch of scoreRows(model, table))
          for (let i = 0; i < batch.rows; i++)
            rows.push({
              row: batch.start + i,
              score: batch.score[i]!,
              isAnomaly: batch.isAnomaly[i] === 1,
              reasons: batch.reasons[i] ?? [],
            });
        return rows;
      }),
    rank: (data, options) =>
      withMatchingTable(data, model, (table) => rankTable(model, table, options)),
    save: (path) => model.save(path),
    dispose: () => disposeTrained(trained),
  };
}

/** The network, its losses, the threshold and the evaluation, as text. */
export function trainedSummary({
  network,
  fitted,
  threshold,
  evaluation,
}: Pick<TrainedTable, "network" | "fitted" | "threshold" | "evaluation">): string {
  const best = fitted.history[fitted.bestEpoch - 1];
  const lines = [
    summary(network),
    `best epoch ${fitted.bestEpoch} of ${fitted.history.length}: loss ${best?.loss.toPrecision(4)}, validation loss ${best?.validationLoss?.toPrecision(4) ?? "-"}`,
    `threshold ${threshold.threshold.toPrecision(4)} (${threshold.rule})`,
  ];
  if (evaluation)
    lines.push(
      `ROC AUC ${evaluation.rocAuc.toFixed(3)}, average precision ${evaluation.averagePrecision.toFixed(3)} (base rate ${evaluation.baseRate.toFixed(4)})`,
    );
  if (evaluation?.pca)
    lines.push(
      `PCA: ROC AUC ${evaluation.pca.rocAuc.toFixed(3)}, average precision ${evaluation.pca.averagePrecision.toFixed(3)}`,
    );
  return lines.join("\n");
}
