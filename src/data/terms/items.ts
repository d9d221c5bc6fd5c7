import type { Items } from "../../language.ts";
import type { ArraysDetected } from "./arrays.ts";

type Detected = Pick<ArraysDetected, "content" | "stride">;

/** What arrays consist of; without any, a table is meant. */
export function itemsOf(arrays: Detected): Exclude<Items, "rows" | "stamps">;
export function itemsOf(arrays: Detected | null | undefined): Items;
export function itemsOf(arrays: Detected | null | undefined): Items {
  if (!arrays) return "rows";
  return arrays.content === "sequences" && arrays.stride !== null ? "windows" : arrays.content;
}
