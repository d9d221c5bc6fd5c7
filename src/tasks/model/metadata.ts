import { isWayToWrite } from "../../data/cells/dates.ts";
import type { ArraysDetected } from "../../data/terms/arrays.ts";
import type { NoteCode } from "../../data/terms/notes.ts";
import {
  type ColumnPlan,
  type Detected,
  formats,
  type NumberStyle,
} from "../../data/terms/table.ts";
import { isZone } from "../../data/terms/zone-names.ts";
import { groupNumbers } from "../../preparation/group-profiles.ts";
import type { TrainingProfile } from "../../preparation/statistics.ts";
import { type Plain, z } from "../../schema.ts";

/**
 * What every model file says of itself beside its graph, each part JSON under `espejo.` and its name: one schema
 * each, from which the types come. Parts that lower layers write keep the types that these gave them.
 */
const text = z.string();
const number = z.number();
const count = z.int().check(z.minimum(0));
const atLeastOne = z.int().check(z.minimum(1));

export const columnPlan: z.ZodMiniType<ColumnPlan> = z.object({
  name: text,
  type: z.enum(["number", "category", "date", "text", "boolean"]),
  role: z.enum(["feature", "id", "label", "time", "weight", "ignore"]),
  unit: z.nullable(text),
  input: z.nullable(z.enum(["numeric", "categories"])),
});

const skippedLine = z.object({
  line: count,
  text,
  why: z.object({
    code: z.string() as z.ZodMiniType<NoteCode>,
    parameters: z.record(text, z.any()),
  }),
});

const isClock = (name: string): boolean => /^[+-]\d\d:\d\d$/.test(name) || isZone(name);

const wayToWrite = text.check(z.refine(isWayToWrite, "a way to write dates"));

/** How dates were read. */
const dates = {
  dates: z.nullable(z.enum(["dmy", "mdy", "ymd"])),
  clocks: z.exactOptional(
    z.record(text, text.check(z.refine(isClock, "an offset or a time zone"))),
  ),
  layouts: z.exactOptional(z.record(text, z.array(wayToWrite).check(z.maxLength(8)))),
  zone: z.exactOptional(text.check(z.refine(isZone, "a time zone"))),
};

const decimal = z.enum([".", ","]);
const thousands = z.enum([".", ",", " ", "'", "none"]);

/** How the numbers of a column are written. */
const numberStyle: z.ZodMiniType<NumberStyle> = z.object({
  ...{ decimal, thousands },
  sign: z.exactOptional(text.check(z.minLength(1), z.maxLength(100))),
  accounting: z.exactOptional(z.boolean()),
  flags: z.exactOptional(z.boolean()),
});

export const tableSource: z.ZodMiniType<Detected> = z.object({
  format: z.enum(formats),
  delimiter: text,
  quote: text,
  ...{ decimal, thousands },
  encoding: z.enum(["utf-8", "latin-1", "utf-16"]),
  ...dates,
  missing: z.array(text),
  notMissing: z.exactOptional(z.array(text)),
  numbers: z.exactOptional(z.record(text, numberStyle)),
  header: z.boolean(),
  skipped: z.array(skippedLine),
});

export const arraysSource: z.ZodMiniType<ArraysDetected> = z.object({
  content: z.enum(["images", "sequences"]),
  format: z.enum([...formats, "folder"]),
  shape: z.array(atLeastOne).check(z.minLength(2), z.maxLength(3)),
  fit: z.nullable(z.enum(["cover", "contain", "fill"])),
  features: z.nullable(z.array(text)),
  time: z.nullable(text),
  group: z.nullable(text),
  stride: z.nullable(atLeastOne),
  clock: z.exactOptional(text),
  read: z.exactOptional(tableSource),
  columns: z.exactOptional(z.array(columnPlan)),
  times: z.exactOptional(z.object(dates)),
  range: z.exactOptional(z.object({ low: number, high: number, whole: z.boolean() })),
  missing: z.exactOptional(z.array(text)),
});

const bins = z.object({ edges: z.array(number), counts: z.array(count) });

const profile: z.ZodMiniType<TrainingProfile> = z.object({
  rows: count,
  numeric: z.array(
    z.object({
      missing: count,
      minimum: number,
      maximum: number,
      deciles: z.array(number).check(z.length(3)),
      bins: z.exactOptional(bins),
      decimals: z.exactOptional(count.check(z.maximum(15))),
    }),
  ),
  categories: z.array(
    z.object({
      missing: count,
      values: z.array(text),
      counts: z.exactOptional(z.array(count)),
    }),
  ),
  groups: z.exactOptional(
    z.object({
      ...{ key: z.array(text), groups: count },
      kept: z.array(
        z.object({
          ...{ name: z.array(text), rows: count },
          columns: z.array(z.nullable(z.array(number).check(z.length(groupNumbers)))),
        }),
      ),
    }),
  ),
  alike: z.exactOptional(z.object({ rows: count, pairs: z.array(z.tuple([count, count, count])) })),
});

