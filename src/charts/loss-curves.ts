import { axis, logTicks, sides, spreads } from "./axes.ts";
import { color } from "./colors.ts";
import { type Figure, figureOf } from "./figure.ts";
import { drawPlot } from "./plot.ts";
import { thin } from "./thin.ts";
import type { Words } from "./words.ts";

/** Losses of one epoch. */
export interface EpochLoss {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss: number | null;
}

/** Losses of training and validation epoch by epoch, the best epoch marked. */
export async function lossCurves(
  epochs: readonly EpochLoss[],
  bestEpoch: number,
  words: Words,
): Promise<Figure> {
  const { text } = words;
  const lines = [
    { key: "training", of: (each: EpochLoss) => each.loss, paint: "model", mark: "line" },
    {
      key: "validation",
      of: (each: EpochLoss) => each.validationLoss ?? Number.NaN,
      paint: "odd",
      mark: "dashed",
    },
  ] as const;
  const values = epochs.flatMap((each) => lines.map(({ of }) => of(each)));
  const finite = values.filter((value) => Number.isFinite(value));
  const log = spreads(finite, 10);
  const range = [Math.min(...finite), Math.max(...finite)] as const;
  const drawn = lines.filter(({ of }) => epochs.some((each) => Number.isFinite(of(each))));
  const best = epochs.find(({ epoch }) => epoch >= bestEpoch) ?? epochs.at(-1)!;
  const plot = await drawPlot((Plot) => ({
    ...sides,
    x: axis(text("loss.epoch"), words, {
      domain: epochs.length > 1 ? [1, epochs.at(-1)!.epoch] : [0, 2],
      // there is no half of an epoch
      ...(epochs.length < 7 && { ticks: epochs.map(({ epoch }) => epoch) }),
    }),
    y: log
      ? axis(text("loss.loss"), words, { type: "log", ticks: logTicks(...range) as number[] })
      : axis(text("loss.loss"), words, { zero: range[0] >= 0 }),
    marks: [
      Plot.gridY({
        stroke: color("line"),
        strokeOpacity: 1,
        ...(log && { ticks: logTicks(...range) as number[] }),
      }),
      Plot.ruleX([bestEpoch], { stroke: color("soft"), strokeDasharray: "2 3" }),
      Plot.text([bestEpoch], {
        x: (x: number) => x,
        frameAnchor: "top",
        dy: -14,
        text: () => text("loss.best", { epoch: bestEpoch }),
        textAnchor:
          bestEpoch > (epochs.at(-1)!.epoch * 2) / 3
            ? "end"
            : bestEpoch < epochs.at(-1)!.epoch / 3
              ? "start"
              : "middle",
      }),
      ...drawn.flatMap(({ of, paint, mark }) => [
        Plot.lineY(epochs, {
          x: "epoch",
          y: of,
          stroke: color(paint),
          strokeWidth: 2,
          ...(mark === "dashed" && { strokeDasharray: "6 3" }),
        }),
        ...(epochs.length === 1
          ? [Plot.dot(epochs, { x: "epoch", y: of, fill: color(paint) })]
          : []),
      ]),
      Plot.dot([best], {
        x: "epoch",
        y: (each: EpochLoss) => each.validationLoss ?? each.loss,
        r: 4.5,
        fill: color(best.validationLoss === null ? "model" : "odd"),
        stroke: color("paper"),
      }),
    ],
  }));
  const last = epochs.at(-1)!;
  return figureOf({
    name: "loss",
    title: text("loss.title"),
    plot,
    legend: drawn.map(({ key, paint, mark }) => ({
      label: text(`loss.${key}`),
      color: paint,
      mark,
    })),
    alternative: text("loss.alternative", {
      epochs: last.epoch,
      first: words.short(epochs[0]!.loss),
      last: words.short(last.loss),
      best: bestEpoch,
      loss: words.short(best.validationLoss ?? best.loss),
    }),
    reading: `${text("loss.reading")} ${text(drawn.length > 1 ? "loss.readingBoth" : "loss.readingAlone")}`,
    listing: {
      head: [text("loss.epoch"), ...drawn.map(({ key }) => text(`loss.${key}`))],
      rows: thin(epochs, 25).map((each) => [
        String(each.epoch),
        ...drawn.map(({ of }) => words.short(of(each))),
      ]),
    },
  });
}
