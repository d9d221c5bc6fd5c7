import { expect, test } from "vitest";
import { reduce } from "../../../src/node.ts";
import { mixedCsv } from "../tables.ts";

test("reduce gives codes, and rows back in the units of the source", async () => {
  const path = mixedCsv("reduce.csv", 800);
  const reducer = await reduce(path, { latentDim: 4, epochs: 80, ignore: ["class", "when"] });
  const codes = await reducer.encode(path);
  expect(codes.shape).toEqual([800, 4]);
  const [decoded, rebuilt] = [await reducer.decode(codes), await reducer.reconstruct(path)];
  expect(decoded).toEqual(rebuilt);
  expect(Object.keys(rebuilt[0]!)).toEqual(["a", "b", "c", "d", "kind"]);
  const a = rebuilt.map((row) => row.a as number);
  expect(a.reduce((x, y) => x + y) / a.length).toBeCloseTo(10, 0);
  await reducer.dispose();
});
