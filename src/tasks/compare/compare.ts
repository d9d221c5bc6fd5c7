import { withCallbacks } from "../../callbacks.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import type { OpenOptions } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { mean, sd } from "../../metrics/statistics.ts";
import { checkObject } from "../../options.ts";
import { type DataSource, withTable } from "../lesson/job.ts";
import type { TrainOptions } from "../lesson/train-options.ts";
import { type TrainedTable, train } from "../train/train.ts";
import type { BenchPart } from "../workbench/bench-rows.ts";
import { openArraysBench, openTableBench } from "../workbench/open-bench.ts";
import { type PairedDifference, pairedDifference } from "../workbench/paired.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type Best, bestOf } from "./best.ts";
import { type Contestant, contestantsFor, type Figures } from "./contest.ts";

/** One run of a contestant. */
export interface Run extends Figures {
  readonly seed: number;
  readonly seconds: number;
  /** What ended its training before it was done: the budget, or who asked for it; else null. */
  readonly cut: "budget" | "interrupted" | null;
}

/** A contestant with its runs; without any, the budget left no time for it. */
export interface Contender {
  readonly name: string;
  readonly role: Contestant["role"];
  readonly latentDim: number | null;
  /** What `train` is told to make it; null for baselines. */
  readonly options: TrainOptions | null;
  readonly runs: readonly Run[];
}

/** The best autoencoder beside what it should beat. */
export interface Duel {
  readonly autoencoder: string;
  readonly baseline: string;
  readonly latentDim: number | null;
  /** Average precision, or less the error: autoencoder less baseline, seed by seed. */
  readonly difference: PairedDifference;
  readonly seeds: number;
}

/** Autoencoders and baselines on the same rows, seed by seed. */
export interface Comparison {
  readonly labelled: boolean;
  /** Rows of each part, of the first seed. */
  readonly rows: Readonly<Record<BenchPart, number>>;
  /** Share of anomalies in the test part, the average precision of guessing; null without labels. */
  readonly baseRate: number | null;
  readonly contenders: readonly Contender[];
  /** With labels, the best of all and how well it separates; null where none came to an end. */
  readonly best: Best | null;
  /** null where no autoencoder or no baseline came to an end. */
  readonly duel: Duel | null;
  readonly seconds: number;
  readonly budget: number;
  /** Whether it was asked to end before it was done. */
  readonly interrupted: boolean;
}

export interface CompareOptions extends TrainOptions {
  /** Seconds that all may take together (45). */
  readonly budget?: number;
  /** How often each is repeated, with another split and other weights (3). */
  readonly seeds?: number;
  /** Hears of each run as it ends. */
  readonly onRun?: (contender: Contender, run: Run) => void;
}

/** Seconds below which a training is not begun. */
const leastSeconds = 0.3;
/** A margin for what cannot be stopped at once. */
const used = 0.95;

/**
 * Trains several autoencoders on a table and judges them beside baselines on the same rows that did not train,
 * with repeated seeds: split and weights are new for each. With a label by how well they tell anomalies (PCA,
 * isolation forest and k nearest neighbours beside them), without by how well they rebuild rows (PCA of the
 * same sizes, the mean). All runs of the first seed come first, each with an equal share of the time that is
 * left; a training that takes longer is cut and said to be. Throws `anomalies_few` where a part has none.
 */
export function compare(
  data: DataSource,
  options: OpenOptions & CompareOptions = {},
): Promise<Comparison> {
  return withTable(data, options, (table) => {
    const labelled = table.columns.some(({ role }) => role === "label");
    return compareOn({
      open: (seed) => openTableBench(table, { ...options, seed, labelled }),
      options,
      trainWhole: (told) => train(table, told),
    });
  });
}

/** As `compare`, for images or sequences; their classes count with `labelled` or a `normal` one. */
export async function compareArrays(
  arrays: Arrays,
  given: CompareOptions & { readonly labelled?: boolean } = {},
): Promise<Comparison> {
  checkObject("compareArrays", given);
  const { labelled = false, ...options } = given;
  return compareOn({
    open: (seed) => openArraysBench(arrays, { ...options, seed, labelled }),
    options,
  });
}

interface Plan {
  readonly open: (seed: number) => Promise<Workbench>;
  readonly options: CompareOptions;
  readonly trainWhole?: (options: TrainOptions) => Promise<TrainedTable>;
}

const compareOn = (plan: Plan): Promise<Comparison> =>
  withCallbacks(plan.options, (options) => compareWatched({ ...plan, options }));

