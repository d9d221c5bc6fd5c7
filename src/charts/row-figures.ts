import { axis } from "./axes.ts";
import { color } from "./colors.ts";
import { type Figure, figureOf, svgOf } from "./figure.ts";
import { escapedText } from "./markup.ts";
import { drawPlot } from "./plot.ts";
import type { Words } from "./words.ts";

/** A row of images or sequences that is looked at closely. */
export interface RowHead {
  /** Of its file. */
  readonly name: string;
  readonly title: string;
  /** Its score and what became of it, in words. */
  readonly about: string;
}

/** An image, its reconstruction and where it differs, each a data: URI. */
export interface ImageTriple {
  readonly original: string;
  readonly rebuilt: string;
  readonly error: string;
  /** Height over width. */
  readonly aspect: number;
}

const side = 104;
const gap = 8;

/** An image beside what the mirror made of it and where it is wrong. */
export function imageFigure(
  { name, title, about }: RowHead,
  { original, rebuilt, error, aspect }: ImageTriple,
  words: Words,
): Figure {
  const { text } = words;
  const high = Math.round(side * Math.min(aspect, 3));
  const pictures = [
    [original, text("image.original")],
    [rebuilt, text("image.rebuilt")],
    [error, text("image.error")],
  ] as const;
  const body = pictures.map(
    ([uri, label], i) =>
      `<image href="${uri}" x="${i * (side + gap)}" y="0" width="${side}" height="${high}" preserveAspectRatio="xMidYMid meet" style="image-rendering:pixelated"/><text x="${i * (side + gap) + side / 2}" y="${high + 16}">${escapedText(label)}</text>`,
  );
  const alternative = text("image.alternative", { title, about });
  return {
    ...{ name, title, alternative },
    svg: svgOf(3 * side + 2 * gap, high + 22, body.join(""), alternative),
    reading: about,
    listing: null,
    size: "small",
  };
}

/** A feature of a sequence, step by step; NaN where nothing was observed. */
export interface Series {
  readonly label: string;
  readonly original: readonly number[];
  readonly rebuilt: readonly number[];
}

/** A sequence beside what the mirror made of it. */
export async function sequenceFigure(
  { name, title, about }: RowHead,
  series: readonly Series[],
  words: Words,
): Promise<Figure> {
  const { text } = words;
  const points = series.flatMap(({ label, original, rebuilt }) =>
    original.map((value, i) => ({ label, step: i + 1, value, rebuilt: rebuilt[i]! })),
  );
  const many = series.length > 1;
  const panel = many ? { fy: "label" } : {};
  type Point = (typeof points)[number];
  const seen = (point: Point): number => (Number.isNaN(point.value) ? Number.NaN : point.rebuilt);
  const plot = await drawPlot((Plot) => ({
    width: 400,
    height: many ? 40 + 84 * series.length : 180,
    ...{ marginLeft: 46, marginBottom: 34, marginTop: 10, marginRight: 14 },
    x: axis(text("sequence.step"), words),
    y: axis("", words, { label: null, ticks: many ? 3 : 4, nice: true }),
    ...(many && { fy: { label: null, axis: null, domain: series.map(({ label }) => label) } }),
    marks: [
      Plot.gridY({ stroke: color("line"), strokeOpacity: 1, ticks: many ? 3 : 4 }),
      Plot.areaY(points, {
        ...panel,
        x: "step",
        y1: "value",
        y2: seen,
        fill: color("odd"),
        fillOpacity: 0.25,
      }),
      Plot.lineY(points, {
        ...panel,
        x: "step",
        y: "value",
        stroke: color("ink"),
        strokeWidth: 1.5,
      }),
      Plot.lineY(points, {
        ...panel,
        x: "step",
        y: seen,
        stroke: color("model"),
        strokeWidth: 1.8,
        strokeDasharray: "5 2",
      }),
      ...(many
        ? [
            Plot.text(series, {
              fy: "label",
              frameAnchor: "top-left",
              dx: 4,
              text: "label",
              fontWeight: 600,
              stroke: color("paper"),
              fill: color("ink"),
              strokeWidth: 4,
            }),
          ]
        : []),
    ],
  }));
  return figureOf({
    ...{ name, title, plot },
    legend: [
      { label: text("sequence.original"), color: "ink", mark: "line" },
      { label: text("sequence.rebuilt"), color: "model", mark: "dashed" },
      { label: text("sequence.difference"), color: "odd", mark: "box" },
    ],
    alternative: text("sequence.alternative", {
      title,
      about,
      features: series.map(({ label }) => label).join(", "),
    }),
    reading: about,
    listing: null,
    size: "small",
  });
}
