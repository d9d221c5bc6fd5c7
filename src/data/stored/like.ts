import { EspejoError } from "../../errors.ts";
import type { ArraysDetected } from "../terms/arrays.ts";
import { itemsOf } from "../terms/items.ts";
import { shapeText } from "./stored-array.ts";

/** Rows for a model must be as those that it learnt from. Throws `arrays_differ`. */
export function sameShape(path: string, found: ArraysDetected, like?: ArraysDetected): void {
  if (!like) return;
  const same =
    like.content === found.content &&
    like.shape.length === found.shape.length &&
    like.shape.every((size, i) => size === found.shape[i]);
  if (same) return;
  const [actual, expected] = [shapeText(found.shape), shapeText(like.shape)];
  throw new EspejoError("arrays_differ", { path, actual, expected, items: itemsOf(found) });
}
