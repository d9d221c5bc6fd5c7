import { expect, test } from "vitest";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

test("on a terminal the ten highest scores are shown, and a file suggested for all", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable(120));
  await espejo(["train", "t.csv", "--epochs", "2", "-o", "m.onnx"], { in: place });
  const all = await espejo(["score", "t.csv", "-m", "m.onnx", "--json"], { in: place });
  const { rows } = JSON.parse(all.out) as { rows: readonly { score: number }[] };
  const highest = rows
    .map(({ score }, i) => ({ score, row: i + 1 }))
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, 10);

  const words = ["score", "t.csv", "-m", "m.onnx"];
  const seen = await espejo([...words, "--header"], { in: place, terminal: true });
  expect(seen.code, seen.err).toBe(0);
  const [head, ...lines] = seen.out.trimEnd().split("\n");
  expect(head).toMatch(/^row +score +is_anomaly +reason_1/);
  expect(lines.map((line) => Number(/\d+/.exec(line)![0]))).toEqual(highest.map(({ row }) => row));
  expect(seen.err).toContain("in 120 rows");
  expect(seen.err).toContain("next: espejo score t.csv --header -m m.onnx -o scores.csv");

  // what goes on to other programs is whole
  const piped = await espejo(words, { in: place });
  expect(piped.out.trim().split("\n")).toHaveLength(121);
  expect(piped.err).not.toContain("next:");
  const asked = await espejo([...words, "--format", "csv"], { in: place, terminal: true });
  expect(asked.out).toBe(piped.out);
});
