import { EspejoError } from "../../errors.ts";
import { namesText } from "../../invocation/names-text.ts";
import { shortened } from "../../schema.ts";

/** Throws an error that names what differs where a further file has not the columns of the first one, in their order. */
export function checkSameColumns(
  path: string,
  names: readonly string[],
  expected: readonly string[],
): void {
  const place = names.findIndex((name, i) => name !== expected[i]);
  if (place < 0 && names.length === expected.length) return;
  const without = (list: readonly string[], others: readonly string[]): string =>
    shortened(namesText(list.filter((name) => !others.includes(name))));
  const [missing, more] = [without(expected, names), without(names, expected)];
  if (missing !== "" && more !== "") throw new EspejoError("files_differ", { path, missing, more });
  if (missing !== "") throw new EspejoError("files_lack", { path, missing });
  if (more !== "") throw new EspejoError("files_more", { path, more });
  throw new EspejoError("files_order", {
    ...{ path, place: place + 1 },
    ...{ column: names[place]!, expected: expected[place]! },
  });
}
