import type { Words } from "../../charts/words.ts";
import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { EspejoError } from "../../errors.ts";
import type { Pca } from "../../metrics/pca.ts";
import { reconstructionErrors } from "../../metrics/projection.ts";
import { inPrecision } from "../model/array-feeds.ts";
import type { ArrayModel, ArrayOutput } from "../model/array-model.ts";
import { pcaFromMetadata } from "../model/pca-metadata.ts";
import { takeFingerprint } from "../rows/fingerprint.ts";
import { budgetVerdicts } from "../verdicts/budget.ts";
import { acquaintanceOf, judge, keptApart } from "./acquaintance.ts";
import { featureSums, profileOfArrays } from "./array-profile.ts";
import type { Findings, SeenRow, Tint } from "./findings.ts";
import { type KeptLabels, keptArrayLabels } from "./kept-labels.ts";
import { mostDrawn, mostPictures, type ReportOptions, topShown } from "./options.ts";
import { type PictureRow, picturesOf } from "./pictures.ts";
import { drawRows, highest, highestApart, middling } from "./rows.ts";
import { sumVariation } from "./variation.ts";

/** Two passes over images or sequences: the first scores every row, the second looks at those that are shown. */
export async function gatherArrays(
  arrays: Arrays,
  model: ArrayModel,
  options: ReportOptions,
  words: Words,
): Promise<Findings> {
  const { training, threshold } = model.metadata;
  const labels = keptArrayLabels(arrays, training, options);
  const asked = arrayTint(arrays, options.color);
  // classes without a column have no name but that
  const own = labels.own?.column ?? "class";
  const column = own === "class" ? words.text("data.class") : own;
  const tint: Tint = asked.by === "label" ? { ...asked, column } : asked;
  const { scores, pcaScores, flags, split, rebuilt, features } = await scorePass(
    arrays,
    model,
    labels,
  );
  const drawn = drawRows(arrays.rows, mostDrawn, options.seed ?? training.seed);
  const top = highest(scores, topShown);
  const usual = middling(scores, mostPictures.typical);
  const { stride, shape } = model.metadata.source;
  const overlap = stride === null ? 1 : Math.ceil(shape[0]! / stride);
  const pictured = [...highestApart(scores, mostPictures.worst, overlap), ...usual];
  const flagged = flags.reduce((n, flag) => n + flag, 0);
  const look = await lookPass(arrays, model, { scores, flags, tint, drawn, top, pictured });
  return {
    rows: arrays.rows,
    ...{ scores, flagged },
    labels: labels.own,
    acquaintance: acquaintanceOf(split),
    ...judge({ model: scores, pca: pcaScores }, labels.own, split, threshold.value),
    rebuilt,
    tint,
    seen: look.seen,
    drawn: drawn.length,
    alarms: budgetVerdicts(threshold, { flagged, rows: arrays.rows, periods: null }),
    reasons: [],
    profile: profileOfArrays(arrays, features, look.values, drawn.length, words),
    worst: await picturesOf(arrays, model.metadata, look.pictures, words),
  };
}

/** What colours the map: the class where there are classes, else the score. */
export function arrayTint({ path, labels }: Arrays, asked: string | undefined): Tint {
  const classes: Tint = { by: "label", column: "class" };
  if (asked === undefined) return labels ? classes : { by: "score", column: "" };
  if (asked === "score") return { by: "score", column: "" };
  if (labels && ["class", "label"].includes(asked)) return classes;
  const columns = labels ? "class, score" : "score";
  throw new EspejoError("column_unknown", { path, column: asked, nearest: "score", columns });
}

async function scorePass(arrays: Arrays, model: ArrayModel, labels: KeptLabels) {
  const { metadata, shape } = model;
  const { deviation } = metadata.scale;
  const pca = metadata.pca ? pcaFromMetadata(metadata.pca) : null;
  const cells = shape.reduce((n, dim) => n * dim, 1);
  const fingerprint = takeFingerprint();
  const scores = new Float32Array(arrays.rows);
  const flags = new Uint8Array(arrays.rows);
  const pcaScores = pca && new Float32Array(arrays.rows);
  const apart = keptApart(labels.split);
  const sums = { kept: rebuiltSum(cells), all: rebuiltSum(cells) };
  const features = featureSums(shape.at(-1)!);
  const outputs: ArrayOutput[] = [
    ...(["score", "is_anomaly", "reconstruction"] as const),
    ...(pca ? (["prepared"] as const) : []),
  ];
  for await (const { start, rows, x } of model.batches(arrays)) {
    fingerprint.addArrays(inPrecision(model.precision, x));
    features.add(x);
    const result = await model.run(outputs, x, rows, start);
    const rebuilt = result.reconstruction!.data as Cells;
    scores.set(result.score!.data as Float32Array, start);
    flags.set(result.is_anomaly!.data as Uint8Array, start);
    const errors = pca && pcaErrors(pca, result.prepared!.data as Float32Array);
    if (errors) pcaScores!.set(errors, start);
    for (let i = 0; i < rows; i++) {
      const row = start + i;
      if (labels.own && labels.own.classes[row] !== 0) continue;
      for (const sum of apart(row) ? [sums.kept, sums.all] : [sums.all]) {
        sum.rows++;
        if (errors) sum.pca += errors[i]! * cells;
        for (let k = 0; k < cells; k++) {
          const scale = deviation[k % deviation.length]!;
          const value = x[i * cells + k]! / scale;
          sum.model.add(k, value, (value - rebuilt[i * cells + k]! / scale) ** 2);
        }
      }
    }
  }
  const same = fingerprint.result() === metadata.training.fingerprint;
  const sum = same && labels.split ? sums.kept : sums.all;
  return {
    ...{ scores, pcaScores, flags, features },
    split: same ? labels.split : null,
    // PCA takes missing cells for the mean, so where there are some it has no share to compare
    rebuilt: sum.result(pca !== null && features.missing() === 0),
  };
}

