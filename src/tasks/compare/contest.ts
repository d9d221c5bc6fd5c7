import { isolationForest, neighbourScores } from "../../baselines/index.ts";
import { rocAucInterval } from "../../metrics/auc-interval.ts";
import { averagePrecision } from "../../metrics/ranking.ts";
import { mean } from "../../metrics/statistics.ts";
import type { TrainOptions } from "../lesson/train-options.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { parts } from "../rows/split.ts";
import type { TrainedTable } from "../train/train.ts";
import type { BenchPart } from "../workbench/bench-rows.ts";
import type { Trial, Workbench } from "../workbench/workbench.ts";
import { type Setting, settingsFor } from "./settings.ts";

/** Something that a comparison runs: an autoencoder, or what it should be better than. */
export interface Contestant {
  readonly name: string;
  readonly role: "autoencoder" | "baseline";
  /** Size of the code; null for what has none. */
  readonly latentDim: number | null;
  /** What `train` is told to make it; null for baselines. */
  readonly options: TrainOptions | null;
  readonly run: (arena: Arena) => Promise<Figures>;
}

/** What contestants meet on, one for each seed. */
export interface Arena {
  readonly bench: Workbench;
  /** Options of every training: engine, epochs, the seed. */
  readonly training: TrainOptions;
  /** Ends a training that takes longer than its share of the budget. */
  readonly signal: AbortSignal;
  /** Trains as `train` does, for kinds that are more than one network. */
  readonly trainWhole?: (options: TrainOptions) => Promise<TrainedTable>;
}

/** How well a contestant does on rows that it did not learn from. */
export interface Figures {
  /** On the test part; null without labels. */
  readonly rocAuc: number | null;
  /** Ends of its 95 % interval. */
  readonly rocAucInterval: readonly [low: number, high: number] | null;
  readonly averagePrecision: number | null;
  /** Mean squared error on the test part; null for what rebuilds nothing. */
  readonly error: number | null;
  /** What it is chosen by, on rows that neither trained nor test: average precision, or less the error. */
  readonly merit: number;
  readonly epochs: number | null;
}

/** All that meet on some rows: settings of autoencoders, then baselines. `cells` are those of a row. */
export function contestantsFor(bench: Workbench, training: TrainOptions): readonly Contestant[] {
  const labelled = bench.labels !== null;
  const usual = bench.network(training).latentDim;
  const networks = settingsFor(bench.content, labelled).map((setting) =>
    networkContestant(bench, setting, usual),
  );
  const known = new Set<string>();
  const distinct = networks.filter(({ options }) => {
    const key = JSON.stringify(options);
    return known.has(key) ? false : known.add(key);
  });
  if (labelled) return [...distinct, ...detectors(bench, usual)];
  const sizes = [...new Set(distinct.map(({ latentDim }) => latentDim!))].sort((a, b) => a - b);
  return [...distinct, ...(bench.pca(1) ? sizes.map(pcaContestant) : []), meanContestant];
}

function networkContestant(
  bench: Workbench,
  { name, options, detects }: Setting,
  usual: number,
): Contestant {
  const own = options(usual, bench.outputs);
  return {
    ...{ name, role: "autoencoder", options: own, latentDim: own.latentDim ?? null },
    async run({ bench: rows, training: common, signal, trainWhole }) {
      const told = { ...common, ...own, signal };
      if (detects) return figuresOfWhole(await trainWhole!(told));
      const trial = await rows.fit(told);
      try {
        return { ...(await figuresOf(rows, trial)), epochs: trial.fitted.history.length };
      } finally {
        await trial.dispose();
      }
    },
  };
}

const pcaContestant = (latentDim: number): Contestant => ({
  ...{ name: "pca", role: "baseline", latentDim, options: null },
  run: ({ bench }) => figuresOf(bench, bench.pca(latentDim)!),
});

/** What only labels give. */
const unlabelled = { rocAuc: null, rocAucInterval: null, averagePrecision: null, epochs: null };

const meanContestant: Contestant = {
  ...{ name: "mean", role: "baseline", latentDim: 0, options: null },
  run: async ({ bench }) => ({
    ...unlabelled,
    error: mean(bench.meanErrors("test")),
    merit: -mean(bench.meanErrors("validate")),
  }),
};

function detectors(bench: Workbench, usual: number): readonly Contestant[] {
  const scored = (
    name: string,
    score: (known: Float32Array, rows: Float32Array, columns: number, seed: number) => Float32Array,
  ): Contestant => ({
    ...{ name, role: "baseline", latentDim: null, options: null },
    async run({ bench: rows, training: { seed = 42 } }) {
      const known = rows.cells("train");
      const scores = (part: BenchPart) => score(known, rows.cells(part), rows.outputs, seed);
      return judged(rows, scores("calibrate"), scores("test"));
    },
  });
  // baselines learn from the same prepared cells; of wide rows they would say little for their cost
  if (bench.outputs > mostBaselineCells) return [];
  return [
    pcaContestant(usual),
    scored("isolationForest", (known, rows, columns, seed) =>
      isolationForest(known, columns, { seed }).score(rows),
    ),
    scored("neighbours", (known, rows, columns, seed) =>
      neighbourScores(known, rows, columns, { seed, most: searchable(rows.length) }),
    ),
  ];
}

const mostBaselineCells = 512;

/** Known rows that neighbours are searched among: 10,000, fewer where that would be many billion products. */
const searchable = (cells: number): number =>
  Math.max(500, Math.min(10_000, Math.floor(2e9 / Math.max(1, cells))));

/** How well what learnt on a workbench does on its test part. */
export async function figuresOf(bench: Workbench, trial: Trial): Promise<Figures> {
  const test = await trial.judge("test");
  const error = mean(bench.squaredErrors("test", test.rebuilt));
  if (bench.labels) {
    const calibrate = await trial.judge("calibrate");
    return { ...judged(bench, calibrate.scores, test.scores), error };
  }
  const { rebuilt } = await trial.judge("validate");
  return {
    ...{ ...unlabelled, error },
    merit: -mean(bench.squaredErrors("validate", rebuilt)),
  };
}

function judged(bench: Workbench, calibrate: Float32Array, test: Float32Array): Figures {
  const labelsOf = (part: BenchPart): Uint8Array =>
    pick(bench.labels!.classes, bench.rows(part).rows);
  const labels = labelsOf("test");
  const { auc, low, high } = rocAucInterval(test, labels);
  return {
    ...{ rocAuc: auc, rocAucInterval: [low, high] },
    averagePrecision: averagePrecision(test, labels),
    ...{ error: null, epochs: null },
    merit: averagePrecision(calibrate, labelsOf("calibrate")),
  };
}

async function figuresOfWhole({
  evaluation,
  held,
  split,
  labels,
  model,
  fitted,
}: TrainedTable): Promise<Figures> {
  const places = placesOf(held.rows, (row) => split.partOf[row] === parts.calibrate);
  const classes = pick(labels!.classes, pick(held.rows, places));
  await model.dispose();
  await fitted.dispose();
  return {
    rocAuc: evaluation!.rocAuc,
    rocAucInterval: evaluation!.rocAucInterval,
    averagePrecision: evaluation!.averagePrecision,
    error: null,
    merit: averagePrecision(pick(held.model, places), classes),
    epochs: fitted.history.length,
  };
}
