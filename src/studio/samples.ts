import { fileURLToPath } from "node:url";
import { EspejoError } from "../errors.ts";
import type { Sample } from "./api/state.ts";

/** Data that come with Espejo, and what their files are called. */
const files: Readonly<Record<Sample["id"], string>> = {
  cards: "creditcard.csv.gz",
  economy: "FRED-MD_2026-02.csv",
};

export const samples: readonly Sample[] = [
  { id: "cards", rows: 5492, columns: 31 },
  { id: "economy", rows: 805, columns: 127 },
];

/** Where a sample lies. Throws `source_unknown`. */
export function samplePath(id: string): string {
  const name = files[id as Sample["id"]];
  if (name === undefined) throw new EspejoError("source_unknown", { id });
  return fileURLToPath(new URL(`../../dist/samples/${name}`, import.meta.url));
}
