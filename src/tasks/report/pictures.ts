import type { Figure } from "../../charts/figure.ts";
import { imageFigure, type RowHead, sequenceFigure } from "../../charts/row-figures.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { heatImage, smallImage } from "../../data/pixels/small-images.ts";
import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import type { ArrayMetadata } from "../model/metadata.ts";
import { arrayReasonText } from "../score/array-reason-text.ts";
import { worstOf } from "../score/array-reasons.ts";
import { channelMeans, greatestError } from "../score/channel-means.ts";
import { errorBeyond } from "../score/error-beyond.ts";
import type { Closeup, SeenRow } from "./findings.ts";
import { mostPictures } from "./options.ts";

/** A row with what the model makes of it, cell by cell. */
export interface PictureRow {
  readonly seen: SeenRow;
  readonly original: Cells;
  readonly rebuilt: Cells;
  readonly error: Cells;
}

/** Features of a sequence that a figure has room for. */
const mostFeatures = 4;

/** Pictures of the worst and of middling rows; `rows` holds them in this order. */
export async function picturesOf(
  arrays: Arrays,
  metadata: ArrayMetadata,
  given: readonly PictureRow[],
  words: Words,
): Promise<Closeup> {
  const { source, scale } = metadata;
  const rows = given.map((row) => ({
    ...row,
    error: errorBeyond(metadata, row.original, row.error),
  }));
  const worst = Math.max(0, rows.length - mostPictures.typical);
  const images = source.content === "images";
  const { shape } = source;
  // one scale for all error maps, so that they can be compared
  const brightest = rows.reduce(
    (most, { error }) => Math.max(most, greatestError(channelMeans(error, shape))),
    0,
  );
  const worstReason = (row: PictureRow): string => {
    const reason = worstOf(source, row);
    return reason ? arrayReasonText(reason, { source, scale }, arrays, row.seen.row, words) : "";
  };
  const figures: Figure[] = [];
  for (const [i, row] of rows.entries()) {
    const kind = i < worst ? "worst" : "typical";
    const name = `${kind}-${i < worst ? i + 1 : i - worst + 1}`;
    const reason = i < worst ? worstReason(row) : "";
    const head = headOf(arrays, { ...row.seen, reason }, name, words);
    figures.push(
      images
        ? imageFigure(head, await tripleOf(row, shape, brightest), words)
        : await sequenceFigure(head, seriesOf(row, source.features, shape, scale, words), words),
    );
  }
  const features = shape.at(-1)!;
  return {
    kind: "pictures",
    worst: figures.slice(0, worst),
    typical: figures.slice(worst),
    remark: [
      ...(images || features === 1
        ? []
        : [words.text("worst.scaled", { n: Math.min(features, mostFeatures) })]),
      ...(source.stride !== null && source.stride < shape[0]! ? [words.text("worst.apart")] : []),
    ].join(" "),
  };
}

function headOf(
  { names, labels }: Arrays,
  { row, score, flagged, reason }: SeenRow & { readonly reason: string },
  name: string,
  words: Words,
): RowHead {
  const { text } = words;
  const known = names?.[row];
  const label = labels?.[row] ?? "";
  return {
    name,
    title:
      known === undefined
        ? text("row.numbered", { row: words.count(row + 1) })
        : plainText(known, 48),
    about: text("row.about", {
      score: words.short(score),
      flag: flagged ? text("row.flag") : "",
      label: label === "" ? "" : text("row.label", { label: plainText(label, 24) }),
      reason: reason === "" ? "" : text("row.reason", { reason }),
    }),
  };
}

async function tripleOf(
  { original, rebuilt, error }: PictureRow,
  shape: readonly number[],
  brightest: number,
) {
  return {
    original: await smallImage(original, shape),
    rebuilt: await smallImage(rebuilt, shape),
    error: await heatImage(channelMeans(error, shape), shape, brightest),
    aspect: shape[0]! / shape[1]!,
  };
}

/** The features with the largest errors; in deviations from their mean where several share a scale. */
function seriesOf(
  { original, rebuilt, error }: PictureRow,
  names: readonly string[] | null,
  shape: readonly number[],
  { mean, deviation }: ArrayMetadata["scale"],
  words: Words,
) {
  const features = shape.at(-1)!;
  const steps = original.length / features;
  const column = (values: Cells, f: number): number[] =>
    Array.from({ length: steps }, (_, i) => values[i * features + f]!);
  const totals = Array.from({ length: features }, (_, f) =>
    column(error, f).reduce((sum, value) => sum + value, 0),
  );
  const shown = totals
    .map((_, f) => f)
    .sort((a, b) => totals[b]! - totals[a]! || a - b)
    .slice(0, mostFeatures)
    .sort((a, b) => a - b);
  return shown.map((f) => {
    const scaled = (value: number): number =>
      features === 1 ? value : (value - mean[f]!) / deviation[f]!;
    return {
      label: plainText(names?.[f] ?? words.text("data.featureName", { i: f + 1 }), 32),
      original: column(original, f).map(scaled),
      rebuilt: column(rebuilt, f).map(scaled),
    };
  });
}
