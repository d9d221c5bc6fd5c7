import { EspejoError } from "../../errors.ts";
import { isCount } from "../cells/counted-dates.ts";
import type { Column } from "../terms/table.ts";
import { type Candidate, isClock } from "./typed.ts";

/** Throws `time_unreadable` for a column that shall tell time and holds neither numbers nor dates. */
export function checkTime(path: string, columns: readonly Column[]): void {
  for (const { name, role, type, profile } of columns) {
    if (role !== "time" || type === "number" || type === "date") continue;
    const examples = profile.examples.map((cell) => `"${cell.slice(0, 30)}"`).join(", ");
    throw new EspejoError("time_unreadable", { path, column: name, examples: examples || '""' });
  }
}

/** Throws `zone_unused` where no column has times whose clock is not known without a zone that is stated. */
export function checkZone(
  path: string,
  zone: string | undefined,
  candidates: readonly Candidate[],
  natives: readonly (string | null)[],
): void {
  if (zone === undefined) return;
  const onClocks = candidates.some((candidate, i) => {
    if (candidate.kind !== "date") return false;
    if (candidate.native) return isClock(natives[i] ?? null);
    return candidate.shape?.timed === true && !candidate.shape.layouts.every(isCount);
  });
  if (!onClocks) throw new EspejoError("zone_unused", { path, zone });
}
