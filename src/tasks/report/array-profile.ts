import type { Cell } from "../../charts/page.ts";
import { plainText, type Words } from "../../charts/words.ts";
import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import { countsOf } from "../rows/labels.ts";
import type { Profile } from "./findings.ts";
import { mostColumns, numberSpark } from "./profile.ts";

/** Figures of each channel or feature over all cells. */
interface FeatureSums {
  add(x: Cells): void;
  readonly features: readonly {
    n: number;
    missing: number;
    minimum: number;
    maximum: number;
    mean: number;
    squares: number;
  }[];
  missing(): number;
}

/** Adds up cells, the features of a step side by side (Welford 1962). */
export function featureSums(count: number): FeatureSums {
  const features = Array.from({ length: count }, () => ({
    ...{ n: 0, missing: 0, mean: 0, squares: 0 },
    ...{ minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
  }));
  return {
    features,
    add(x) {
      for (let i = 0; i < x.length; i++) {
        const value = x[i]!;
        const sums = features[i % count]!;
        if (Number.isNaN(value)) {
          sums.missing++;
          continue;
        }
        sums.n++;
        const distance = value - sums.mean;
        sums.mean += distance / sums.n;
        sums.squares += distance * (value - sums.mean);
        if (value < sums.minimum) sums.minimum = value;
        if (value > sums.maximum) sums.maximum = value;
      }
    },
    missing: () => features.reduce((n, { missing }) => n + missing, 0),
  };
}

/** Images or sequences, feature by feature; `values` are some cells of each. */
export function profileOfArrays(
  { rows, detected, labels }: Arrays,
  { features }: FeatureSums,
  values: readonly (readonly number[])[],
  drawn: number,
  words: Words,
): Profile {
  const { text, count, percent, short } = words;
  const { content, shape } = detected;
  const nameOf = (i: number): string =>
    detected.features?.[i] ??
    text(content === "images" ? "data.channel" : "data.featureName", { i: i + 1 });
  return {
    lines: [
      text("data.arrays", {
        rows: count(rows),
        content: text(`content.${itemsOf(detected)}`),
        sizes: shape.join(" × "),
      }),
      ...(features.length > mostColumns
        ? [text("data.cut", { shown: count(mostColumns), columns: count(features.length) })]
        : []),
    ],
    caption: text("data.features"),
    head: [
      ...(["feature", "missing", "mean", "deviation"] as const).map((key) => text(`data.${key}`)),
      "",
      text("data.values"),
    ],
    numbers: [1, 2, 3],
    rows: features.slice(0, mostColumns).map((sums, i): readonly Cell[] => {
      const { n, missing, minimum, maximum, mean, squares } = sums;
      return [
        plainText(nameOf(i)),
        percent(missing / Math.max(1, n + missing)),
        n > 0 ? short(mean) : "–",
        n > 0 ? short(Math.sqrt(squares / n)) : "–",
        numberSpark(values[i]!, short, words),
        n > 0 ? text("data.dates", { from: short(minimum), to: short(maximum) }) : "–",
      ];
    }),
    remark: drawn < rows ? text("data.sampled", { sample: count(drawn) }) : text("data.all"),
    classes: labels ? countsOf(labels).slice(0, mostClasses) : [],
    drift: [],
  };
}

const mostClasses = 20;
