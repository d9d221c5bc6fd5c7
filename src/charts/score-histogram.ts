import { histogram } from "../metrics/histogram.ts";
import { axis, logTicks, shareAxis, sides } from "./axes.ts";
import { type ColorName, color } from "./colors.ts";
import { type Figure, figureOf } from "./figure.ts";
import { drawPlot } from "./plot.ts";
import type { Words } from "./words.ts";

/** Scores of a group of rows. */
export interface ScoreGroup {
  readonly label: string;
  readonly scores: Float32Array;
  readonly color: ColorName;
}

const bins = 36;

interface Bar {
  readonly group: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly share: number;
  readonly color: ColorName;
}

/** How many rows have which score, a panel for each group, with the threshold across. */
export async function scoreHistogram(
  groups: readonly ScoreGroup[],
  threshold: number,
  words: Words,
): Promise<Figure> {
  const { text } = words;
  const { log, low, high } = scaleOf(groups, threshold);
  const [to, from] = log ? [Math.log10, (x: number) => 10 ** x] : [plain, plain];
  const bars: Bar[] = groups.flatMap(({ label, scores, color: paint }) => {
    const placed = Float64Array.from(scores, (score) => to(Math.min(high, Math.max(low, score))));
    const { edges, counts } = histogram(placed, { bins, range: [to(low), to(high)] });
    return Array.from(counts, (count, i) => ({
      group: label,
      from: i === 0 ? low : from(edges[i]!),
      to: i === bins - 1 ? high : from(edges[i + 1]!),
      count,
      share: count / Math.max(1, scores.length),
      color: paint,
    }));
  });
  const many = groups.length > 1;
  const inside = threshold >= low && threshold <= high;
  const middle = from((to(low) + to(high)) / 2);
  const plot = await drawPlot((Plot) => ({
    ...sides,
    height: many ? 150 * groups.length + 20 : 280,
    ...(many && { fy: { label: null, domain: groups.map(({ label }) => label), axis: null } }),
    x: axis(text("scores.score"), words, {
      domain: [low, high],
      ...(log && { type: "log", ticks: logTicks(low, high) as number[] }),
    }),
    y: shareAxis(text(many ? "scores.shareOfGroup" : "scores.share"), words, { ticks: 4 }),
    marks: [
      Plot.gridY({ stroke: color("line"), strokeOpacity: 1, ticks: 4 }),
      Plot.rect(
        bars.filter(({ count }) => count > 0),
        {
          x1: "from",
          x2: "to",
          y1: 0,
          y2: "share",
          ...(many && { fy: "group" }),
          fill: (bar: Bar) => color(bar.color),
          insetLeft: 0.5,
          insetRight: 0.5,
        },
      ),
      Plot.ruleY([0], { stroke: color("soft") }),
      ...(inside
        ? [
            Plot.ruleX([threshold], {
              stroke: color("ink"),
              strokeWidth: 1.5,
              strokeDasharray: "5 3",
            }),
            Plot.text([threshold], {
              x: plain,
              ...(many && { fy: () => groups[0]!.label }),
              frameAnchor: "top",
              dy: -14,
              text: () => text("scores.threshold", { threshold: words.short(threshold) }),
              textAnchor: threshold > middle ? "end" : "start",
            }),
          ]
        : []),
      ...(many
        ? groups.map((group) =>
            Plot.text([group], {
              fy: "label",
              frameAnchor: emptier(bars.filter((bar) => bar.group === group.label)),
              dy: 4,
              text: ({ label, scores }: ScoreGroup) => `${label} (${words.count(scores.length)})`,
              fontWeight: 600,
              fill: color(group.color),
              stroke: color("paper"),
              strokeWidth: 4,
            }),
          )
        : []),
    ],
  }));
  const above = (scores: Float32Array): number =>
    scores.reduce((n, score) => n + (score > threshold ? 1 : 0), 0);
  return figureOf({
    name: "scores",
    title: text("scores.title"),
    plot,
    alternative: [
      text("scores.alternative", { threshold: words.short(threshold) }),
      ...groups.map(({ label, scores }) =>
        text("scores.alternativeGroup", {
          group: label,
          rows: words.count(scores.length),
          above: words.count(above(scores)),
          percent: words.percent(above(scores) / Math.max(1, scores.length)),
        }),
      ),
    ].join(" "),
    reading: [
      text(log ? "scores.readingLog" : "scores.reading"),
      ...(many ? [text("scores.groups")] : []),
    ].join(" "),
    listing: {
      head: [text("scores.from"), text("scores.to"), ...groups.map(({ label }) => label)],
      rows: Array.from({ length: bins }, (_, i) => i)
        .filter((i) => groups.some((_, g) => bars[g * bins + i]!.count > 0))
        .map((i) => [
          words.short(bars[i]!.from),
          words.short(bars[i]!.to),
          ...groups.map((_, g) => words.count(bars[g * bins + i]!.count)),
        ]),
    },
  });
}

/** The upper corner with the lower bars, where a name hides least. */
function emptier(bars: readonly Bar[]): "top-left" | "top-right" {
  const highestOf = (part: readonly Bar[]): number => Math.max(...part.map(({ share }) => share));
  const edge = Math.floor(bins * 0.35);
  return highestOf(bars.slice(0, edge)) < highestOf(bars.slice(-edge)) ? "top-left" : "top-right";
}

const plain = (x: number): number => x;

/** From the least score to the greatest, the threshold among them; logarithmic where few rows score far more. */
function scaleOf(
  groups: readonly ScoreGroup[],
  threshold: number,
): { readonly log: boolean; readonly low: number; readonly high: number } {
  const all = new Float32Array(groups.reduce((n, { scores }) => n + scores.length, 0));
  groups.reduce((at, { scores }) => {
    all.set(scores, at);
    return at + scores.length;
  }, 0);
  all.sort();
  const place = (share: number): number => all[Math.round(share * (all.length - 1))] ?? 0;
  const finite = Number.isFinite(threshold) && Math.abs(threshold) < 1e30;
  const low = Math.min(place(0), finite ? threshold : Number.POSITIVE_INFINITY);
  const high = Math.max(place(1), finite ? threshold : Number.NEGATIVE_INFINITY);
  if (high === low) return { log: false, low: low - 0.5, high: high + 0.5 };
  // a few scores near 0 must not stretch a logarithmic scale
  const least = Math.min(place(0.001), finite && threshold > 0 ? threshold : place(0.001));
  const log = least > 0 && high / Math.max(place(0.5), least) > 6;
  return { log, low: log ? least : low, high };
}
