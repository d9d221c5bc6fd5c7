import { createHash } from "node:crypto";
import type { Cells } from "../../data/terms/arrays.ts";
import type { Batch } from "../../data/terms/table.ts";
import type { Labels } from "./labels.ts";
import type { Split } from "./split.ts";

/** SHA-256 of the values of a source, batch after batch; a model file keeps that of the data that trained it. */
export function takeFingerprint() {
  const hash = createHash("sha256");
  const cells = ({ buffer, byteOffset, byteLength }: Cells) =>
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return {
    /** The next rows of a table. */
    addRows({ numeric, categories }: Pick<Batch, "numeric" | "categories">): void {
      cells(numeric);
      hash.update(categories.join("\u001f"));
    },
    /** The next images or sequences, in the precision that the model takes them in. */
    addArrays(x: Cells): void {
      cells(x);
    },
    result: (): string => hash.digest("hex"),
  };
}

/** SHA-256 of all that a training is of: the values, by their fingerprint, what each row is used for, and its label. */
export function trainingFingerprint(
  values: string,
  { partOf }: Pick<Split, "partOf">,
  labels: Pick<Labels, "classes"> | null,
): string {
  const hash = createHash("sha256").update(values).update(partOf);
  if (labels) hash.update(labels.classes);
  return hash.digest("hex");
}