async function compareWatched({ open, options, trainWhole }: Plan): Promise<Comparison> {
  const { budget = 45, seeds = 3, seed: first = 42, onRun, signal: stop, ...common } = options;
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  let bench = await open(first);
  checkAnomalies(bench);
  const rows = bench.split.counts;
  const labelled = bench.labels !== null;
  const baseRate = labelled ? mean(anomaliesOf(bench, "test")) : null;
  const contestants = contestantsFor(bench, common);
  const runs = new Map<Contestant, Run[]>(contestants.map((each) => [each, []]));
  const contenderOf = (contestant: Contestant): Contender => {
    const { name, role, latentDim, options: own } = contestant;
    return { name, role, latentDim, options: own, runs: runs.get(contestant)! };
  };
  let opening = seconds();
  for (let round = 0; round < seeds && !stop?.aborted; round++) {
    const seed = first + round;
    const chosen =
      round === 0 ? contestants : affordable(runs, budget * used - seconds() - opening);
    if (chosen.length === 0) break;
    if (round > 0) {
      const from = seconds();
      bench = await open(seed);
      opening = seconds() - from;
    }
    for (const [i, contestant] of chosen.entries()) {
      if (stop?.aborted) break;
      const share = (budget * used - seconds()) / (chosen.length - i);
      // the first of all runs whatever the budget: an answer is wanted
      if (share < leastSeconds && contestant.role === "autoencoder" && i > 0) continue;
      const limit = AbortSignal.timeout(Math.max(1, Math.round(1000 * share)));
      const signal = stop ? AbortSignal.any([stop, limit]) : limit;
      const from = seconds();
      const training = { ...common, seed };
      const arena = { bench, training, signal, ...(trainWhole && { trainWhole }) };
      const figures = await contestant.run(arena);
      const ended: Run["cut"] = stop?.aborted ? "interrupted" : limit.aborted ? "budget" : null;
      const cut = contestant.role === "autoencoder" ? ended : null;
      const run = { ...figures, seed, seconds: seconds() - from, cut };
      runs.get(contestant)!.push(run);
      onRun?.(contenderOf(contestant), run);
    }
  }
  const contenders = contestants.map(contenderOf);
  return {
    ...{ labelled, baseRate },
    rows: {
      train: rows.train,
      validate: rows.validate,
      calibrate: rows.calibrate,
      test: rows.test,
    },
    contenders,
    best: labelled ? bestOf(contenders, anomaliesAmong(bench)) : null,
    duel: duelOf(contenders, labelled, rows.test / rows.train),
    seconds: seconds(),
    budget,
    interrupted: stop?.aborted ?? false,
  };
}

/**
 * Those that another round has time for, by what their runs took before: the best baseline, the best
 * autoencoder, the second of each, and so on. None where no autoencoder fits.
 */
function affordable(
  runs: ReadonlyMap<Contestant, readonly Run[]>,
  seconds: number,
): readonly Contestant[] {
  const known = [...runs].filter(([, before]) => before.length > 0);
  const ofRole = (role: Contestant["role"]) =>
    known
      .filter(([contestant]) => contestant.role === role)
      .sort(([, a], [, b]) => meritOf(b) - meritOf(a));
  const [baselines, networks] = [ofRole("baseline"), ofRole("autoencoder")];
  const order = known.flatMap((_, i) => [
    ...baselines.slice(i, i + 1),
    ...networks.slice(i, i + 1),
  ]);
  let left = seconds;
  const chosen = new Set<Contestant>();
  for (const [contestant, before] of order) {
    const cost = Math.max(...before.map((run) => run.seconds));
    if (cost > left) continue;
    left -= cost;
    chosen.add(contestant);
  }
  const some = [...chosen].some(({ role }) => role === "autoencoder");
  return some ? known.map(([contestant]) => contestant).filter((each) => chosen.has(each)) : [];
}

const meritOf = (runs: readonly Run[]): number => mean(runs.map(({ merit }) => merit));

const anomaliesOf = (bench: Workbench, part: BenchPart): Uint8Array =>
  Uint8Array.from(bench.rows(part).rows, (row) => (bench.labels!.classes[row] === 1 ? 1 : 0));

/** How many rows test, and how many of them are anomalies. */
const anomaliesAmong = (bench: Workbench) => {
  const classes = anomaliesOf(bench, "test");
  return { rows: classes.length, anomalies: classes.reduce((sum, each) => sum + each, 0) };
};

/** Refuses labels of which a part that judges has no anomaly. */
export function checkAnomalies(bench: Workbench): void {
  if (!bench.labels) return;
  const { anomalies } = bench.labels;
  for (const part of ["calibrate", "test"] as const)
    if (!anomaliesOf(bench, part).includes(1))
      throw new EspejoError("anomalies_few", { path: bench.path, anomalies });
}

/**
 * The autoencoder and the baseline of the greatest merit, which the test part has no say in, compared on the
 * test part seed by seed. Without labels both have codes of one size: a bigger one always rebuilds better.
 */
function duelOf(contenders: readonly Contender[], labelled: boolean, overlap: number): Duel | null {
  const done = contenders.filter(({ runs }) => runs.length > 0);
  const best = (among: readonly Contender[]): Contender | undefined =>
    among.reduce<Contender | undefined>(
      (a, b) => (a && !(meritOf(b.runs) > meritOf(a.runs)) ? a : b),
      undefined,
    );
  const usual = done.find(({ role }) => role === "autoencoder")?.latentDim ?? null;
  const comparable = labelled ? done : done.filter(({ latentDim }) => latentDim === usual);
  const autoencoder = best(comparable.filter(({ role }) => role === "autoencoder"));
  const baseline = best(comparable.filter(({ role }) => role === "baseline"));
  if (!autoencoder || !baseline) return null;
  const figure = (run: Run): number => (labelled ? run.averagePrecision! : -run.error!);
  const pairs = autoencoder.runs.flatMap((run) => {
    const other = baseline.runs.find(({ seed }) => seed === run.seed);
    return other ? [[figure(run), figure(other)] as const] : [];
  });
  if (pairs.length === 0) return null;
  return {
    ...{ autoencoder: autoencoder.name, baseline: baseline.name, seeds: pairs.length },
    latentDim: labelled ? autoencoder.latentDim : usual,
    difference: pairedDifference(
      pairs.map(([own]) => own),
      pairs.map(([, other]) => other),
      { overlap },
    ),
  };
}

/** Mean and deviation of a figure over runs; null where no run has it. */
export function overSeeds(
  runs: readonly Run[],
  figure: "rocAuc" | "averagePrecision" | "error",
): { readonly mean: number; readonly deviation: number } | null {
  const values = runs.flatMap((run) => (run[figure] === null ? [] : [run[figure]]));
  return values.length === 0 ? null : { mean: mean(values), deviation: sd(values) };
}
