import { axis, sides } from "./axes.ts";
import { color } from "./colors.ts";
import { type Figure, figureOf } from "./figure.ts";
import { drawPlot } from "./plot.ts";
import { thin } from "./thin.ts";
import { plainText, type Words } from "./words.ts";

/** Correlations of two columns, in two groups of rows. */
export interface PairOfColumns {
  readonly columns: readonly [string, string];
  readonly real: number;
  readonly generated: number;
}

/** Points that a figure has room for, and pairs that its listing names. */
const mostPoints = 3000;
const mostListed = 20;
/** Points that are named in the drawing. */
const mostNamed = 3;
/** Differences that are worth a name. */
const telling = 0.15;

/** Each pair of columns as a point: its correlation among real rows to the right, among generated ones upwards. */
export async function correlationFigure(
  pairs: readonly PairOfColumns[],
  gap: number,
  words: Words,
): Promise<Figure> {
  const { text } = words;
  const off = ({ real, generated }: PairOfColumns): number => Math.abs(real - generated);
  const ordered = [...pairs].sort((a, b) => off(b) - off(a));
  const shown = [...ordered.slice(0, mostNamed), ...thin(ordered.slice(mostNamed), mostPoints)];
  const named: PairOfColumns[] = [];
  for (const pair of ordered.filter((each) => off(each) >= telling)) {
    if (named.length === mostNamed) break;
    if (named.every((other) => areApart(pair, other))) named.push(pair);
  }
  const name = ({ columns }: PairOfColumns): string =>
    columns.map((column) => plainText(column, 16)).join(" · ");
  const share = { domain: [-1, 1] as [number, number], ticks: 5 };
  const plot = await drawPlot((Plot) => ({
    ...{ ...sides, height: 380 },
    x: axis(text("correlations.real"), words, share),
    y: axis(text("correlations.generated"), words, share),
    marks: [
      Plot.gridX({ stroke: color("line"), strokeOpacity: 1, ticks: 5 }),
      Plot.gridY({ stroke: color("line"), strokeOpacity: 1, ticks: 5 }),
      Plot.line(
        [-1, 1].map((x) => ({ x })),
        { x: "x", y: "x", stroke: color("soft"), strokeDasharray: "2 3", strokeWidth: 1.5 },
      ),
      Plot.dot(shown, {
        ...{ x: "real", y: "generated", r: 3.5, fill: color("model"), fillOpacity: 0.7 },
      }),
      ...named.map((pair) =>
        Plot.text([pair], {
          ...{ x: "real", y: "generated", text: name },
          // away from the line, and inside of the frame
          ...{ dy: pair.generated < pair.real ? 13 : -11, textAnchor: anchorOf(pair.real) },
          ...{ stroke: color("paper"), strokeWidth: 4, fill: color("ink") },
        }),
      ),
    ],
  }));
  return figureOf({
    name: "correlations",
    title: text("correlations.title"),
    plot,
    legend: [
      { label: text("correlations.pair"), color: "model", mark: "circle" },
      { label: text("correlations.same"), color: "soft", mark: "dotted" },
    ],
    alternative: text("correlations.alternative", {
      pairs: words.count(pairs.length),
      gap: words.short(Number(gap.toFixed(3))),
    }),
    reading: text("correlations.reading", { gap: words.short(Number(gap.toFixed(3))) }),
    listing: {
      head: [text("correlations.pair"), text("overlay.real"), text("overlay.generated")],
      rows: ordered
        .slice(0, mostListed)
        .map((pair) => [name(pair), pair.real.toFixed(2), pair.generated.toFixed(2)]),
    },
  });
}

/** Whether two points leave room for their names. */
const areApart = (one: PairOfColumns, other: PairOfColumns): boolean =>
  Math.abs(one.generated - other.generated) > 0.14 || Math.abs(one.real - other.real) > 0.8;

const anchorOf = (x: number): "start" | "middle" | "end" =>
  x > 0.5 ? "end" : x < -0.5 ? "start" : "middle";
