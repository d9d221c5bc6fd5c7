import type { Block } from "../../charts/page.ts";
import { esFormulas } from "../../charts/texts/formulas.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { kinds, kindsOf } from "../../models/kinds.ts";
import { type AnyMetadata, isPca } from "../model/metadata.ts";
import type { Findings } from "./findings.ts";
import type { DrawnNetwork } from "./network.ts";
import { latentOf } from "./summary.ts";

/** What a model is, what it is for, and what it is not. */
export function cardOf(
  metadata: AnyMetadata,
  network: DrawnNetwork | null,
  bytes: number,
  findings: Findings,
  words: Words,
): Block {
  const { text, count, short } = words;
  const { training, threshold, kind } = metadata;
  const { train = 0, validate = 0, calibrate = 0, test = 0 } = training.rows;
  const pca = isPca(metadata);
  const content = "columns" in metadata ? "tables" : metadata.source.content;
  const stops = validate > 0 && !pca;
  const shares = [
    [calibrate === 0 && stops ? "card.trainedBoth" : "card.trainedStop", stops ? validate : 0],
    // without a label the rows that did not train do both
    ["card.trainedCalibrate", calibrate === 0 && pca ? validate : calibrate],
    ["card.trainedTest", test],
  ] as const;
  const facts: (readonly [string, string])[] = [
    [text("card.kind"), pca ? text("card.pca") : plainText(kind)],
    [text("card.formula"), pca ? text("card.pcaFormula") : formulaOf(kind, words)],
    [text("card.data"), text(`content.${content}`)],
    ...(network
      ? [
          [
            text("card.network"),
            text(network.networks > 1 ? "card.networks" : "card.networkSizes", {
              networks: count(network.networks),
              sizes: network.layers
                .map(({ shape }) => shape.join("×"))
                .filter((size, i, all) => size !== all[i - 1])
                .join(" – "),
              parameters: count(network.parameters),
            }),
          ] as const,
        ]
      : []),
    [text("card.latent"), text("card.latentSize", { latent: count(latentOf(metadata, findings)) })],
    [
      text("card.trained"),
      [
        text("card.trainedRows", { train: count(train) }),
        ...shares.flatMap(([key, n]) => (n > 0 ? [text(key, { n: count(n) })] : [])),
      ].join("; "),
    ],
    [
      text("card.epochs"),
      pca
        ? text("card.noEpochs")
        : text(training.validationLoss === null ? "card.epochsAlone" : "card.epochsBest", {
            epochs: count(training.epochs),
            best: count(training.bestEpoch),
            loss: short(training.loss),
            validation: short(training.validationLoss ?? Number.NaN),
          }),
    ],
    [
      text("card.label"),
      training.label
        ? text("card.labelNormal", {
            column: plainText(training.label.column),
            normal: plainText([training.label.normal].flat().join(", ")),
          })
        : text("card.noLabel"),
    ],
    [
      text("card.threshold"),
      text("card.thresholdRule", {
        threshold: short(threshold.value),
        rule: plainText(threshold.rule),
      }),
    ],
    [text("card.use"), text("card.useText")],
    [text("card.limits"), text("card.limitsText")],
    [text("card.size"), text("card.sizeBytes", { bytes: count(bytes) })],
    [
      text("card.versions"),
      text("card.versionsText", {
        espejo: plainText(training.versions.espejo ?? "–"),
        engine: plainText(training.versions.engine ?? "–"),
      }),
    ],
  ];
  return { block: "facts", facts };
}

/** The formulas of the kinds that a name joins, as far as they are known. */
function formulaOf(kind: string, { language }: Words): string {
  const told = ({ name, formula }: (typeof kinds)[number]): string =>
    language === "es" ? (esFormulas[name] ?? formula) : formula;
  try {
    return kindsOf(kind)
      .map((each) => `${told(each)} (${each.source})`)
      .join("; ");
  } catch {
    const known = kinds.find(({ name }) => name === kind);
    return known ? told(known) : "–";
  }
}
