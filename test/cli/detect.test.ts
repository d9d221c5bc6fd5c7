import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

const lines = (text: string): readonly string[] => text.trimEnd().split("\n");

describe("detect with a label", () => {
  let place: string;
  let told: { code: number | null; out: string; err: string };
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "espejo-detect-"));
    fileIn(place, "t.csv", smallTable());
    const words = ["--label", "odd", "-o", "ranked.csv", "--save", "m.onnx", "--report", "r.html"];
    told = await espejo(["detect", "t.csv", ...words], { in: place });
  }, 60_000);

  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test("goes the four steps, and compares with simpler methods and other rules", () => {
    expect(told.code).toBe(0);
    const steps = lines(told.out).filter((line) =>
      /^\d\. (train|measure|threshold|judge)/.test(line),
    );
    expect(steps).toHaveLength(4);
    expect(steps[0]).toMatch(/^1\. train on \d+ normal rows \(odd = 0\)$/);
    expect(told.out).toMatch(/^ensemble +[01]\.\d{3} +[01]\.\d{3}$/m);
    expect(told.out).toMatch(/^plain autoencoder +[01]\.\d{3}/m);
    expect(told.out).toMatch(/^PCA +[01]\.\d{3}/m);
    for (const rule of ["quantile:0.99", "conformal:0.05", "mad:3.5", "f1", "cost:10"])
      expect(told.out).toMatch(new RegExp(`^${rule.replace(".", "\\.")} `, "m"));
    // too few rows calibrate for these
    expect(told.out).toMatch(/^conformal:0\.01 +too few rows$/m);
  });

  test("writes the anomalies, the most abnormal first, with reasons", () => {
    const [head, ...rows] = lines(readFileSync(join(place, "ranked.csv"), "utf8"));
    expect(head).toBe("rank,row,score,is_anomaly,reason_1,reason_2,reason_3");
    const cells = rows.map((row) => row.split(","));
    expect(cells.map(([rank]) => Number(rank))).toEqual(rows.map((_, i) => i + 1));
    const scores = cells.map((row) => Number(row[2]));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(cells.every((row) => row[3] === "true" && row[4] !== "")).toBe(true);
    expect(told.out).toContain(`${rows.length} anomalies in 240 rows`);
  });

  test("keeps a model that gives new rows the same scores, and a report", async () => {
    expect(readFileSync(join(place, "r.html"), "utf8")).toContain("<svg");
    const { out } = await espejo(["score", "t.csv", "-m", "m.onnx", "--json"], { in: place });
    const { rows } = JSON.parse(out) as { rows: { score: number }[] };
    const ranked = lines(readFileSync(join(place, "ranked.csv"), "utf8")).slice(1);
    for (const line of ranked) {
      const [, row, score] = line.split(",").map(Number);
      expect(rows[row! - 1]!.score).toBeCloseTo(score!, 4);
    }
  });
});

test("detect without a label says that nothing tells how good it is, in Spanish too", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const call = ["detect", "t.csv", "--ignore", "odd", "--alone", "--top", "3", "--lang", "es"];
  const { code, out } = await espejo(call, { in: place });
  expect(code).toBe(0);
  expect(out).toContain("4. sin etiqueta");
  expect(out).not.toContain("autoencoder sencillo");
  expect(lines(out).filter((line) => /^\d\. fila \d+/.test(line))).toHaveLength(3);
});

test("detect answers as JSON", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const call = ["detect", "t.csv", "--label", "odd", "--json", "--private"];
  const { code, out } = await espejo(call, { in: place });
  expect(code).toBe(0);
  const told = JSON.parse(out);
  expect(told).toMatchObject({ kind: "ensemble", label: { column: "odd", normal: "0" } });
  expect(told.rows).toHaveLength(told.count);
  expect(told.count).toBe(told.anomalies);
  expect(told.beside.map(({ name }: { name: string }) => name)).toEqual(["basic", "pca"]);
  expect(told.rules.length).toBeGreaterThan(8);
  expect(told.rules[0]).toMatchObject({
    rule: "quantile:0.99",
    threshold: { rule: "quantile:0.99" },
  });
});

test("what is kept can be stated, and is said with the reason", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const call = ["detect", "t.csv", "--label", "odd", "--keep", "pca", "--alone", "--json"];
  const { out } = await espejo(call, { in: place });
  const told = JSON.parse(out);
  expect(told).toMatchObject({ kind: "basic", method: "pca", beside: [] });
  const messages = told.verdicts.map(({ message }: { message: string }) => message);
  expect(messages).toContain("PCA is kept, as stated");
  const spoken = await espejo([...call.slice(0, -1), "--lang", "es"], { in: place });
  expect(spoken.out).toContain("se conserva PCA, como se indicó");
  await espejo([...call.slice(0, -1), "--save", "p.onnx"], { in: place });
  const { out: shown } = await espejo(["inspect", "p.onnx"], { in: place });
  expect(shown).toContain("PCA: its weights are principal components, and were not trained");
});

test("anomalies can be findings for a script", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const call = ["detect", "t.csv", "--label", "odd", "--alone", "--fail-on-anomalies"];
  expect((await espejo(call, { in: place })).code).toBe(4);
});

test.each([
  [["detect", "absent.csv"], 3, "absent.csv"],
  [["detect", "t.csv", "-o", "ranked.xyz"], 2, "-o"],
  [["detect", "t.csv", "--save", "no/such/m.onnx"], 1, "no/such/m.onnx"],
  [["detect", "t.csv", "--label", "none"], 3, "none"],
  [["detect", "t.csv", "--threshold", "conformal:2"], 2, "conformal needs"],
  [["detect", "t.csv", "--threshold", "conformal:0.001"], 3, "needs at least 999 rows"],
  [["detect", "t.csv", "--top", "0"], 2, "--top"],
  [["detect", "t.csv", "--kind", "ensemble+tied"], 2, "stands alone"],
  [["detect", "t.csv", "--keep", "pca", "--kind", "tied"], 2, "both say what is trained"],
  [["detect", "t.csv", "--keep", "pca", "--epochs", "3"], 2, "--epochs changes nothing"],
  [["detect", "t.csv", "--keep", "pca", "--private"], 2, "--private changes nothing"],
  [["detect", "t.csv", "--keep", "best"], 2, "--keep"],
  [["detect", "t.csv", "--per-stamp"], 3, "no time stamps to score"],
  [["detect", "t.csv", "--error-maps", "maps"], 3, "error maps are for models of images"],
])("%j is refused before anything is written", async (call, exit, message) => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const { code, out, err } = await espejo(
    [...call, ...(call.includes("-o") ? [] : ["-o", "r.csv"])],
    {
      in: place,
    },
  );
  expect(code).toBe(exit);
  expect(err).toContain(message);
  expect(err).not.toContain("    at ");
  expect(out).toBe("");
  expect(existsSync(join(place, "r.csv"))).toBe(false);
});
