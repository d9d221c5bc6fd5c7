import { withCallbacks } from "../../callbacks.ts";
import { EspejoError } from "../../errors.ts";
import { averagePrecision } from "../../metrics/ranking.ts";
import { mean } from "../../metrics/statistics.ts";
import { type Figures, figuresOf } from "../compare/contest.ts";
import { runLength } from "../lesson/sizes.ts";
import type { TrainOptions } from "../lesson/train-options.ts";
import { pick } from "../rows/pick.ts";
import type { NetworkTrial, Workbench } from "../workbench/workbench.ts";
import { candidate, type SearchGround } from "./search-space.ts";

/** A candidate with how far it came. */
export interface Candidate {
  /** From 0, the usual network. */
  readonly number: number;
  readonly options: TrainOptions;
  /** The rung that it was last trained on, from 0. */
  readonly rung: number;
  /** Epochs that it was allowed there. */
  readonly epochs: number;
  /** Average precision on the rows that choose, or less the error of those that judge when to stop; null where it failed. */
  readonly merit: number | null;
  readonly seconds: number;
  /** Whether the budget ended its training. */
  readonly cut: boolean;
}

/** How well the winner does on rows that had no say, beside the usual network and PCA with as long a code. */
export interface Proof {
  /** Size of the winner's code, and of PCA's. */
  readonly latentDim: number;
  readonly winner: Figures;
  readonly usual: Figures;
  readonly pca: Figures | null;
}

/** What a search found. */
export interface Search {
  /** Whether average precision was searched for; else the error at one size of the code. */
  readonly labelled: boolean;
  /** The size of the code that was held for all; null where it was searched. */
  readonly latentDim: number | null;
  /** Rows that candidates are chosen by, and rows that have no say. */
  readonly rows: { readonly choose: number; readonly test: number };
  /** Epochs of each rung. */
  readonly rungs: readonly number[];
  /** The best first: those that came furthest, then by merit. */
  readonly candidates: readonly Candidate[];
  readonly winner: Candidate;
  /** null where the search was interrupted. */
  readonly proof: Proof | null;
  readonly seconds: number;
  readonly interrupted: boolean;
}

export interface SearchOptions extends TrainOptions {
  /** Seconds of the search (60). */
  readonly budget?: number;
  /** Candidates of the first rung at most (81). */
  readonly trials?: number;
  /** Hears of each training of a candidate as it ends. */
  readonly onTrial?: (candidate: Candidate) => void;
}

/** The share of candidates that reach the next rung is one in so many, as Hyperband has it. */
const eta = 3;
const leastEpochs = 3;

/** Epochs of each rung: a third of those of the next, the last all of them. */
export function rungsOf(epochs: number): readonly number[] {
  const below = Math.floor(epochs / eta);
  return below < leastEpochs ? [epochs] : [...rungsOf(below), epochs];
}

/**
 * Searches the options of a network by successive halving (Jamieson and Talwalkar 2016): many candidates train
 * for few epochs, the best third of them for three times as many, and so on. Each rung has an equal share of
 * the time that is left; where much is left at the end, others begin again at the first rung (Hyperband, Li et
 * al. 2018). What counts is the average
 * precision on the calibration rows where there are labels; else the error of the rows that judge when to stop,
 * with one size of the code, since a bigger code always rebuilds better. Options that are given hold for all.
 */
export function searchOn(bench: Workbench, options: SearchOptions = {}): Promise<Search> {
  return withCallbacks(options, (watched) => searchWatched(bench, watched));
}

