import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadEngine } from "#engine";
import { ModelFile, openScoring, TableModel } from "../../src/node.ts";
import { espejo, fileIn, smallTable } from "./helpers.ts";

describe("what score --run keeps", () => {
  let place: string;
  const call = (...words: readonly string[]) => espejo(words, { in: place });
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "espejo-scores-"));
    fileIn(place, "t.csv", smallTable());
    const trained = await call("train", "t.csv", "--label", "odd", "--epochs", "3", "-o", "m.onnx");
    if (trained.code !== 0) throw new Error(trained.err);
  }, 60_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  /** The same table with one column in another unit. */
  function drifted(): readonly [name: string, moved: string] {
    const [head, ...rows] = smallTable().trim().split("\n");
    const names = head!.split(",");
    const at = names.findIndex((_, j) =>
      rows.every((row) => /^-?[\d.]+$/.test(row.split(",")[j]!)),
    );
    const moved = rows.map((row) =>
      row
        .split(",")
        .map((cell, j) => (j === at ? String(1000 * Number(cell) + 7) : cell))
        .join(","),
    );
    fileIn(place, "next.csv", [head, ...moved].join("\n"));
    return ["next.csv", names[at]!];
  }

  test("all rows by their scores, those of `score`, with labels and what has drifted", async () => {
    const [file, moved] = drifted();
    const kept = await call("score", file, "-m", "m.onnx", "--run", "scores/next");
    expect(kept.code, kept.err).toBe(0);
    expect(kept.out).toContain("scores/next: next.csv scored with m.onnx");
    expect(kept.out).toContain(`column "${moved}"`);
    const plain = await call("score", file, "-m", "m.onnx", "--json");
    const scores = (JSON.parse(plain.out).rows as readonly { score: number }[])
      .map(({ score }) => score)
      .sort((a, b) => b - a);
    const ranking = await openScoring(join(place, "scores/next"));
    const { total, rows } = await ranking.page({ rows: 10_000 });
    const above = await ranking.scoreBins({});
    ranking.dispose();
    expect(total).toBe(scores.length);
    expect(rows.map(({ score }) => score)).toEqual(scores.map(Math.fround));
    expect(rows[0]!.reasons.length).toBeGreaterThan(0);
    expect(above.above.rows).toBe(rows.filter(({ isAnomaly }) => isAnomaly).length);
    expect(above.all.anomalies).toBeGreaterThan(0);
    expect(ranking.scoring.summary!.drift.map(({ parameters }) => parameters.column)).toEqual([
      moved,
    ]);
  });

  test("is shown again, written and listed by runs", async () => {
    const [file] = drifted();
    await call("score", file, "-m", "m.onnx", "--run", "scores/again", "--delimiter", ",");
    const shown = await call("runs", "scores/again", "--top", "2", "--json");
    const told = JSON.parse(shown.out);
    expect(told).toMatchObject({ data: "next.csv", model: "m.onnx", options: { delimiter: "," } });
    expect(told.rows).toHaveLength(2);
    await call("runs", "scores/again", "-o", "rows.csv");
    expect(readFileSync(join(place, "rows.csv"), "utf8").split("\n")[0]).toMatch(/^rank,/);
    const listed = await call("runs", "scores", "--lang", "es");
    expect(listed.out).toMatch(/again +next\.csv +m\.onnx +\d+ +\d+ +1/);
  });

  test("nothing where the data cannot be scored, and never what is of others", async () => {
    fileIn(place, "other.csv", "x,y\n1,2\n3,4\n");
    const refused = await call("score", "other.csv", "-m", "m.onnx", "--run", "scores/none");
    expect(refused.code).not.toBe(0);
    expect(existsSync(join(place, "scores/none"))).toBe(false);
    const taken = await call("score", "t.csv", "-m", "m.onnx", "--run", ".");
    expect(taken.err).toContain("error");
    expect(readFileSync(join(place, "t.csv"), "utf8")).toBe(smallTable());
  });

  test("export --part gives halves as ONNX that another program runs", async () => {
    for (const part of ["encoder", "decoder"]) {
      const { code, err } = await call("export", "m.onnx", "--part", part, "-o", `${part}.onnx`);
      expect(code, err).toBe(0);
    }
    const model = await TableModel.read(join(place, "m.onnx"));
    const numeric = Float64Array.from({ length: model.numericColumns.length }, (_, j) => j / 3);
    const categories = model.categoryColumns.map(() => "");
    const raw = { rows: 1, numeric, categories };
    const whole = await model.run(["latent", "reconstruction"], raw);
    const engine = await loadEngine(undefined);
    const run = async (part: string, feeds: Parameters<typeof model.run>[1] | object) => {
      const program = await engine.load(readFileSync(join(place, `${part}.onnx`)), { threads: 1 });
      const found = await program.run(feeds as never);
      await program.dispose();
      return found;
    };
    const { latent } = await run("encoder", {
      numeric: { dtype: "float64", shape: [1, numeric.length], data: numeric },
      ...(categories.length > 0 && {
        categories: { dtype: "string", shape: [1, categories.length], data: categories },
      }),
    });
    expect([...(latent!.data as Float32Array)]).toEqual([...(whole.latent!.data as Float32Array)]);
    const { reconstruction } = await run("decoder", { latent });
    expect([...(reconstruction!.data as Float64Array)]).toEqual([
      ...(whole.reconstruction!.data as Float64Array),
    ]);
    await model.dispose();
    await expect(ModelFile.read(join(place, "encoder.onnx"))).rejects.toMatchObject({
      code: "model_half",
    });
  });
});
