import { EspejoError } from "../errors.ts";

/** Where rows go: a folder of files that Spark writes, or a table of its catalogue. */
export type ClusterOutput = (
  | { readonly path: string; readonly format: ClusterFormat }
  | { readonly table: string }
) & {
  /** Whether what a former job of Spark wrote there is replaced; by default nothing is. */
  readonly overwrite?: boolean;
};

/** What Spark writes. */
export type ClusterFormat = "csv" | "json" | "parquet";

const endings: Readonly<Record<string, ClusterFormat>> = {
  ...{ ".csv": "csv", ".parquet": "parquet" },
  ...{ ".json": "json", ".ndjson": "json", ".jsonl": "json" },
};

/** An output as a request has it. */
export const outputRequest = (output: ClusterOutput): object => ({ overwrite: false, ...output });

/** The format that the ending of a path says. Throws `cluster_ending` for another one. */
export function formatOfPath(path: string): ClusterFormat {
  const ending = /\.[a-z]+$/i.exec(path.replace(/\/+$/, ""))?.[0].toLowerCase() ?? "";
  const format = endings[ending];
  if (format === undefined) throw new EspejoError("cluster_ending", { value: path });
  return format;
}
