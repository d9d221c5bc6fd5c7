import { join } from "node:path";
import { expect, test } from "vitest";
import { espejo, fileIn, folder } from "./helpers.ts";

const rows = Array.from({ length: 120 }, (_, i) => ({
  name: `row-${i}`,
  a: Math.sin(i),
  b: Math.cos(i),
  weight: i % 3,
}));
const csv = ["name,a,b,weight", ...rows.map((r) => `${r.name},${r.a},${r.b},${r.weight}`)].join(
  "\n",
);

test("a weight counts rows, an id is handed through, and neither is learnt from", async () => {
  const at = folder();
  const data = fileIn(at, "data.csv", csv);
  const words = ["--epochs", "2", "--run", join(at, "run"), "--id", "name"];
  const plain = join(at, "plain.onnx");
  const weighted = join(at, "weighted.onnx");
  await espejo(["train", data, "-o", plain, "--ignore", "weight", ...words]);
  await espejo(["train", data, "-o", weighted, "--weight", "weight", ...words]);
  const answers = await Promise.all(
    [plain, weighted].map((model) => espejo(["score", data, "-m", model, "--format", "ndjson"])),
  );
  const scores = answers.map(({ out }) =>
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { name: string; score: number }),
  );
  expect(scores[1]!.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
  expect(scores[0]!.map(({ score }) => score)).not.toEqual(scores[1]!.map(({ score }) => score));
});

test("a weight that is no number of at least 0 is refused with its row", async () => {
  const at = folder();
  const data = fileIn(at, "data.csv", csv);
  const { code, err } = await espejo(["train", data, "--weight", "a", "--run", join(at, "run")]);
  expect(code).toBe(3);
  expect(err).toMatch(/row 5, column "a": a weight must be a number of at least 0, got "-0\.75/);
});
