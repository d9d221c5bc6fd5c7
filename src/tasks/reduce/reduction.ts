import { withCallbacks } from "../../callbacks.ts";
import { elbowOf } from "../../metrics/elbow.ts";
import {
  type Neighbourhoods,
  neighbourAccuracy,
  neighbourhoods,
} from "../../metrics/neighbourhoods.ts";
import { nearestNeighbours } from "../../metrics/neighbours.ts";
import { mean } from "../../metrics/statistics.ts";
import { permutation, random } from "../../random.ts";
import type { TrainOptions } from "../lesson/train-options.ts";
import { countsOf } from "../rows/labels.ts";
import { rowsAt } from "../rows/pick.ts";
import type { BenchPart } from "../workbench/bench-rows.ts";
import { type PairedDifference, pairedDifference } from "../workbench/paired.ts";
import type { NetworkTrial, Trial, Workbench } from "../workbench/workbench.ts";

/** A size of the code with what is left over at it, on rows that had no say in anything. */
export interface ReductionStep {
  readonly latentDim: number;
  /** Mean squared error per column in standardised units; null where no autoencoder of this size was trained. */
  readonly autoencoder: number | null;
  /** The same of PCA; null where rows have too many cells for it. */
  readonly pca: number | null;
  /** Share of the variance of the rows that train which the components explain together. */
  readonly explained: number | null;
}

/** Why a size was chosen: where the curve bends, for want of a bend, or as asked. */
export interface SizeChoice {
  readonly latentDim: number;
  readonly rule: "elbow" | "flat" | "stated";
  /** How deep the elbow is, in (0, 1]; 0 without one. */
  readonly depth: number;
}

/** Two ways to reduce, and the rows as they were. */
export interface Beside {
  readonly autoencoder: number;
  readonly pca: number | null;
}

/** How well a reduction does, beside PCA with the same size, on rows that did not train. */
export interface ReductionStudy {
  readonly rows: { readonly train: number; readonly validate: number; readonly test: number };
  /** Cells of a prepared row that are rebuilt. */
  readonly cells: number;
  /** The error of a code of size 0: guessing the mean. */
  readonly meanError: number;
  readonly steps: readonly ReductionStep[];
  readonly choice: SizeChoice;
  /** Errors of the chosen size, autoencoder less PCA, row by row; null without PCA. */
  readonly difference: PairedDifference | null;
  /** Share of the rows that the autoencoder of the chosen size rebuilds better than PCA; null without PCA. */
  readonly closer: number | null;
  /** null where too few rows tested. */
  readonly neighbours: {
    readonly k: number;
    readonly rows: number;
    readonly autoencoder: Neighbourhoods;
    readonly pca: Neighbourhoods | null;
  } | null;
  /** The accuracy of the k nearest training rows in telling the class of a test row; null without classes. */
  readonly classes:
    | (Beside & {
        readonly k: number;
        readonly rows: number;
        /** With all columns instead of codes. */
        readonly columns: number;
        /** Always saying the commonest class. */
        readonly commonest: number;
      })
    | null;
}

/** Which sizes are tried, and how each network is trained. */
export interface StudyOptions extends Omit<TrainOptions, "latentDim"> {
  /** A size, or "auto" (the default): the elbow of the errors of a ladder of sizes. */
  readonly latentDim?: number | "auto";
  /**
   * The ladder of sizes; by default 1, 2, 3, 4, 6, 8, 12 ... up to half of the cells, 64 at most, which ends
   * where two sizes in a row lie beyond the elbow.
   */
  readonly sizes?: readonly number[];
  /** The class of each source row, "" where unknown: never learnt from, only looked for in the codes. */
  readonly classes?: readonly string[] | null;
  /** Hears of each size as it is done. */
  readonly onStep?: (step: ReductionStep) => void;
}

const usualSizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];
/** Rows of trustworthiness, continuity and accuracy, whose work grows with their square. */
const mostJudged = 2000;
const mostSearched = 10_000;
const usualNeighbours = 5;
/** A curve that hangs less below its chord has no elbow worth the name. */
const leastDepth = 0.1;

