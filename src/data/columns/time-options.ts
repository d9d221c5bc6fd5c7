import { EspejoError } from "../../errors.ts";
import { isCount } from "../cells/counted-dates.ts";
import { layoutOf } from "../cells/layouts.ts";
import type { Zone } from "../cells/zones.ts";
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
  if (!candidates.some((candidate, i) => isOnClock(candidate, natives[i])))
    throw new EspejoError("zone_unused", { path, zone });
}

/** Whether the times of a column are of clocks that a stated zone tells. */
function isOnClock(candidate: Candidate, native: string | null | undefined): boolean {
  if (candidate.kind !== "date") return false;
  if (candidate.native) return isClock(native ?? null);
  return candidate.shape?.timed === true && !candidate.shape.layouts.every(isCount);
}

/** The columns whose times are all of the clocks of a zone, each with its name: none of them has an offset of its own. */
export function clocksOfZone(
  names: readonly string[],
  candidates: readonly Candidate[],
  natives: readonly (string | null)[],
  zone: Zone | null,
): readonly (readonly [column: string, place: string])[] {
  if (!zone) return [];
  return candidates.flatMap((candidate, i) => {
    const layouts = (candidate.kind === "date" && candidate.shape?.layouts) || [];
    const own = layouts.some((name) => isCount(name) || layoutOf(name)?.zoned === true);
    return isOnClock(candidate, natives[i]) && !own ? [[names[i]!, zone.name] as const] : [];
  });
}
