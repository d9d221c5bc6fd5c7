import type { ArraysDetected } from "../../data/arrays.ts";
import type { ColumnPlan, Detected } from "../../data/table.ts";
import type { TrainingProfile } from "../../preparation/statistics.ts";

/** What every model file says of itself beside its graph, each part JSON under `espejo.` and its name. */
interface CommonMetadata {
  /** Version of this layout. */
  readonly schema: 1;
  readonly kind: string;
  /** Options that make the same network again. */
  readonly architecture: Readonly<Record<string, unknown>>;
  readonly threshold: {
    readonly value: number;
    readonly rule: string;
    readonly parameters: Readonly<Record<string, number>>;
  };
  readonly training: TrainingRecord;
}

/** The metadata of a model of a table. */
export interface Metadata extends CommonMetadata {
  /** All columns in source order; list order gives the order inside each input. */
  readonly columns: readonly ColumnPlan[];
  readonly source: Detected;
  readonly profile: TrainingProfile;
  /** Size of the code, where the options of the network do not say it. */
  readonly latentDim?: number;
  /** PCA with the same code size, on the prepared columns, in base64 of little-endian float32; null without data. */
  readonly pca: PcaMetadata | null;
  /** Rows made from quantiles of the columns, with the scores that they must get. */
  readonly golden: Golden;
}

export interface PcaMetadata {
  readonly components: number;
  readonly mean: string;
  readonly axes: string;
}

/** The metadata of a model of images or sequences. */
export interface ArrayMetadata extends CommonMetadata {
  readonly latentDim: number;
  readonly source: ArraysDetected;
  readonly scale: ArrayScale;
  /** For the time stamps of windows of a table; absent for other rows, and in files from before it was kept. */
  readonly stampThreshold?: CommonMetadata["threshold"];
  /** As that of a table; null where rows have too many cells, too. */
  readonly pca: PcaMetadata | null;
  /** Rows of one value in all cells of a feature, as far from its mean, with the scores that they must get. */
  readonly golden: { readonly deviations: readonly number[]; readonly scores: readonly number[] };
}

/** How arrays are prepared: (x - mean) / deviation, of each channel or feature. */
export interface ArrayScale {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export type AnyMetadata = Metadata | ArrayMetadata;

export interface TrainingRecord {
  /** SHA-256 of the values that trained, in order. */
  readonly fingerprint: string;
  readonly rows: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly label: { readonly column: string; readonly normal: string } | null;
  readonly options: Readonly<Record<string, unknown>>;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly loss: number;
  readonly validationLoss: number | null;
  /** Losses epoch by epoch (`epochsOf` tells which); absent in files from before they were kept. */
  readonly history?: readonly LossPair[];
  readonly versions: Readonly<Record<string, string>>;
}

/** Loss and validation loss of an epoch; null where no rows validated. */
export type LossPair = readonly [loss: number, validationLoss: number | null];

export interface Golden {
  readonly numeric: readonly (readonly (number | null)[])[];
  readonly categories: readonly (readonly string[])[];
  readonly scores: readonly number[];
}

/** How many rows of the data a model file holds at most: none but for the banks of an ensemble. */
export function rowsHeld({ training }: Pick<AnyMetadata, "training">): number {
  const { banks = [], rows = 0 } = training.options as {
    readonly banks?: readonly number[];
    readonly rows?: number;
  };
  return Math.min(
    rows,
    banks.reduce((sum, size) => sum + size, 0),
  );
}

/** The metadata as the strings of `metadata_props`. */
export function metadataEntries(metadata: AnyMetadata): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [
      `espejo.${name}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** The metadata of a file, or null where it is not one of ours. Throws a SyntaxError where it is damaged. */
export function metadataFrom(entries: Readonly<Record<string, string>>): AnyMetadata | null {
  if (entries["espejo.schema"] === undefined) return null;
  return Object.fromEntries(
    Object.entries(entries)
      .filter(([name]) => name.startsWith("espejo."))
      .map(([name, text]) => [
        name.slice("espejo.".length),
        name === "espejo.kind" ? text : JSON.parse(text),
      ]),
  ) as unknown as AnyMetadata;
}
