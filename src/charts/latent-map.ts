import { quantiles } from "../metrics/statistics.ts";
import { axis, sides } from "./axes.ts";
import { type ColorName, color } from "./colors.ts";
import { type Figure, figureOf, type SymbolName, symbolPaths } from "./figure.ts";
import { escapedText } from "./markup.ts";
import { drawPlot } from "./plot.ts";
import type { Words } from "./words.ts";

/** A group of points that look alike. */
export interface MapGroup {
  readonly label: string;
  readonly color: ColorName;
  readonly symbol: SymbolName;
}

/** A row on the map. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  /** Place in the groups. */
  readonly group: number;
  /** Whether its score is above the threshold. */
  readonly flagged: boolean;
  readonly score: number;
  /** What is said of it: its number, name, score. */
  readonly told: string;
}

/** Points in the plane with what they stand for. */
export interface MapContent {
  readonly points: readonly MapPoint[];
  readonly groups: readonly MapGroup[];
  /** What the colours tell, in a sentence and above the legend. */
  readonly coloring: string;
  readonly legend: string;
  readonly axes: readonly [x: string, y: string];
  /** How the plane came from the codes, and which rows are shown. */
  readonly about: string;
}

const [width, height] = [620, 440];

/**
 * The codes of rows as points in a plane. Each point has its text in `data-told`: the page shows it on hover
 * and from the keyboard.
 */
export async function latentMap(
  { points, groups, coloring, legend, axes, about }: MapContent,
  words: Words,
): Promise<Figure> {
  const { text } = words;
  const frames = [frame(points.map(({ x }) => x)), frame(points.map(({ y }) => y))] as const;
  let outside = 0;
  const placed = points.map((point) => {
    const [x, y] = [inside(point.x, frames[0]), inside(point.y, frames[1])];
    if (x !== point.x || y !== point.y) outside++;
    return { x, y };
  });
  // the scales are Plot's; the marks are ours, which saves half of the bytes and carries their texts
  const marks: string[] = [];
  const plot = await drawPlot((Plot) => ({
    ...sides,
    width,
    height,
    x: axis(axes[0], words, { domain: frames[0] }),
    y: axis(axes[1], words, { domain: frames[1] }),
    marks: [
      Plot.gridX({ stroke: color("line"), strokeOpacity: 1, ticks: 5 }),
      Plot.gridY({ stroke: color("line"), strokeOpacity: 1, ticks: 5 }),
      (_index, scales) => {
        const order = points.map((_, i) => i).sort((a, b) => points[a]!.score - points[b]!.score);
        for (const i of order) {
          const { group, flagged, told } = points[i]!;
          const { color: paint, symbol } = groups[group]!;
          const at = [scales.x!(placed[i]!.x), scales.y!(placed[i]!.y)].map((v) =>
            Number(v).toFixed(1),
          );
          const ring = flagged ? ` stroke="${color("ink")}" stroke-opacity="1"` : "";
          marks.push(
            `<path d="${symbolPaths[symbol]}" transform="translate(${at.join(",")})scale(.8)" fill="${color(paint)}"${ring} data-told="${escapedText(told)}"/>`,
          );
        }
        return null;
      },
    ],
  }));
  const body = `${plot.body}<g class="points" fill-opacity="0.75" stroke-width="1.2" stroke-opacity="0">${marks.join("")}</g>`;
  const counts = groups.map(
    ({ label }, g) => [label, points.filter(({ group }) => group === g).length] as const,
  );
  const flagged = points.filter((point) => point.flagged);
  const listed = [...points].sort((a, b) => b.score - a.score).slice(0, 20);
  return figureOf({
    name: "map",
    title: text("map.title"),
    plot: { ...plot, body },
    legend: [
      { label: legend, color: "ink", mark: "title" },
      ...groups.map(({ label, color: paint, symbol }) => ({ label, color: paint, mark: symbol })),
      ...(flagged.length > 0
        ? [{ label: text("worst.flagged"), color: "ink", mark: "ring" } as const]
        : []),
    ],
    alternative: [
      text("map.alternative", {
        points: words.count(points.length),
        flagged: words.count(flagged.length),
        coloring,
      }),
      about,
      counts.map(([label, n]) => `${label}: ${words.count(n)}`).join(", "),
    ].join(" "),
    reading: [
      text("map.reading", { coloring }),
      about,
      ...(outside > 0 ? [text("map.outside", { outside: words.count(outside) })] : []),
    ].join(" "),
    listing: {
      head: [text("map.point"), axes[0], axes[1]],
      rows: listed.map(({ told, x, y }) => [told, words.short(x), words.short(y)]),
    },
    size: "wide",
  });
}

type Range = [low: number, high: number];

/** The range of most values: what lies far outside is shown at the edge. */
function frame(values: readonly number[]): Range {
  const finite = values.filter((value) => Number.isFinite(value));
  if (finite.length === 0) return [-1, 1];
  const [least, low, high, most] = quantiles(finite, [0, 0.01, 0.99, 1]) as [
    number,
    number,
    number,
    number,
  ];
  const spread = high - low || 1;
  const from = Math.max(least, low - spread);
  const to = Math.min(most, high + spread);
  const margin = 0.04 * (to - from || 1);
  return [from - margin, to + margin];
}

const inside = (value: number, [low, high]: Range): number =>
  Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : low;