/** The sizes that are tried for rows of so many cells: up to half of them, of few cells all but one. */
export function ladderFor(cells: number): readonly number[] {
  const most = Math.max(1, Math.floor(cells / 2), Math.min(8, cells - 1));
  return usualSizes.filter((size) => size <= most);
}

/**
 * Trains autoencoders of several code sizes on the rows of a workbench and judges them beside PCA on rows that
 * neither trained nor chose when to stop: error by size, and for the chosen size whether neighbours and
 * classes are kept. The size is the elbow of the autoencoder's errors (Kneedle, Satopää et al. 2011) on a
 * curve whose ends are known: the mean's error at size 0, and none at the size of the row. Up to there each
 * further variable removes more of the error than an average cell holds, which for PCA is the rule of Kaiser
 * (1960): components of more than average variance. Where the curve does not bend, the usual size.
 */
export function studyBench(bench: Workbench, options: StudyOptions = {}): Promise<ReductionStudy> {
  return withCallbacks(options, (watched) => studyWatched(bench, watched));
}

async function studyWatched(bench: Workbench, options: StudyOptions): Promise<ReductionStudy> {
  const { latentDim: wanted = "auto", sizes: asked, classes, onStep, ...training } = options;
  const ladder = ladderFor(bench.outputs);
  const trained = [...(asked ?? (wanted === "auto" ? ladder : []))];
  if (wanted !== "auto") trained.push(wanted);
  const sizes = [...new Set([...trained, ...(asked ?? ladder)])].sort((a, b) => a - b);
  const { train, validate, test } = bench.split.counts;
  const meanError = mean(bench.meanErrors("test"));
  const trials = new Map<number, NetworkTrial>();
  try {
    const stepOf = async (latentDim: number, trains: boolean): Promise<ReductionStep> => {
      let autoencoder: number | null = null;
      if (trains) {
        const trial = await bench.fit({ ...training, latentDim });
        trials.set(latentDim, trial);
        autoencoder = mean(await errorsOf(bench, trial));
      }
      const pca = latentDim <= bench.outputs ? bench.pca(latentDim) : null;
      const step = {
        latentDim,
        autoencoder,
        pca: pca && mean(await errorsOf(bench, pca)),
        explained: pca ? total(pca.pca.explainedVarianceRatio) : null,
      };
      onStep?.(step);
      return step;
    };
    const ladderSteps: ReductionStep[] = [];
    for (const latentDim of sizes) {
      const enough = asked === undefined && isPastElbow(ladderSteps, meanError / bench.outputs);
      const trains = trained.includes(latentDim) && (!enough || latentDim === wanted);
      ladderSteps.push(await stepOf(latentDim, trains));
    }
    const choice = choose(bench, wanted, ladderSteps, meanError, training);
    const others = ladderSteps.filter(({ latentDim }) => latentDim !== choice.latentDim);
    // the usual size may be none of the ladder's
    const own = trials.has(choice.latentDim)
      ? ladderSteps.find(({ latentDim }) => latentDim === choice.latentDim)!
      : await stepOf(choice.latentDim, true);
    const steps = [...others, own].sort((a, b) => a.latentDim - b.latentDim);
    const chosen = trials.get(choice.latentDim)!;
    const pca = bench.pca(Math.min(choice.latentDim, bench.outputs));
    const seed = options.seed ?? 42;
    const errors = await errorsOf(bench, chosen);
    const linear = pca && (await errorsOf(bench, pca));
    return {
      rows: { train, validate, test },
      cells: bench.outputs,
      meanError,
      steps,
      choice,
      difference: linear && pairedDifference(errors, linear),
      closer: linear && errors.filter((error, i) => error < linear[i]!).length / errors.length,
      neighbours: await judgeNeighbours(bench, chosen, pca, seed),
      classes: classes ? await judgeClasses(bench, chosen, pca, classes, seed) : null,
    };
  } finally {
    for (const trial of trials.values()) await trial.dispose();
  }
}

