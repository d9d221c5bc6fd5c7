import { plainText, type Words } from "../../charts/words.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import { separationOf } from "../verdicts/separation.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import type { Findings } from "./findings.ts";
import { toldName } from "./reproduce.ts";
import { comparison, isOnNewer, latentOf, rebuiltNothing } from "./summary.ts";

/** What the sentences are about. */
export interface Subject {
  readonly findings: Findings;
  readonly metadata: AnyMetadata;
  /** What the data are called. */
  readonly data: string;
  /** What the job came to, and what the report found beside its scores. */
  readonly verdicts: readonly Verdict[];
}

/** What the rows of a model are. */
function itemsOf(metadata: AnyMetadata): "rows" | "images" | "sequences" | "windows" {
  if ("columns" in metadata) return "rows";
  const { content, stride } = metadata.source;
  return content === "sequences" && stride !== null ? "windows" : content;
}

const counted = (n: number, metadata: AnyMetadata, { text, count }: Words): string =>
  text(`brief.items.${itemsOf(metadata)}`, { n: count(n) });

/** Three sentences on what stands out, for who reads no further: what was looked at, what was found, and how far to trust it. */
export function briefOfScores(subject: Subject, words: Words): readonly string[] {
  const { findings, metadata, data } = subject;
  const { text, count, percent } = words;
  const { rows, flagged, reasons, acquaintance } = findings;
  const [first] = reasons;
  const found = {
    ...{ flagged: count(flagged), percent: percent(flagged / rows) },
    column: plainText(first?.[0] ?? "", 40),
  };
  return [
    text(acquaintance === "other" ? "brief.lookedOther" : "brief.looked", {
      items: counted(rows, metadata, words),
      data: toldName(data, words),
    }),
    flagged === 0 ? text("brief.none") : text(first ? "brief.flaggedWhy" : "brief.flagged", found),
    trustOf(subject, words),
  ];
}

/** Whether rows that follow each other, or newer ones, are another matter. */
export const isDependent = (verdicts: readonly Verdict[]): boolean =>
  verdicts.some(({ code }) => code === "rows_newest" || code === "rows_alike");

function trustOf({ findings, metadata, verdicts }: Subject, words: Words): string {
  const { text, count } = words;
  const { evaluation, judged, labels, acquaintance } = findings;
  const newer = isDependent(verdicts) ? text("brief.newer") : "";
  if (!evaluation || !labels) return text(judged ? "brief.oneClass" : "brief.unknown", { newer });
  const classes = !("columns" in metadata) && labels.column === "class";
  const column = classes ? text("brief.class") : plainText(labels.column, 40);
  const separation = separationOf(evaluation)?.code;
  if (separation === "not_separates") return text("brief.useless", { column });
  if (separation === "separates_unknown")
    return text("brief.few", { anomalies: count(evaluation.anomalies) });
  const { confusion, precision, recall, baseRate } = evaluation;
  const quiet = confusion.truePositives + confusion.falsePositives === 0;
  const fresh = acquaintance === "test" ? text("brief.fresh") : "";
  return text(quiet ? "brief.checkedQuiet" : "brief.checked", {
    ...{ column, judged: count(evaluation.rows), fresh, newer },
    ...{ precision: ofHundred(precision), recall: ofHundred(recall), base: ofHundred(baseRate) },
  });
}

/** How many of 100: whole, with a decimal where that would be 0 or 100 of what is neither. */
function ofHundred(share: number): string {
  const value = 100 * share;
  const whole = value >= 1 && value <= 99 ? 0 : 1;
  return String(Number(value.toFixed(value > 0 && value < 0.1 ? 2 : whole)));
}

/** The same of numbers that describe rows: how many, what they keep, and what they are worth. */
export function briefOfCodes(subject: Subject, words: Words): readonly string[] {
  const { findings, metadata, data, verdicts } = subject;
  const { text, count, percent } = words;
  const { rows, rebuilt, acquaintance } = findings;
  const latent = latentOf(metadata, findings);
  const features =
    "columns" in metadata ? metadata.columns.filter(({ role }) => role === "feature").length : 0;
  const columns = text("brief.columns", { n: count(features) });
  const said = {
    ...{ items: counted(rows, metadata, words), data: toldName(data, words) },
    ...{ latent: count(latent), columns },
  };
  const key = features === 0 ? "codesArrays" : latent === 1 ? "index" : "codes";
  const time = verdicts.find(({ code }) => code === "index_time");
  return [
    text(`brief.${key}` as const, said),
    rebuilt === null
      ? text("brief.keptUnknown")
      : rebuiltNothing(rebuilt.model)
        ? text(isOnNewer(findings, metadata) ? "brief.keptNoneNewer" : "brief.keptNone")
        : text("brief.kept", {
            percent: percent(rebuilt.model),
            beside:
              rebuilt.pca === null
                ? ""
                : text(besides[comparison(rebuilt.model, rebuilt.pca)], {
                    pca: percent(Math.max(0, rebuilt.pca)),
                  }),
          }),
    time
      ? text("brief.indexTime", { column: plainText(String(time.parameters.column)) })
      : rebuilt && rebuiltNothing(rebuilt.model) && isOnNewer(findings, metadata)
        ? text("brief.meaning")
        : acquaintance === "test" || acquaintance === "held"
          ? text("brief.measured", { rows: counted(rebuilt?.rows ?? 0, metadata, words) })
          : text("brief.measuredAll"),
  ];
}

/** What is said of PCA beside the model, by which of them keeps more. */
const besides = {
  Better: "brief.besideMore",
  Same: "brief.besideSame",
  Worse: "brief.besideLess",
} as const;
