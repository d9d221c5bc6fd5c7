import type { Codes } from "../../../src/studio/api/codes.ts";
import { numbers } from "../numbers.ts";
import { say } from "../say.ts";

/** What numbers of rows are called along an axis. */
export function axisWords(name: string, { shares }: Pick<Codes, "shares">): string {
  const [what, which] = name.split("_") as [string, string];
  if (name === "row") return say("codes.row");
  if (name.startsWith("column:")) return name.slice("column:".length);
  if (what === "latent") return say("codes.latent", { i: which });
  if (what === "pca") return say("codes.pca", { i: which });
  const share = shares?.[Number(which) - 1] ?? 0;
  return say("codes.component", { i: which, share: numbers.value.share(share) });
}

/** What colours points, in words. */
export function colorWords(of: string): string {
  if (of.startsWith("column:")) return of.slice("column:".length);
  if (of === "score" || of === "anomaly" || of === "mark") return say(`codes.color.${of}`);
  return say("codes.latent", { i: of.split("_")[1]! });
}
