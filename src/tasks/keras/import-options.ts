import type { KerasModel } from "../../keras/read.ts";
import { type Loss, lossNamed, type Model } from "../../nn/index.ts";
import { type FitOptions, fit } from "../../training/fit.ts";
import type { Epoch, Vectors } from "../../training/state.ts";
import { isHeldOut } from "../evaluate/judge.ts";
import { historyRecord } from "../model/history.ts";
import type { TrainingRecord } from "../model/metadata.ts";
import type { ModelOptions } from "../model/model-file.ts";
import { type Labels, labelRecord, type Normal } from "../rows/labels.ts";
import { parts, type Split, splitLabelled, splitUnlabelled } from "../rows/split.ts";

/** Options of importing a Keras file beyond reading it. */
export interface ImportOptions
  extends ModelOptions,
    Pick<FitOptions, "learningRate" | "batchSize" | "onEpoch" | "onProgress" | "signal"> {
  /** What the cells of the data are divided by before the network gets them: 255 for images in [0, 1]; 1. */
  readonly divide?: number;
  /** How the threshold is chosen on the scores of data; "quantile:0.99" by default. */
  readonly threshold?: string;
  /** The value of the label that is normal, or several; by default the commonest. */
  readonly normal?: Normal;
  /** Epochs that the network trains on over the data; 0 by default. */
  readonly epochs?: number;
  readonly seed?: number;
}

/** Rows that do not train judge; where none trains, all do. */
export function splitFor(rows: number, labels: Labels | null, epochs: number, seed: number): Split {
  if (epochs > 0) return labels ? splitLabelled(labels.classes, seed) : splitUnlabelled(rows, seed);
  return labels ? allCalibrate(labels) : allTrain(rows);
}

/** Whether a row has a say in the threshold. */
export const judges = (split: Split, row: number, epochs: number): boolean =>
  epochs > 0 ? isHeldOut(split, row) : split.partOf[row] !== parts.out;

const none = { train: 0, validate: 0, calibrate: 0, test: 0, out: 0 };

/** Without labels a threshold is chosen on the rows that train where no row judges. */
const allTrain = (rows: number): Split => ({
  partOf: new Uint8Array(rows),
  counts: { ...none, train: rows },
});

/** Every row that has a label is there to choose the threshold and to judge. */
function allCalibrate({ classes }: Labels): Split {
  const partOf = classes.map((kind) => (kind === 2 ? parts.out : parts.calibrate));
  const out = classes.filter((kind) => kind === 2).length;
  return { partOf, counts: { ...none, calibrate: classes.length - out, out } };
}

/** A network after reading, and perhaps after training on. */
export interface Network {
  readonly model: Model;
  readonly parameters: Vectors;
  readonly loss: Loss;
  readonly history: readonly Epoch[];
  readonly bestEpoch: number;
}

/** The network as the file has it. */
export const untrained = ({ model, parameters, loss }: KerasModel): Network => ({
  ...{ model, parameters, loss: lossNamed(loss ?? "mse"), history: [], bestEpoch: 0 },
});

/** Trains a network on over prepared rows in memory; `partOf` tells which of them judge when to stop. */
export async function trainOn(
  { model, parameters, loss }: Network,
  cells: Float32Array,
  validationRows: Uint32Array,
  options: ImportOptions,
): Promise<Network> {
  const { epochs, learningRate, batchSize, seed, threads, engine, onEpoch, onProgress, signal } =
    options;
  const fitted = await fit(model, cells, {
    ...some({ epochs, learningRate, batchSize, seed, threads, engine }),
    ...some({ onEpoch, onProgress, signal }),
    ...{ loss, initial: parameters, validationRows },
  });
  await fitted.dispose();
  const { history, bestEpoch } = fitted;
  return { model, parameters: fitted.parameters, loss, history, bestEpoch };
}

/** Without what is undefined. */
const some = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** What the metadata say of how a network came to be. */
export function recordOf(
  { version, code }: KerasModel,
  { history, bestEpoch }: Network,
  { split, labels, fingerprint }: Ground,
  options: ImportOptions,
): Omit<TrainingRecord, "versions"> {
  const { seed = defaultSeed, divide = 1, threshold, epochs = 0 } = options;
  const best = history[bestEpoch - 1];
  return {
    ...{ fingerprint, rows: split.counts, seed },
    label: labelRecord(labels),
    options: {
      ...{ imported: "keras", keras: version, code, divide, epochs },
      ...(threshold !== undefined && { threshold }),
    },
    ...{ epochs: history.length, bestEpoch, loss: best?.loss ?? 0 },
    validationLoss: best?.validationLoss ?? null,
    history: historyRecord(history),
  };
}

/** What is known of the data that an import looked at. */
export interface Ground {
  readonly split: Split;
  readonly labels: Labels | null;
  readonly fingerprint: string;
}

export const defaultSeed = 42;
export const usualRule = "quantile:0.99";

/** What is known where no data were looked at. */
export const noGround: Ground = {
  split: { partOf: new Uint8Array(0), counts: none },
  labels: null,
  fingerprint: "",
};
