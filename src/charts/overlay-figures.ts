import { histogram } from "../metrics/histogram.ts";
import { quantiles } from "../metrics/statistics.ts";
import { axis, logTicks, shareAxis } from "./axes.ts";
import { color } from "./colors.ts";
import { type Figure, figureOf, type LegendEntry } from "./figure.ts";
import { drawPlot } from "./plot.ts";
import { plainText, type Words } from "./words.ts";

/** Two groups of values that are laid over each other: real ones, and generated ones. */
export interface Overlay<T> {
  /** Of the file that the figure can be saved as. */
  readonly name: string;
  readonly title: string;
  readonly real: T;
  readonly generated: T;
  /** How to read it, with what the figure comes to. */
  readonly reading: string;
  /** As wide as a usual figure; small by default. */
  readonly usual?: boolean;
}

/** What stands for all values that are not shown one by one. */
export const otherValues = null;

/** Shares of values, in the order in which they are shown. */
export type Shares = readonly (readonly [value: string | typeof otherValues, share: number])[];

const bins = 24;
const width = 306;
/** Letters of a value that stand beside its bar. */
const mostLetters = 16;

const legendOf = ({ text }: Words, mark: LegendEntry["mark"]): readonly LegendEntry[] => [
  { label: text("overlay.real"), color: "model", mark: "box" },
  { label: text("overlay.generated"), color: "odd", mark },
];

/** Numbers as shares of rows over the middle 99 % of the real ones: real ones filled, generated ones as a line. */
export async function numberOverlay(
  { name, title, real, generated, reading, usual = false }: Overlay<ArrayLike<number>>,
  words: Words,
  shown: (value: number) => string = words.short,
): Promise<Figure> {
  const { text } = words;
  const [own, other] = [real, generated].map((values) =>
    Float64Array.from(Array.from(values).filter((value) => Number.isFinite(value))),
  ) as [Float64Array, Float64Array];
  const { log, low, high } = scaleOf(own, other);
  const [to, from] = log ? [Math.log10, (x: number) => 10 ** x] : [same, same];
  const sharesOf = (values: Float64Array): Float64Array => {
    const range: [number, number] = [to(low), to(high)];
    const placed = values.map((value) => to(Math.min(high, Math.max(low, value))));
    return histogram(placed, { bins, range }).counts.map((n) => n / Math.max(1, values.length));
  };
  const step = (to(high) - to(low)) / bins;
  const edge = (i: number): number =>
    i === bins ? high : i === 0 ? low : from(to(low) + i * step);
  const [ownShares, otherShares] = [sharesOf(own), sharesOf(other)];
  const bars = Array.from(ownShares, (share, i) => ({ x1: edge(i), x2: edge(i + 1), share }));
  const course = Array.from({ length: bins + 1 }, (_, i) => ({
    x: edge(i),
    share: otherShares[Math.min(i, bins - 1)]!,
  }));
  const ticks = log ? logTicks(low, high) : undefined;
  const plot = await drawPlot((Plot) => ({
    ...(usual ? { height: 240 } : { width, height: 170 }),
    ...{ marginLeft: 44, marginBottom: 26, marginTop: 8, marginRight: 12 },
    x: axis("", words, {
      ...{ label: null, domain: [low, high], ticks: 4, tickFormat: shown },
      ...(ticks && { type: "log", ticks: thinned(ticks) }),
    }),
    y: shareAxis("", words, { label: null, ticks: 3 }),
    marks: [
      Plot.gridY({ stroke: color("line"), strokeOpacity: 1, ticks: 3 }),
      Plot.rect(bars, {
        ...{ x1: "x1", x2: "x2", y1: 0, y2: "share" },
        ...{ fill: color("model"), fillOpacity: 0.35 },
      }),
      Plot.line(course, {
        ...{ x: "x", y: "share", curve: "step-after" },
        ...{ stroke: color("odd"), strokeWidth: 1.8 },
      }),
      Plot.ruleY([0], { stroke: color("soft") }),
    ],
  }));
  return figureOf({
    ...{ name, title, plot, reading, size: usual ? "usual" : "small" },
    legend: legendOf(words, "line"),
    alternative: text("overlay.alternative", {
      column: title,
      ...{ from: shown(low), to: shown(high), reading },
    }),
    listing: {
      head: [...(["from", "to"] as const).map((key) => text(`scores.${key}`)), ...heads(words)],
      rows: bars.map(({ x1, x2, share }, i) => [
        ...[shown(x1), shown(x2)],
        ...[share, otherShares[i]!].map(words.percent),
      ]),
    },
  });
}

/** Values as shares of rows: a bar for the real rows, and a mark across it for the generated ones. */
export async function valueOverlay(
  { name, title, real, generated, reading }: Overlay<Shares>,
  words: Words,
): Promise<Figure> {
  const { text } = words;
  const others = new Map(generated);
  const bars = real.map(([value, share], i) => ({
    // names that are cut alike stay apart
    place: i,
    value: value === otherValues ? text("reason.other") : plainText(value, mostLetters),
    share,
    other: others.get(value) ?? 0,
  }));
  type Bar = (typeof bars)[number];
  const plot = await drawPlot((Plot) => ({
    ...{ width, height: 34 + 22 * bars.length },
    ...{ marginLeft: 112, marginBottom: 26, marginTop: 8, marginRight: 14 },
    x: shareAxis("", words, { label: null, ticks: 4, zero: true }),
    y: {
      label: null,
      domain: bars.map(({ place }) => place),
      tickSize: 0,
      tickFormat: (place: number) => bars[place]!.value,
    },
    marks: [
      Plot.gridX({ stroke: color("line"), strokeOpacity: 1, ticks: 4 }),
      Plot.barX(bars, {
        ...{ x1: 0, x2: "share", y: "place", insetTop: 3, insetBottom: 3 },
        ...{ fill: color("model"), fillOpacity: 0.35 },
      }),
      Plot.tickX(bars, {
        ...{ x: (bar: Bar) => bar.other, y: "place" },
        ...{ stroke: color("odd"), strokeWidth: 3 },
      }),
      Plot.ruleX([0], { stroke: color("soft") }),
    ],
  }));
  return figureOf({
    ...{ name, title, plot, reading, size: "small" },
    legend: legendOf(words, "tick"),
    alternative: text("overlay.alternativeValues", {
      column: title,
      values: bars
        .map(({ value, share, other }) =>
          text("overlay.value", {
            ...{ value, real: words.percent(share), generated: words.percent(other) },
          }),
        )
        .join("; "),
      reading,
    }),
    listing: {
      head: [text("overlay.valueHead"), ...heads(words)],
      rows: bars.map(({ value, share, other }) => [value, ...[share, other].map(words.percent)]),
    },
  });
}

const same = (x: number): number => x;
const heads = ({ text }: Words): readonly string[] => [
  text("overlay.real"),
  text("overlay.generated"),
];
/** At most five ticks, the first and last among them. */
const thinned = (ticks: readonly number[]): number[] => {
  const every = Math.ceil(ticks.length / 5);
  return ticks.filter((_, i) => i % every === 0);
};

/** The middle of the real values, beyond which others are counted at the ends; logarithmic where they spread far. */
function scaleOf(real: Float64Array, generated: Float64Array) {
  const from = real.length > 0 ? real : generated.length > 0 ? generated : Float64Array.of(0);
  const [low, middle, high] = quantiles(from, [0.005, 0.5, 0.995]) as [number, number, number];
  if (high <= low) return { log: false, low: low - 0.5, high: high + 0.5 };
  const log = low > 0 && high / low > 50 && high > 8 * middle;
  return { log, low, high };
}
