import type { Figure } from "../../charts/figure.ts";
import { hourglass } from "../../charts/hourglass.ts";
import { lossCurves } from "../../charts/loss-curves.ts";
import type { Block, Section } from "../../charts/page.ts";
import {
  type CurvePoint,
  confusionFigure,
  curveOf,
  precisionRecallFigure,
  rocFigure,
} from "../../charts/ranking-figures.ts";
import { type ScoreGroup, scoreHistogram } from "../../charts/score-histogram.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { precisionRecallCurve, rocCurve } from "../../metrics/curves.ts";
import { epochsOf } from "../model/history.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import type { Findings } from "./findings.ts";
import { mapFigure } from "./map.ts";
import { drawnNetwork } from "./network.ts";

const figures = (...list: readonly Figure[]): Block => ({ block: "figures", figures: list });
const lines = (...list: readonly string[]): Block => ({ block: "lines", lines: list });

/** What the data are like. */
export function dataSection(
  { profile }: Findings,
  notes: readonly string[],
  drift: readonly string[],
  words: Words,
): Section {
  const { text, count } = words;
  const told = (title: string, list: readonly string[]): readonly Block[] =>
    list.length > 0 ? [lines(`${title}:`), { block: "lines", lines: list, listed: true }] : [];
  return {
    id: "data",
    title: text("data.title"),
    blocks: [
      lines(...profile.lines),
      ...(profile.rows.length > 0
        ? [
            {
              block: "table",
              caption: profile.caption,
              head: profile.head,
              rows: profile.rows,
              numbers: profile.numbers,
            } as const,
            lines(profile.remark),
          ]
        : []),
      ...(profile.classes.length > 0
        ? [
            {
              block: "table",
              caption: text("data.classes"),
              head: [text("data.class"), text("data.rows")],
              rows: profile.classes.map(([label, n]) => [
                label === "" ? "–" : plainText(label),
                count(n),
              ]),
              numbers: [1],
            } as const,
          ]
        : []),
      ...told(text("data.drift"), drift),
      ...told(text("data.notes"), notes),
    ],
  };
}

/** The network and its losses. */
export async function networkSection(metadata: AnyMetadata, words: Words): Promise<Section> {
  const network = drawnNetwork(metadata);
  const epochs = epochsOf(metadata.training);
  return {
    id: "network",
    title: words.text("network.title"),
    blocks: [
      network ? figures(hourglass(network.layers, words)) : lines(words.text("network.unknown")),
      ...(network && network.networks > 1
        ? [lines(words.text("network.several", { networks: words.count(network.networks) }))]
        : []),
      epochs.length > 0
        ? figures(await lossCurves(epochs, metadata.training.bestEpoch, words))
        : lines(words.text("network.noHistory")),
    ],
  };
}

/** The scores of all rows, class by class where a label is known. */
export async function scoreSection(
  { scores, labels, evaluation }: Findings,
  threshold: number,
  words: Words,
): Promise<Section> {
  const { text } = words;
  const groupOf = (label: string, color: ScoreGroup["color"], kind: number): ScoreGroup => ({
    ...{ label, color },
    scores: scores.filter((_, row) => labels!.classes[row] === kind),
  });
  const groups = labels
    ? [
        groupOf(text("confusion.normal"), "model", 0),
        groupOf(text("confusion.anomaly"), "odd", 1),
        groupOf(text("scores.unlabelled"), "soft", 2),
      ].filter(({ scores: own }) => own.length > 0)
    : [{ label: text("scores.all"), scores, color: "model" } as const];
  return {
    id: "scores",
    title: text("scores.section"),
    blocks: [
      figures(
        await scoreHistogram(groups, threshold, words),
        ...(evaluation ? [await confusionFigure(evaluation.confusion, words)] : []),
      ),
    ],
  };
}

/** How well scores tell anomalies apart, beside PCA; null without labels of both classes. */
export async function qualitySection(
  { judged, evaluation, labels }: Findings,
  words: Words,
): Promise<Section | null> {
  if (!judged || !evaluation || !labels) return null;
  const { scores, pca, classes } = judged;
  const { confusion, baseRate } = evaluation;
  const falseAlarms =
    confusion.falsePositives / (confusion.falsePositives + confusion.trueNegatives);
  const roc = await rocFigure(
    {
      model: rocPoints(scores, classes),
      pca: pca && rocPoints(pca, classes),
      areas: { model: evaluation.rocAuc, pca: evaluation.pca?.rocAuc ?? null },
      chosen: { x: falseAlarms, y: evaluation.recall },
    },
    words,
  );
  const precision = await precisionRecallFigure(
    {
      model: precisionPoints(scores, classes),
      pca: pca && precisionPoints(pca, classes),
      areas: { model: evaluation.averagePrecision, pca: evaluation.pca?.averagePrecision ?? null },
      chosen: { x: evaluation.recall, y: evaluation.precision },
    },
    baseRate,
    words,
  );
  const { column, normal } = labels;
  return {
    id: "quality",
    title: words.text("quality.title"),
    blocks: [
      lines(words.text("quality.normal", { column: plainText(column), normal: plainText(normal) })),
      figures(roc, precision),
    ],
  };
}

function rocPoints(scores: Float32Array, classes: Uint8Array): readonly CurvePoint[] {
  const { falsePositiveRate, truePositiveRate } = rocCurve(scores, classes);
  return curveOf(falsePositiveRate, truePositiveRate);
}

function precisionPoints(scores: Float32Array, classes: Uint8Array): readonly CurvePoint[] {
  const { precision, recall } = precisionRecallCurve(scores, classes);
  return curveOf(recall.reverse(), precision.reverse());
}

/** The map of the codes; null for a model without. */
export async function mapSection(findings: Findings, words: Words): Promise<Section | null> {
  const map = await mapFigure(findings, words);
  return map && { id: "codes", title: words.text("map.section"), blocks: [figures(map)] };
}

/** The oddest rows, with what makes them odd. */
export function worstSection({ worst }: Findings, words: Words): Section {
  const { text } = words;
  const title = text("worst.title");
  if (worst.kind === "table")
    return {
      ...{ id: "worst", title },
      blocks: [
        lines(text("worst.reading")),
        {
          block: "table",
          caption: text("worst.table", { n: worst.rows.length }),
          head: worst.head,
          rows: worst.rows,
          numbers: [],
        },
      ],
    };
  const which = words.items === "images" ? "images" : "sequences";
  return {
    ...{ id: "worst", title },
    blocks: [
      lines(text(`worst.${which}`), ...(worst.remark === "" ? [] : [worst.remark])),
      figures(...worst.worst),
      lines(text(`typical.${which}`)),
      figures(...worst.typical),
    ],
  };
}
