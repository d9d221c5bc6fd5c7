import type { Influence, LatentInfluence } from "../tasks/reduce/influence.ts";
import type { ReductionStep, ReductionStudy } from "../tasks/reduce/reduction.ts";
import { latentName } from "./commands/encode.ts";
import type { Context } from "./context.ts";
import { tableLines } from "./text-table.ts";

const error = (value: number | null): string => value?.toPrecision(3) ?? "-";
const share = (value: number | null): string =>
  value === null ? "-" : `${(100 * value).toFixed(1)} %`;
const rate = (value: number | null | undefined): string => value?.toFixed(3) ?? "-";

/** A size that was done, while others follow. */
export const stepLine = (
  { latentDim, autoencoder, pca }: ReductionStep,
  { text }: Context,
): string =>
  text("reduce.sized", { latent: latentDim, autoencoder: error(autoencoder), pca: error(pca) });

/** The figures of a study and what they mean in words. */
export function studyLines(
  study: ReductionStudy,
  content: "tables" | "images" | "sequences",
  context: Context,
): readonly string[] {
  const { text } = context;
  const { rows, choice, neighbours, classes } = study;
  const counts = Object.fromEntries(
    Object.entries(rows).map(([part, n]) => [part, context.count(n)]),
  );
  const mean = error(study.meanError);
  const lines = [
    text("reduce.rows", counts),
    text(content === "tables" ? "reduce.table" : "reduce.tableCells", { mean }),
    ...tableLines(
      (["code", "autoencoder", "pca", "explained", "chosen"] as const).map((name, i) =>
        i === 4 ? "" : text(`reduce.${name}`),
      ),
      study.steps.map((step) => [
        String(step.latentDim),
        error(step.autoencoder),
        error(step.pca),
        share(step.explained),
        step.latentDim === choice.latentDim ? `<- ${text("reduce.chosen")}` : "",
      ]),
      [4],
    ),
    context.paint("bold", choiceLine(study, context)),
    context.paint("bold", winnerLine(study, context)),
  ];
  if (neighbours)
    lines.push(
      text("reduce.neighbours", {
        k: neighbours.k,
        rows: context.count(neighbours.rows),
        trust: beside(
          neighbours.autoencoder.trustworthiness,
          neighbours.pca?.trustworthiness,
          context,
        ),
        continuity: beside(neighbours.autoencoder.continuity, neighbours.pca?.continuity, context),
      }),
    );
  if (classes)
    lines.push(
      text("reduce.classes", {
        k: classes.k,
        rows: context.count(classes.rows),
        autoencoder: rate(classes.autoencoder),
        pca: rate(classes.pca),
        columns: rate(classes.columns),
        commonest: rate(classes.commonest),
      }),
    );
  return lines;
}

const beside = (autoencoder: number, pca: number | undefined, { text }: Context): string =>
  text("reduce.beside", { autoencoder: rate(autoencoder), pca: rate(pca) });

function choiceLine({ choice, steps, cells }: ReductionStudy, { text }: Context): string {
  const { latentDim, rule, depth } = choice;
  const tried = steps.filter(({ autoencoder }) => autoencoder !== null);
  const last = rule === "elbow" && tried.at(-1)!.latentDim === latentDim;
  const key = rule === "flat" && depth === 0 ? "unlearnt" : rule;
  return text(last ? "reduce.elbowLast" : `reduce.${key}`, { latent: latentDim, cells });
}

/** Who wins with the chosen size, in plain words: by the mean error, or by most rows where few decide the mean. */
function winnerLine(
  { steps, choice, difference, closer, cells, rows }: ReductionStudy,
  { text }: Context,
): string {
  if (!difference || closer === null) return text("reduce.noPca", { cells });
  // one of the steps is that of the chosen size
  const pca = steps.find(({ latentDim }) => latentDim === choice.latentDim)!.pca!;
  const percent = (100 * Math.abs(difference.mean)) / Math.max(pca, pca + difference.mean);
  const most = Math.abs(closer - 0.5) > 1 / Math.sqrt(rows.test);
  const wins = difference.clear ? difference.mean < 0 : closer > 0.5;
  const share = wins ? closer : 1 - closer;
  const clearly = wins ? "better" : "worse";
  const mostly = wins ? "mostBetter" : "mostWorse";
  const key = !difference.clear
    ? most
      ? mostly
      : "even"
    : share < 0.5
      ? (`${clearly}InFew` as const)
      : clearly;
  return text(`reduce.${key}`, {
    percent: percent.toFixed(percent < 9.95 ? 1 : 0),
    share: (100 * share).toFixed(0),
    others: (100 * (1 - share)).toFixed(0),
  });
}

const shownColumns = 6;

/** What each latent variable moves, the columns that it moves most with their signs. */
export function influenceLines(
  influences: readonly LatentInfluence[],
  { text }: Context,
): readonly string[] {
  return [
    text("reduce.influence"),
    ...influences.map(({ latent, share: part, columns }) =>
      text("reduce.latent", {
        name: latentName(latent - 1),
        share: (100 * part).toFixed(0),
        columns: columns
          .filter(({ strength }) => strength > 0)
          .slice(0, shownColumns)
          .map(influenceText)
          .join(", "),
      }),
    ),
  ];
}

/** A column that goes both ways has no sign: the latent variable moves it up for some rows and down for others. */
function influenceText({ column, value, mean, strength }: Influence): string {
  const sign = Math.abs(mean) < strength / 2 ? "±" : mean < 0 ? "-" : "+";
  return `${sign}${column}${value === null ? "" : ` = ${value}`} ${strength.toFixed(2)}`;
}
