import type { Headline } from "../../charts/page.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { type AnyMetadata, isPca } from "../model/metadata.ts";
import { separationOf } from "../verdicts/separation.ts";
import { sentenceIn, type Verdict } from "../verdicts/verdict.ts";
import type { Findings } from "./findings.ts";

/** Differences of ROC AUC, or of shares of variation, that a reader should not act on. */
const sameWithin = 0.01;

/** The size of the code of a model of any content. */
export const latentOf = (metadata: AnyMetadata, findings: Pick<Findings, "seen">): number =>
  findings.seen[0]?.code.length ??
  ("latentDim" in metadata ? metadata.latentDim : Number(metadata.architecture.latentDim ?? 0));

/** The figures that matter most, shown large. */
export function headlinesOf(
  findings: Findings,
  metadata: AnyMetadata,
  words: Words,
): readonly Headline[] {
  const { text, count, percent, short } = words;
  const { flagged, rows, evaluation, rebuilt } = findings;
  const headlines: Headline[] = [
    {
      value: count(flagged),
      label: text("headline.flagged"),
      about: text("headline.flaggedAbout", { percent: percent(flagged / rows), rows: count(rows) }),
    },
  ];
  const pca = (area: string | null): string =>
    area === null ? "" : text("headline.pca", { area });
  if (evaluation) {
    const { truePositives, falsePositives } = evaluation.confusion;
    headlines.push(
      {
        value: evaluation.rocAuc.toFixed(3),
        label: text("headline.auc"),
        about: text("headline.aucAbout", { pca: pca(evaluation.pca?.rocAuc.toFixed(3) ?? null) }),
      },
      {
        value: percent(evaluation.precision),
        label: text("headline.precision"),
        about: text("headline.precisionAbout", {
          right: count(truePositives),
          alarms: count(truePositives + falsePositives),
        }),
      },
      {
        value: percent(evaluation.recall),
        label: text("headline.recall"),
        about: text("headline.recallAbout", {
          found: count(truePositives),
          anomalies: count(evaluation.anomalies),
        }),
      },
    );
    return headlines;
  }
  if (rebuilt)
    headlines.push({
      value: percent(Math.max(0, rebuilt.model)),
      label: text("headline.rebuilt"),
      about: text("headline.rebuiltAbout", {
        latent: count(latentOf(metadata, findings)),
        pca: pca(rebuilt.pca === null ? null : percent(Math.max(0, rebuilt.pca))),
      }),
    });
  headlines.push({
    value: short(metadata.threshold.value),
    label: text("headline.threshold"),
    about: text("headline.thresholdAbout", { rule: plainText(metadata.threshold.rule) }),
  });
  return headlines;
}

/** What was found, in sentences that need no knowledge of the field. */
export function summaryLines(
  findings: Findings,
  metadata: AnyMetadata,
  verdicts: readonly Verdict[],
  words: Words,
): readonly string[] {
  const { text, count, percent } = words;
  const { flagged, rows, reasons, evaluation, judged } = findings;
  return [
    ...sentences([evaluation && separationOf(evaluation, words.items)], words),
    flagged === 0
      ? text("summary.none")
      : text("summary.flagged", {
          flagged: count(flagged),
          rows: count(rows),
          percent: percent(flagged / rows),
        }),
    ...sentences(findings.alarms, words),
    ...(reasons.length > 0
      ? [
          text("summary.reasons", {
            columns: reasons
              .map(([column, share]) =>
                text("summary.reasonColumn", {
                  column: plainText(column, 40),
                  percent: percent(share),
                }),
              )
              .join(", "),
          }),
        ]
      : []),
    ...(evaluation
      ? [
          text("summary.ranking", { percent: percent(evaluation.rocAuc) }),
          text("summary.alarms", {
            precision: percent(evaluation.precision),
            recall: percent(evaluation.recall),
          }),
          ...(evaluation.rocAuc > 0.8 && evaluation.recall < 0.3 ? [text("summary.strict")] : []),
          // a verdict on the best method weighs chance, which a difference of two areas does not
          ...(evaluation.pca && !verdicts.some(({ code }) => code.startsWith("kept_"))
            ? [
                text(`summary.pca${comparison(evaluation.rocAuc, evaluation.pca.rocAuc)}`, {
                  model: evaluation.rocAuc.toFixed(3),
                  pca: evaluation.pca.rocAuc.toFixed(3),
                }),
              ]
            : []),
        ]
      : judged
        ? [text("summary.oneClass")]
        : []),
    // the separation stands first already
    ...sentences(
      verdicts.filter(({ code }) => !code.includes("separate")),
      words,
    ),
    ...rebuiltLines(findings, metadata, words),
  ];
}