async function searchWatched(bench: Workbench, options: SearchOptions): Promise<Search> {
  const { budget = 60, trials = 81, onTrial, signal: stop, ...given } = options;
  const { seed = 42 } = options;
  const labelled = bench.labels !== null;
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  const usual = bench.network(given).latentDim;
  const ground: SearchGround = {
    ...{ content: bench.content, cells: bench.outputs, usual },
    latentDim: labelled ? null : usual,
  };
  const rungs = rungsOf(runLength(bench.split.counts.train, bench.content, options).epochs);
  const known = new Map<number, Candidate>();
  const ended = (): boolean => (stop?.aborted ?? false) && known.size > 0;
  /** Trains one for some epochs; false when the interruption came first. */
  const climb = async (number: number, rung: number): Promise<boolean> => {
    const own = candidate(ground, number, given, seed);
    const limit = AbortSignal.timeout(Math.max(100, Math.round(1000 * (budget - seconds()))));
    const signal = stop ? AbortSignal.any([stop, limit]) : limit;
    const most = rungs[rung]!;
    const found = await tryOut(bench, { ...given, ...own, epochs: most, signal });
    if (ended() && found.cut) return false;
    const tried = { number, options: own, rung, epochs: most, ...found };
    known.set(number, tried);
    onTrial?.(tried);
    return true;
  };
  /** Halves candidates from `first` on, and gives how many the first rung had time for. */
  const halve = async (first: number): Promise<number> => {
    let alive = Array.from({ length: trials - first }, (_, i) => first + i);
    let begunWith = 0;
    for (const rung of rungs.keys()) {
      const until = seconds() + (budget - seconds()) / (rungs.length - rung);
      let tried = 0;
      // of each rung the first is tried whatever the time, so that there is a winner
      while (tried < alive.length && (tried === 0 || seconds() < until) && !ended())
        if (!(await climb(alive[tried++]!, rung))) break;
      if (rung === 0) begunWith = tried;
      const passed = alive.flatMap((number) => known.get(number) ?? []);
      const best = ranked(passed.filter((each) => each.rung === rung && each.merit !== null));
      alive = best.slice(0, Math.ceil(best.length / eta)).map(({ number }) => number);
    }
    return begunWith;
  };
  let took = 0;
  for (let first = 0; first < trials && !ended(); ) {
    if (first > 0 && budget - seconds() < took / 2) break;
    const from = seconds();
    first += await halve(first);
    took = seconds() - from;
  }
  const candidates = ranked([...known.values()]);
  const winner = candidates[0]!;
  const interrupted = stop?.aborted ?? false;
  if (winner.merit === null) throw new EspejoError("tune_nothing", { path: bench.path });
  const searched = seconds();
  const { calibrate, validate, test } = bench.split.counts;
  return {
    ...{ labelled, latentDim: ground.latentDim, rungs, candidates, winner, interrupted },
    rows: { choose: labelled ? calibrate : validate, test },
    proof: interrupted
      ? null
      : await prove(bench, winner, candidate(ground, 0, given, seed), {
          ...given,
          epochs: rungs.at(-1)!,
        }),
    seconds: searched,
  };
}

/** Those that came furthest first, then by merit, then the earlier. */
const ranked = (candidates: readonly Candidate[]): readonly Candidate[] =>
  [...candidates].sort(
    (a, b) =>
      b.rung - a.rung ||
      (b.merit ?? Number.NEGATIVE_INFINITY) - (a.merit ?? Number.NEGATIVE_INFINITY) ||
      a.number - b.number,
  );

async function tryOut(
  bench: Workbench,
  options: TrainOptions & { readonly signal: AbortSignal },
): Promise<Pick<Candidate, "merit" | "seconds" | "cut">> {
  const begun = performance.now();
  let merit: number | null = null;
  try {
    const trial = await bench.fit(options);
    try {
      merit = await meritOf(bench, trial);
    } finally {
      await trial.dispose();
    }
  } catch (error) {
    // a rate that is too high for these rows, or sizes that do not go together, end a candidate, not the search
    if (!(error instanceof EspejoError && survivable.has(error.code))) throw error;
  }
  return { merit, seconds: (performance.now() - begun) / 1000, cut: options.signal.aborted };
}

const survivable = new Set<string>(["not_finite", "network_options"]);

/** What a candidate is chosen by; never the rows that test. */
async function meritOf(bench: Workbench, trial: NetworkTrial): Promise<number | null> {
  if (bench.labels) {
    const { scores } = await trial.judge("calibrate");
    if (!scores.every(Number.isFinite)) return null;
    return averagePrecision(scores, pick(bench.labels.classes, bench.rows("calibrate").rows));
  }
  const { rebuilt } = await trial.judge("validate");
  const error = mean(bench.squaredErrors("validate", rebuilt));
  return Number.isFinite(error) ? -error : null;
}

async function prove(
  bench: Workbench,
  winner: Candidate,
  usual: TrainOptions,
  common: TrainOptions,
): Promise<Proof> {
  const figures = async (options: TrainOptions): Promise<[Figures, number]> => {
    const trial = await bench.fit({ ...common, ...options });
    try {
      return [await figuresOf(bench, trial), trial.latentDim];
    } finally {
      await trial.dispose();
    }
  };
  const [won, latentDim] = await figures(winner.options);
  const pca = bench.pca(Math.min(latentDim, bench.outputs));
  return {
    latentDim,
    winner: won,
    usual: winner.number === 0 ? won : (await figures(usual))[0],
    pca: pca && (await figuresOf(bench, pca)),
  };
}
