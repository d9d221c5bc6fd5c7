import type { Figures } from "../tasks/compare/contest.ts";
import type { Candidate, Search } from "../tasks/tune/search.ts";
import { errorText } from "./compare-report.ts";
import type { Context } from "./context.ts";
import { tableLines } from "./text-table.ts";
import { settingWords } from "./train-words.ts";

/** Average precision, or an error. */
const meritText = (merit: number | null, labelled: boolean): string => {
  if (merit === null) return "-";
  return labelled ? merit.toFixed(3) : errorText(-merit);
};

/** A training of a candidate that has just ended. */
export const trialLine = (
  { number, epochs, merit, seconds }: Candidate,
  { text }: Context,
): string =>
  text("tune.trial", {
    ...{ number, epochs, seconds: seconds.toFixed(1) },
    merit: merit === null ? text("tune.failed") : meritText(merit, merit > 0),
  });

const shownCandidates = 10;

/** The leaderboard, and what the winner is worth. */
export function searchLines(search: Search, context: Context): readonly string[] {
  const { text, count } = context;
  const { candidates, rungs, labelled, proof } = search;
  const figure = text(labelled ? "compare.ap" : "compare.error");
  const rows = { rows: count(search.rows.choose), test: count(search.rows.test) };
  const lines = [
    labelled
      ? text("tune.objective", rows)
      : text("tune.objectiveError", { ...rows, latent: search.latentDim! }),
    text("tune.rungs", {
      candidates: count(candidates.length),
      rungs: rungs.join(", "),
      seconds: search.seconds.toFixed(0),
    }),
    ...tableLines(
      [
        text("tune.rank"),
        text("tune.candidate"),
        text("tune.epochs"),
        figure,
        text("tune.settings"),
      ],
      candidates
        .slice(0, shownCandidates)
        .map((each, i) => [
          ...[String(i + 1), String(each.number), String(each.epochs)],
          meritText(each.merit, labelled),
          each.number === 0 ? text("tune.usual") : settingWords(each.options).join(" "),
        ]),
      [4],
    ),
  ];
  return proof ? [...lines, ...proofLines(search, context)] : lines;
}

function proofLines({ proof, winner, labelled }: Search, context: Context): readonly string[] {
  const { text } = context;
  const rows: (readonly [string, Figures | null])[] = [
    [text("tune.winner"), proof!.winner],
    [text("tune.usual"), proof!.usual],
    [text("tune.pca", { latent: proof!.latentDim }), proof!.pca],
  ];
  const known = rows.filter((row): row is readonly [string, Figures] => row[1] !== null);
  const merit = (figures: Figures): number =>
    labelled ? figures.averagePrecision! : -figures.error!;
  const digits = (value: number): string => (labelled ? value.toFixed(3) : errorText(value, 2));
  const gain = merit(proof!.winner) - merit(proof!.usual);
  const difference = digits(Math.abs(gain));
  const ahead =
    proof!.pca && merit(proof!.pca) - Math.max(merit(proof!.winner), merit(proof!.usual));
  const verdict =
    winner.number === 0
      ? text("tune.same")
      : text(gain < 0 ? "tune.loss" : "tune.gain", { difference });
  return [
    text("tune.proof"),
    ...tableLines(
      ["", ...(labelled ? [text("compare.auc"), text("compare.ap")] : [text("compare.error")])],
      known.map(([name, { rocAuc, averagePrecision, error }]) => [
        name,
        ...(labelled ? [rocAuc!.toFixed(3), averagePrecision!.toFixed(3)] : [errorText(error!)]),
      ]),
      [0],
    ),
    context.paint("bold", verdict),
    ...(ahead && ahead > 0 ? [text("tune.pcaAhead", { difference: digits(ahead) })] : []),
  ];
}
