import { type ColorName, color } from "./colors.ts";
import { type Figure, type Listing, svgOf } from "./figure.ts";
import { escapedText } from "./markup.ts";
import type { Words } from "./words.ts";

/** A layer of a network as it is drawn. */
export interface DrawnLayer {
  readonly name: string;
  /** What it is, such as "dense" and its activation. */
  readonly kind: string;
  /** Sizes of what it gives for one row. */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly part: "input" | "encoder" | "code" | "decoder" | "output";
}

const width = 940;
const height = 250;
const [top, bottom] = [34, 44];

/** The network as an hourglass: each layer is a bar, the more numbers it gives the higher. */
export function hourglass(layers: readonly DrawnLayer[], words: Words): Figure {
  const shown = layers.filter(
    ({ shape, part }, i) =>
      part === "code" || i === 0 || cellsOf(shape) !== cellsOf(layers[i - 1]!.shape),
  );
  const most = Math.max(...shown.map(({ shape }) => cellsOf(shape)));
  const inner = height - top - bottom;
  const step = shown.length > 1 ? (width - 120) / (shown.length - 1) : 0;
  const bars = shown.map((layer, i) => {
    // the square root, so that 7 beside 784 can still be seen
    const high = Math.max(8, inner * Math.sqrt(cellsOf(layer.shape) / most));
    return { layer, x: shown.length > 1 ? 60 + i * step : width / 2, high };
  });
  const middle = top + inner / 2;
  const funnels = bars.slice(1).map(({ x, high, layer }, i) => {
    const before = bars[i]!;
    const [a, b] = [before.high / 2, high / 2].map(round);
    const opening = layer.part === "decoder" || layer.part === "output";
    return `<path d="M${round(before.x)},${round(middle - a!)}L${round(x)},${round(middle - b!)}V${round(middle + b!)}L${round(before.x)},${round(middle + a!)}Z" fill="${color(opening ? "other" : "model")}" fill-opacity="0.14"/>`;
  });
  const marks = bars.map(({ layer, x, high }, i) => {
    const paint: ColorName =
      layer.part === "code"
        ? "odd"
        : layer.part === "decoder" || layer.part === "output"
          ? "other"
          : "model";
    const raised = step < 80 && i % 2 === 1 ? 14 : 0;
    const label = words.text(`part.${layer.part}`);
    return [
      `<rect x="${round(x - 6)}" y="${round(middle - high / 2)}" width="12" height="${round(high)}" rx="2" fill="${color(paint)}"/>`,
      `<text x="${round(x)}" y="${round(middle - high / 2 - 8 - raised)}" font-weight="600">${escapedText(sizesText(layer.shape))}</text>`,
      `<text x="${round(x)}" y="${height - 22 + raised}" fill="${color("soft")}">${escapedText(label)}</text>`,
    ].join("");
  });
  const sizes = shown.map(({ shape }) => sizesText(shape));
  const alternative = words.text("hourglass.alternative", {
    sizes: sizes.join(" – "),
    input: cellsOf(shown[0]!.shape),
    code: cellsOf((shown.find(({ part }) => part === "code") ?? shown[0]!).shape),
  });
  return {
    name: "network",
    title: words.text("hourglass.title"),
    svg: svgOf(width, height, [...funnels, ...marks].join(""), alternative),
    alternative,
    reading: words.text("hourglass.reading"),
    listing: layerListing(layers, words),
    size: "wide",
  };
}

function layerListing(layers: readonly DrawnLayer[], words: Words): Listing {
  return {
    head: (["layer", "kind", "output", "parameters"] as const).map((key) =>
      words.text(`hourglass.${key}`),
    ),
    rows: layers.map(({ name, kind, shape, parameters }) => [
      name,
      kind,
      sizesText(shape),
      words.count(parameters),
    ]),
  };
}

const cellsOf = (shape: readonly number[]): number => shape.reduce((n, dim) => n * dim, 1);
const sizesText = (shape: readonly number[]): string => shape.join(" × ");
const round = (value: number): number => Number(value.toFixed(1));
