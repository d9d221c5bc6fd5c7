import { optionText } from "../../invocation/option-words.ts";
import { checkArguments } from "../../options.ts";
import { z } from "../../schema.ts";
import type { KeptRun } from "./kept-run.ts";
import { isPassing } from "./run-config.ts";

/** Figures of a run that are set beside those of others. */
export type RunFigure =
  | "epochs"
  | "bestEpoch"
  | "validationLoss"
  | "anomalies"
  | "rocAuc"
  | "averagePrecision"
  | "precision"
  | "recall"
  | "pcaError"
  | "pcaRocAuc"
  | "pcaAveragePrecision";

/** Runs side by side: what differs between them, and what each came to. */
export interface RunComparison {
  readonly runs: readonly KeptRun[];
  /** What is not the same in all: "data", "command", "kind", or an option by its name; null where a run does not have it. */
  readonly differences: readonly {
    readonly name: string;
    readonly values: readonly (string | null)[];
  }[];
  /** Figures that any run has, those of PCA on the rows of each run among them. */
  readonly figures: readonly {
    readonly name: RunFigure;
    readonly values: readonly (number | null)[];
    /** Which runs have the best one; none where figures say no better and worse, or are of unlike runs. */
    readonly best: readonly number[];
  }[];
  /** Whether the same data and label judge all: else figures are no contest. */
  readonly fair: boolean;
}

type Summary = NonNullable<KeptRun["summary"]>;

/** What a figure is, and what is better; losses compare only models of a kind. */
const figures: Readonly<
  Record<
    RunFigure,
    readonly [of: (summary: Summary) => number | null | undefined, better: "high" | "low" | "none"]
  >
> = {
  epochs: [({ epochs }) => epochs, "none"],
  bestEpoch: [({ bestEpoch }) => bestEpoch, "none"],
  validationLoss: [({ validationLoss }) => validationLoss, "low"],
  anomalies: [({ ranking }) => ranking?.anomalies, "none"],
  rocAuc: [({ evaluation }) => evaluation?.rocAuc, "high"],
  averagePrecision: [({ evaluation }) => evaluation?.averagePrecision, "high"],
  precision: [({ evaluation }) => evaluation?.precision, "high"],
  recall: [({ evaluation }) => evaluation?.recall, "high"],
  pcaError: [({ pcaError }) => pcaError, "none"],
  pcaRocAuc: [({ evaluation }) => evaluation?.pca?.rocAuc, "none"],
  pcaAveragePrecision: [({ evaluation }) => evaluation?.pca?.averagePrecision, "none"],
};

/** What must hold of runs that a caller gives. */
const runList = z.array(
  z.looseObject({
    ...{ folder: z.string(), command: z.string(), data: z.string() },
    options: z.record(z.string(), z.any()),
    summary: z.nullable(z.looseObject({})),
  }),
);

/** Sets runs, as `readRun` and `listRuns` read them, side by side, in their order. */
export function compareRuns(runs: readonly KeptRun[]): RunComparison {
  checkArguments("compareRuns", { runs: [runs, runList] });
  const kinds = runs.map(({ summary, options }) => summary?.kind ?? textOf("kind", options.kind));
  const fair = same(runs.map(({ data }) => data)) && same(runs.map(labelOf));
  const options = runs.map((run) =>
    Object.entries(run.options).filter(([name]) => !isPassing(name) && name !== "kind"),
  );
  const names = [...new Set(options.flatMap((each) => each.map(([name]) => name)))];
  const told: RunComparison["differences"] = [
    { name: "data", values: runs.map(({ data }) => data) },
    { name: "command", values: runs.map(({ command }) => command) },
    { name: "kind", values: kinds },
    ...names.map((name) => ({
      name,
      values: runs.map((run) => textOf(name, run.options[name])),
    })),
  ];
  return {
    ...{ runs, fair },
    differences: told.filter(({ values }) => !same(values)),
    figures: (Object.keys(figures) as RunFigure[]).flatMap((name) => {
      const [of, better] = figures[name];
      const values = runs.map(({ summary }) => finite(summary && of(summary)));
      if (values.every((value) => value === null)) return [];
      const comparable = fair && (better !== "low" || same(kinds));
      return [{ name, values, best: comparable ? bestOf(values, better) : [] }];
    }),
  };
}

const same = (values: readonly unknown[]): boolean => new Set(values).size <= 1;

const labelOf = ({ options }: KeptRun): string =>
  `${textOf("label", options.label)} ${textOf("normal", options.normal)}`;

const finite = (value: number | null | undefined): number | null =>
  value === null || value === undefined || Number.isNaN(value) ? null : value;

/** A value as the command line takes it; of a switch, that it is on or off. */
const textOf = (name: string, value: unknown): string | null =>
  value === undefined || value === null ? null : (optionText(name, value) ?? String(value));

/** The places of the best value; none where all are alike. */
function bestOf(
  values: readonly (number | null)[],
  better: "high" | "low" | "none",
): readonly number[] {
  const there = values.filter((value) => value !== null);
  if (better === "none" || there.length < 2 || same(there)) return [];
  const best = better === "high" ? Math.max(...there) : Math.min(...there);
  return values.flatMap((value, i) => (value === best ? [i] : []));
}
