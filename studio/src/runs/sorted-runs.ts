import type { Run } from "../../../src/studio/api/runs.ts";

/** A column that runs are sorted by. */
export type RunColumn =
  | "data"
  | "state"
  | "kind"
  | "epochs"
  | "anomalies"
  | "auc"
  | "pca"
  | "began";

const values: Readonly<Record<RunColumn, (run: Run) => string | number | null>> = {
  data: ({ data }) => data,
  state: ({ state }) => state,
  kind: ({ kind }) => kind,
  epochs: ({ epochs }) => epochs,
  anomalies: ({ result }) => result?.anomalies ?? null,
  auc: ({ result }) => result?.evaluation?.rocAuc ?? null,
  pca: ({ result }) => result?.evaluation?.pcaRocAuc ?? null,
  began: ({ began }) => began,
};

/** Runs by a column, those that have nothing there last; of equals the newest first. */
export function sortedRuns(runs: readonly Run[], by: RunColumn, falls: boolean): readonly Run[] {
  const of = values[by];
  const newest = (a: Run, b: Run): number => (b.began ?? "").localeCompare(a.began ?? "");
  return [...runs].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || newest(a, b);
    const order =
      typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
    return (falls ? -order : order) || newest(a, b);
  });
}