const sentences = (verdicts: readonly (Verdict | null)[], { language }: Words): readonly string[] =>
  verdicts.flatMap((each) => (each ? [plainText(sentenceIn(each, language), 400)] : []));

/** What PCA is beside the model: better, the same, or worse for the model. */
export function comparison(model: number, pca: number): "Better" | "Same" | "Worse" {
  if (Math.abs(model - pca) < sameWithin) return "Same";
  return model > pca ? "Better" : "Worse";
}

/** Whether a share of the variation is no more than the mean of each column gives. */
export const rebuiltNothing = (share: number): boolean => share <= 0.005;

/** Whether the rows that did not train are newer than those that did. */
export const isOnNewer = (
  { acquaintance }: Pick<Findings, "acquaintance">,
  { training }: Pick<AnyMetadata, "training">,
): boolean =>
  (acquaintance === "test" || acquaintance === "held") && training.options.split?.by === "time";

function rebuiltLines(findings: Findings, metadata: AnyMetadata, words: Words): readonly string[] {
  const { rebuilt, acquaintance } = findings;
  const { text, count, percent } = words;
  const alone = findings.evaluation?.pca || metadata.kind === "ensemble" || isPca(metadata);
  const noPca = alone ? [] : [text("summary.noPca")];
  if (!rebuilt) return noPca;
  const unlearnt = rebuiltNothing(rebuilt.model);
  const newer = unlearnt && isOnNewer(findings, metadata);
  const line = text(`summary.rebuilt${newer ? "NoneNewer" : unlearnt ? "None" : ""}` as const, {
    latent: count(latentOf(metadata, findings)),
    percent: percent(rebuilt.model),
    what: text("columns" in metadata ? "summary.rebuiltColumns" : "summary.rebuiltCells"),
    rows: count(rebuilt.rows),
    kept: acquaintance === "test" || acquaintance === "held" ? text("summary.rebuiltKept") : "",
  });
  if (rebuilt.pca === null) return [line, ...noPca];
  if (unlearnt && rebuiltNothing(rebuilt.pca)) return [`${line} ${text("summary.rebuiltPcaNone")}`];
  const beside = { Better: "More", Same: "Same", Worse: "Less" } as const;
  const key = `summary.rebuiltPca${beside[comparison(rebuilt.model, rebuilt.pca)]}` as const;
  return [`${line} ${text(key, { percent: percent(Math.max(0, rebuilt.pca)) })}`];
}

/** What must be known before the figures are believed. */
export function cautions(
  findings: Findings,
  { training }: Pick<AnyMetadata, "training">,
  words: Words,
): readonly string[] {
  const { acquaintance, judged, evaluation, rebuilt, rows, labels } = findings;
  const { text, count } = words;
  const lines: string[] = [];
  if (acquaintance === "test")
    lines.push(text("judged.test", { rows: count(judged?.scores.length ?? rebuilt?.rows ?? 0) }));
  else if (acquaintance === "held" && !labels && !rebuilt)
    lines.push(text("judged.heldOnly", { rows: count(training.rows.validate ?? 0) }));
  else if (acquaintance === "held")
    lines.push(
      text(labels ? "judged.unsupervised" : "judged.held", { rows: count(rebuilt?.rows ?? 0) }),
    );
  else lines.push(text(`judged.${acquaintance}`, { rows: count(rows) }));
  if (evaluation && evaluation.anomalies < 20)
    lines.push(text("summary.rough", { anomalies: count(evaluation.anomalies) }));
  return lines;
}