const threshold = z.object({
  value: number,
  rule: text,
  parameters: z.record(text, number),
});

const training = z.object({
  /** SHA-256 of the values that trained, in order. */
  fingerprint: text,
  rows: z.record(text, count),
  seed: number,
  label: z.nullable(z.object({ column: text, normal: z.union([text, z.array(text)]) })),
  /** Rows that a person marked, by their numbers from 0; absent where nobody did. */
  marks: z.exactOptional(z.object({ confirmed: z.array(count), falseAlarms: z.array(count) })),
  options: z.looseObject({
    keep: z.exactOptional(text),
    log: z.exactOptional(z.array(text)),
    banks: z.exactOptional(z.array(count)),
    rows: z.exactOptional(count),
    score: z.exactOptional(text),
    threshold: z.exactOptional(text),
    /** Which of the models of one name this is; a server gives it to its clients. */
    modelVersion: z.exactOptional(atLeastOne),
    /** Rows were dealt by their time, key or hash; absent where at random. */
    split: z.exactOptional(
      z.object({ by: z.enum(["time", "key", "hash"]), columns: z.array(text) }),
    ),
  }),
  epochs: count,
  bestEpoch: count,
  loss: number,
  validationLoss: z.nullable(number),
  /** Losses epoch by epoch (`epochsOf` tells which); absent in files from before they were kept. */
  history: z.exactOptional(z.array(z.tuple([number, z.nullable(number)]))),
  versions: z.record(text, text),
  /** How a training was dealt to a cluster; absent where it was on one machine. */
  cluster: z.exactOptional(
    z.object({
      /** Which dealt it out, and its version. */
      by: text,
      partitions: atLeastOne,
      /** Steps of each partition between two averages; null for one pass over its rows. */
      localSteps: z.nullable(atLeastOne),
    }),
  ),
});

/** PCA with the same code size, on the prepared columns, in base64 of little-endian float32; null without data. */
const pca = z.nullable(z.object({ components: atLeastOne, mean: text, axes: text }));

/** The scores that golden rows must get; null where one is not finite. */
const scores = z.array(z.nullable(number));

/** The entries that a reader looks at before the others. */
export const versionMetadata = z.object({
  schema: atLeastOne,
  requires: z.exactOptional(z.array(text)),
});

const common = {
  /** Version of this layout. */
  schema: z.literal([1, 2]),
  /** What a reader must know to use the file; every file of schema 2 has it. */
  requires: z.exactOptional(z.array(text)),
  kind: text,
  /** Options that make the same network again. */
  architecture: z.record(text, z.unknown()),
  threshold,
  training,
  /** How the scores of rows that did not train are distributed; absent in files from before it was kept. */
  scores: z.exactOptional(bins),
};

/** The entries of a model of a table. */
export const tableMetadata = z.object({
  ...common,
  /** All columns in source order; list order gives the order inside each input. */
  columns: z.array(columnPlan),
  source: tableSource,
  profile,
  /** Size of the code, where the options of the network do not say it. */
  latentDim: z.exactOptional(atLeastOne),
  pca,
  /** Rows made from quantiles of the columns, with the scores that they must get. */
  golden: z.object({
    numeric: z.array(z.array(z.nullable(number))),
    categories: z.array(z.array(text)),
    scores,
  }),
});

/** The entries of a model of images or sequences. */
export const arrayMetadata = z.object({
  ...common,
  latentDim: atLeastOne,
  source: arraysSource,
  /** How arrays are prepared: (x - mean) / deviation, of each channel or feature. */
  scale: z.object({ mean: z.array(number), deviation: z.array(number) }),
  /** For the time stamps of windows of a table; absent for other rows, and in files from before it was kept. */
  stampThreshold: z.exactOptional(threshold),
  /** As that of a table; null where rows have too many cells, too. */
  pca,
  /** Rows of one value in all cells of a feature, as far from its mean, with the scores that they must get. */
  golden: z.object({ deviations: z.array(number), scores }),
});

/** The metadata of a model of a table. */
export interface Metadata extends Plain<typeof tableMetadata> {}
/** The metadata of a model of images or sequences. */
export interface ArrayMetadata extends Plain<typeof arrayMetadata> {}
export type AnyMetadata = Metadata | ArrayMetadata;

export type PcaMetadata = NonNullable<Metadata["pca"]>;
export type ArrayScale = ArrayMetadata["scale"];
export type TrainingRecord = Metadata["training"];
export type Golden = Metadata["golden"];
/** Loss and validation loss of an epoch; null where no rows validated. */
export type LossPair = NonNullable<TrainingRecord["history"]>[number];

/** Whether a model is PCA, written as a linear network. */
export const isPca = ({ training }: Pick<AnyMetadata, "training">): boolean =>
  training.options.keep === "pca";

/** How many rows of the data a model file holds at most: none but for the banks of an ensemble. */
export function rowsHeld({ training }: Pick<AnyMetadata, "training">): number {
  const { banks = [], rows = 0 } = training.options;
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
