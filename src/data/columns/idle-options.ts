import { EspejoError } from "../../errors.ts";
import type { Source } from "../terms/source.ts";
import type { Detected, OpenOptions } from "../terms/table.ts";

const ofText = ["delimiter", "encoding"] as const;
const ofLines = [...ofText, "header", "footer"] as const;
const ofArrays = ["array", "labelArray"] as const;

/** Options that a format has no use for. */
const idleOf: Readonly<Record<Detected["format"], readonly (keyof OpenOptions)[]>> = {
  csv: ["sheet", "query", ...ofArrays],
  xlsx: [...ofText, "query", ...ofArrays],
  ods: [...ofText, "query", ...ofArrays],
  parquet: [...ofLines, "sheet", "query", ...ofArrays],
  json: [...ofLines, "sheet", "query", ...ofArrays],
  postgres: [...ofLines, "sheet", ...ofArrays],
  arff: [...ofLines, "sheet", "query", ...ofArrays],
  npy: [...ofLines, "sheet", "query", ...ofArrays],
  npz: [...ofLines, "sheet", "query"],
  idx: [...ofLines, "sheet", "query", ...ofArrays],
  memory: [],
};

/** Whether the cells of a column are text, whose numbers and dates may be written in more than one way. */
export const isWritten = ({ natives }: Source, place: number): boolean =>
  /^(VARCHAR|JSON)$/.test(natives[place] ?? "VARCHAR");

/** Throws `option_idle` for an option that is stated where there is nothing that it could decide. */
export function refuseIdle(source: Source, options: OpenOptions): void {
  refuse(source, options, idleOf[source.detected.format]);
  if (!source.names.some((_, i) => isWritten(source, i)))
    refuse(source, options, ["decimal", "thousands", "dates", "numbers"]);
}

function refuse(
  { path, detected }: Source,
  options: OpenOptions,
  names: readonly (keyof OpenOptions)[],
): void {
  const idle = names.find((name) => options[name] !== undefined);
  if (idle === undefined) return;
  throw new EspejoError("option_idle", { path, option: idle, format: detected.format });
}
