import { numbers } from "../numbers.ts";
import { decimalMark } from "./decimal-mark.ts";

/** A number with four digits that matter, zeros at its end too: what stands under others of its kind. */
export function aligned(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e3)) return numbers.value.value(value);
  return value.toPrecision(4).replace(".", decimalMark.value);
}
