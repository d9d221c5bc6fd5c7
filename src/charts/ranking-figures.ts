import type { Confusion } from "../metrics/confusion.ts";
import { axis, sides } from "./axes.ts";
import { color } from "./colors.ts";
import { type Figure, figureOf } from "./figure.ts";
import { drawPlot } from "./plot.ts";
import { thin } from "./thin.ts";
import type { Words } from "./words.ts";

/** A point of a curve, both in [0, 1]. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** Points of a curve, as many as an eye can tell apart, from those of every level. */
export const curveOf = (x: Float64Array, y: Float64Array): readonly CurvePoint[] =>
  thin(Array.from(x.keys()), 240).map((i) => ({ x: x[i]!, y: y[i]! }));

/** What a curve says of the model, and of PCA beside it. */
export interface RankingCurve {
  readonly model: readonly CurvePoint[];
  readonly pca: readonly CurvePoint[] | null;
  /** Areas under them: ROC AUC, average precision. */
  readonly areas: { readonly model: number; readonly pca: number | null };
  /** Where the threshold lies on the curve. */
  readonly chosen: CurvePoint;
}

/** ROC: the share of anomalies found against the share of normal rows that raise a false alarm. */
export function rocFigure(curve: RankingCurve, words: Words): Promise<Figure> {
  return curveFigure(
    "roc",
    curve,
    [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ],
    words,
  );
}

/** Precision against recall; the base rate is what guessing reaches. */
export function precisionRecallFigure(
  curve: RankingCurve,
  baseRate: number,
  words: Words,
): Promise<Figure> {
  return curveFigure(
    "precision",
    curve,
    [
      { x: 0, y: baseRate },
      { x: 1, y: baseRate },
    ],
    words,
  );
}

async function curveFigure(
  name: "roc" | "precision",
  { model, pca, areas, chosen }: RankingCurve,
  guessing: readonly CurvePoint[],
  words: Words,
): Promise<Figure> {
  const { text } = words;
  const line = { x: "x", y: "y", strokeWidth: 2 } as const;
  const share = { domain: [0, 1] as [number, number], ticks: 5 };
  const plot = await drawPlot((Plot) => ({
    ...sides,
    height: 340,
    x: axis(text(`${name}.x`), words, share),
    y: axis(text(`${name}.y`), words, share),
    marks: [
      Plot.gridX({ stroke: color("line"), strokeOpacity: 1, ticks: 5 }),
      Plot.gridY({ stroke: color("line"), strokeOpacity: 1, ticks: 5 }),
      Plot.line(guessing, {
        ...line,
        stroke: color("soft"),
        strokeDasharray: "2 3",
        strokeWidth: 1.5,
      }),
      ...(pca
        ? [
            Plot.line(pca, {
              ...line,
              stroke: color("other"),
              strokeDasharray: "6 3",
            }),
          ]
        : []),
      Plot.line(model, { ...line, stroke: color("model") }),
      Plot.dot([chosen], { x: "x", y: "y", r: 5, fill: color("odd"), stroke: color("paper") }),
      Plot.text([chosen], {
        x: "x",
        y: "y",
        text: () => text("curve.threshold"),
        dx: chosen.x > 0.6 ? -9 : 9,
        dy: chosen.y > 0.5 ? 14 : -10,
        textAnchor: chosen.x > 0.6 ? "end" : "start",
        stroke: color("paper"),
        strokeWidth: 4,
        fill: color("ink"),
      }),
    ],
  }));
  const area = areas.model.toFixed(3);
  const pcaArea = areas.pca?.toFixed(3) ?? "–";
  return figureOf({
    name,
    title: text(`${name}.title`),
    plot,
    legend: [
      { label: text("curve.model", { area }), color: "model", mark: "line" },
      ...(pca
        ? ([
            { label: text("curve.pca", { area: pcaArea }), color: "other", mark: "dashed" },
          ] as const)
        : []),
      { label: text("curve.guessing"), color: "soft", mark: "dotted" },
    ],
    alternative: text(pca ? `${name}.alternativePca` : `${name}.alternative`, {
      ...{ area, pca: pcaArea },
      x: words.percent(chosen.x),
      y: words.percent(chosen.y),
    }),
    reading: text(`${name}.reading`),
    listing: {
      head: [text(`${name}.x`), text(`${name}.y`)],
      rows: thin(model, 20).map(({ x, y }) => [words.percent(x), words.percent(y)]),
    },
  });
}

/** The four counts of alarms against labels. */
export async function confusionFigure(counts: Confusion, words: Words): Promise<Figure> {
  const { text, count } = words;
  const [normal, anomaly] = [text("confusion.normal"), text("confusion.anomaly")];
  const cells = [
    { actual: normal, said: normal, n: counts.trueNegatives, right: true },
    { actual: normal, said: anomaly, n: counts.falsePositives, right: false },
    { actual: anomaly, said: normal, n: counts.falseNegatives, right: false },
    { actual: anomaly, said: anomaly, n: counts.truePositives, right: true },
  ];
  const totals = new Map([
    [normal, counts.trueNegatives + counts.falsePositives],
    [anomaly, counts.falseNegatives + counts.truePositives],
  ]);
  type Cell = (typeof cells)[number];
  const both = [normal, anomaly];
  const share = ({ n, actual }: Cell): number => n / Math.max(1, totals.get(actual)!);
  const plot = await drawPlot((Plot) => ({
    ...sides,
    marginLeft: 84,
    marginTop: 40,
    marginBottom: 8,
    height: 250,
    x: {
      domain: both,
      label: text("confusion.said"),
      labelArrow: "none",
      axis: "top",
      tickSize: 0,
    },
    y: { domain: both, label: text("confusion.actual"), labelArrow: "none", tickSize: 0 },
    marks: [
      Plot.cell(cells, {
        x: "said",
        y: "actual",
        fill: ({ right }: Cell) => color(right ? "model" : "odd"),
        fillOpacity: (cell: Cell) => 0.08 + 0.32 * share(cell),
        inset: 2,
      }),
      Plot.text(cells, {
        x: "said",
        y: "actual",
        text: ({ n }: Cell) => count(n),
        fontSize: 22,
        fontWeight: 600,
        dy: -8,
      }),
      Plot.text(cells, {
        x: "said",
        y: "actual",
        text: (cell: Cell) => text("confusion.share", { percent: words.percent(share(cell)) }),
        dy: 16,
      }),
    ],
  }));
  return figureOf({
    name: "confusion",
    title: text("confusion.title"),
    plot,
    alternative: text("confusion.alternative", {
      found: count(counts.truePositives),
      missed: count(counts.falseNegatives),
      alarms: count(counts.falsePositives),
      quiet: count(counts.trueNegatives),
    }),
    reading: text("confusion.reading"),
    listing: {
      head: ["", text("confusion.saidNormal"), text("confusion.saidAnomaly")],
      rows: [
        [normal, count(counts.trueNegatives), count(counts.falsePositives)],
        [anomaly, count(counts.falseNegatives), count(counts.truePositives)],
      ],
    },
  });
}