/** Whether the last two sizes bought less than an average cell for each variable that they had more. */
function isPastElbow(steps: readonly ReductionStep[], average: number): boolean {
  const known = steps.filter(({ autoencoder }) => autoencoder !== null);
  const gains = known.map(({ latentDim, autoencoder }, i) => {
    const before = known[i - 1];
    return before ? (before.autoencoder! - autoencoder!) / (latentDim - before.latentDim) : 1;
  });
  return gains.length > 2 && gains.slice(-2).every((gain) => gain < average);
}

const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

async function errorsOf(bench: Workbench, trial: Trial): Promise<Float64Array> {
  return bench.squaredErrors("test", (await trial.judge("test")).rebuilt);
}

function choose(
  bench: Workbench,
  wanted: number | "auto",
  steps: readonly ReductionStep[],
  meanError: number,
  training: TrainOptions,
): SizeChoice {
  if (wanted !== "auto") return { latentDim: wanted, rule: "stated", depth: 0 };
  const known = steps.filter(({ autoencoder }) => autoencoder !== null);
  const below = known.filter(({ latentDim }) => latentDim < bench.outputs);
  const sizes = [0, ...below.map(({ latentDim }) => latentDim), bench.outputs];
  const errors = [meanError, ...below.map(({ autoencoder }) => autoencoder!), 0];
  const { index, depth } = elbowOf(sizes, errors);
  if (index > 0 && depth >= leastDepth) return { latentDim: sizes[index]!, rule: "elbow", depth };
  return { latentDim: bench.network(training).latentDim, rule: "flat", depth };
}

async function judgeNeighbours(
  bench: Workbench,
  trial: Trial,
  pca: Trial | null,
  seed: number,
): Promise<ReductionStudy["neighbours"]> {
  const sample = sampleOf(bench, "test", mostJudged, seed);
  const rows = sample.length;
  const k = Math.min(usualNeighbours, Math.ceil(rows / 2) - 1);
  if (k < 1) return null;
  const codesOf = async (each: Trial) => ({
    data: rowsAt((await each.judge("test")).codes, each.latentDim, sample),
    columns: each.latentDim,
  });
  const cells = rowsAt(bench.cells("test"), bench.outputs, sample);
  const codes = [await codesOf(trial), ...(pca ? [await codesOf(pca)] : [])];
  const [autoencoder, linear = null] = neighbourhoods(cells, bench.outputs, codes, { k });
  return { k, rows, autoencoder: autoencoder!, pca: linear };
}

async function judgeClasses(
  bench: Workbench,
  trial: Trial,
  pca: Trial | null,
  classes: readonly string[],
  seed: number,
): Promise<ReductionStudy["classes"]> {
  const known = (part: BenchPart, most: number) => {
    const { rows } = bench.rows(part);
    const places = sampleOf(bench, part, rows.length, seed)
      .filter((place) => classes[rows[place]!] !== "")
      .slice(0, most);
    return { places, classes: Array.from(places, (place) => classes[rows[place]!]!) };
  };
  const searched = known("train", mostSearched);
  const asked = known("test", mostJudged);
  const k = Math.min(usualNeighbours, searched.places.length);
  if (k < 1 || asked.places.length === 0) return null;
  const accuracy = (train: Float32Array, test: Float32Array, columns: number): number => {
    const queries = rowsAt(test, columns, asked.places);
    const rows = rowsAt(train, columns, searched.places);
    const found = nearestNeighbours(queries, rows, columns, k);
    return neighbourAccuracy(found, searched.classes, asked.classes);
  };
  const ofCodes = async (each: Trial): Promise<number> =>
    accuracy((await each.judge("train")).codes, (await each.judge("test")).codes, each.latentDim);
  const [commonest] = countsOf(searched.classes)[0]!;
  return {
    k,
    rows: asked.places.length,
    autoencoder: await ofCodes(trial),
    pca: pca && (await ofCodes(pca)),
    columns: accuracy(bench.cells("train"), bench.cells("test"), bench.outputs),
    commonest: asked.classes.filter((value) => value === commonest).length / asked.classes.length,
  };
}

/** Places of some rows of a part, drawn from the seed. */
const sampleOf = (bench: Workbench, part: BenchPart, most: number, seed: number): Uint32Array =>
  permutation(bench.rows(part).rows.length, random(seed, 31)).slice(0, most);