function rebuiltSum(cells: number) {
  const model = sumVariation(cells, true);
  return {
    model,
    pca: 0,
    rows: 0,
    result(withPca: boolean): Findings["rebuilt"] {
      const share = model.share();
      if (share === null || this.rows < 2) return null;
      return { model: share, pca: withPca ? 1 - this.pca / model.around() : null, rows: this.rows };
    },
  };
}

const pcaErrors = (pca: Pca, prepared: Float32Array): Float32Array =>
  reconstructionErrors(
    pca,
    prepared.map((value) => (Number.isNaN(value) ? 0 : value)),
  );

interface Wanted {
  readonly scores: Float32Array;
  readonly flags: Uint8Array;
  readonly tint: Tint;
  readonly drawn: Uint32Array;
  readonly top: readonly number[];
  /** The worst, then middling ones. */
  readonly pictured: readonly number[];
}

/** The pass that looks at single rows. */
async function lookPass(
  arrays: Arrays,
  model: ArrayModel,
  { scores, flags, tint, drawn, top, pictured }: Wanted,
) {
  const { shape } = model;
  const cells = shape.reduce((n, dim) => n * dim, 1);
  const isDrawn = new Set(drawn);
  const wanted = new Set([...drawn, ...top, ...pictured]);
  const found = new Map<number, SeenRow>();
  const pictures = new Map<number, PictureRow>();
  const values = sampledValues(shape.at(-1)!, drawn.length, cells);
  for await (const { start, rows, x } of model.batches(arrays)) {
    const places: number[] = [];
    for (let i = 0; i < rows; i++) if (wanted.has(start + i)) places.push(i);
    if (places.length === 0) continue;
    const own = new Float64Array(places.length * cells);
    places.forEach((place, k) => {
      own.set(x.subarray(place * cells, (place + 1) * cells), k * cells);
    });
    const result = await model.run(["latent", "reconstruction", "error"], own, places.length);
    const part = (name: "reconstruction" | "error", k: number): Cells =>
      (result[name]!.data as Cells).slice(k * cells, (k + 1) * cells);
    const codes = result.latent!.data as Float32Array;
    const dims = codes.length / places.length;
    places.forEach((place, k) => {
      const row = start + place;
      const seen: SeenRow = {
        ...{ row, score: scores[row]!, flagged: flags[row] === 1 },
        name: arrays.names?.[row] ?? "",
        code: codes.slice(k * dims, (k + 1) * dims),
        tint: tint.by === "score" ? scores[row]! : (arrays.labels?.[row] ?? ""),
      };
      found.set(row, seen);
      const original = own.slice(k * cells, (k + 1) * cells);
      if (isDrawn.has(row)) values.add(original);
      if (pictured.includes(row))
        pictures.set(row, {
          seen,
          original,
          rebuilt: part("reconstruction", k),
          error: part("error", k),
        });
    });
  }
  const rest = top.filter((row) => !isDrawn.has(row));
  const pick = <T>(from: ReadonlyMap<number, T>, rows: Iterable<number>): T[] =>
    Array.from(rows, (row) => from.get(row)!);
  return {
    seen: [...pick(found, drawn), ...pick(found, rest)],
    values: values.lists,
    pictures: pick(pictures, pictured),
  };
}

/** About 20,000 cells of each feature, evenly out of the rows that are given. */
function sampledValues(features: number, rows: number, cells: number) {
  const lists: number[][] = Array.from({ length: features }, () => []);
  const steps = cells / features;
  const stride = Math.max(1, Math.floor((rows * steps) / 20_000));
  let at = 0;
  return {
    lists,
    add(x: Cells): void {
      for (let step = 0; step < steps; step++)
        if (at++ % stride === 0)
          for (let f = 0; f < features; f++) lists[f]!.push(x[step * features + f]!);
    },
  };
}
