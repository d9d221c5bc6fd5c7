import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

/** Two numbers an hour; from step 200 on one of them breaks away. */
const series = (rows: number): string =>
  `time,a,b\n${Array.from({ length: rows }, (_, t) => {
    const time = new Date(Date.UTC(2024, 0, 1, t)).toISOString().slice(0, 16);
    return `${time},${Math.sin(t / 3).toFixed(3)},${(Math.cos(t / 3) + (t < 200 ? 0 : 4)).toFixed(3)}`;
  }).join("\n")}\n`;

const containing = (part: string) => expect.stringContaining(part);

test("score --per-stamp writes a line for each row of the table, with the variable that adds most", async () => {
  const place = folder();
  fileIn(place, "known.csv", series(200));
  const data = fileIn(place, "series.csv", series(211));
  const here = { in: place };
  const learn = ["--kind", "recurrent", "--window", "12", "--stride", "4", "--epochs", "3"];
  const known = await espejo(["train", "known.csv", ...learn, "-o", "m.onnx"], here);
  expect(known.code).toBe(0);
  const line = /threshold of time stamps [\d.e-]+ \(quantile:0\.99\)/.exec(known.out)?.[0];
  const told = await espejo(["inspect", "m.onnx"], here);
  expect(told.out).toContain(line);
  expect(told.out).toContain("\nfeatures: a, b\nwindows of 12 steps, one every 4\n");
  expect((await espejo(["inspect", "m.onnx", "--lang", "es"], here)).out).toContain(
    "\nvariables: a, b\nventanas de 12 pasos, una cada 4\n",
  );
  const answer = JSON.parse((await espejo(["inspect", "m.onnx", "--json"], here)).out);
  expect(answer).toMatchObject({ features: ["a", "b"], window: 12, stride: 4 });
  const call = ["score", "series.csv", "-m", "m.onnx", "--per-stamp"];
  const { code, out, err } = await espejo([...call, "--fail-on-anomalies"], here);
  const lines = out.trim().split("\n");
  expect(code).toBe(4);
  expect(lines[0]).toBe("time,score,is_anomaly,variable,actual,expected");
  expect(lines).toHaveLength(212);
  expect(lines[1]).toMatch(/^2024-01-01T00:00,[\d.e-]+,(true|false),[ab],[-\d.]+,[-\d.]+$/);
  expect(lines.slice(202).filter((line) => line.includes(",true,b,")).length).toBeGreaterThan(7);
  const flagged = lines.filter((line) => line.includes(",true,")).length;
  expect(err).toContain(`${flagged} anomalies in 211 time stamps`);
  const spanish = await espejo([...call, "--lang", "es"], here);
  expect(spanish.err).toContain(`${flagged} anomalías en 211 instantes`);
  for (const [lang, ...saved] of [
    ["en", "saved s.csv: 211 time stamps", "saved c.csv: 50 windows"],
    ["es", "guardado s.csv: 211 instantes", "guardado c.csv: 50 ventanas"],
  ] as const) {
    const encode = ["encode", "series.csv", "-m", "m.onnx", "-o", "c.csv", "--lang", lang];
    const written = await espejo([...call, "-o", "s.csv", "--lang", lang], here);
    expect([written.err, (await espejo(encode, here)).err]).toEqual(saved.map(containing));
  }
  // standard input is as good as a file
  const piped = await espejo(["score", "-", "-m", "m.onnx", "--per-stamp", "--json"], {
    ...here,
    input: readFileSync(data),
  });
  expect(JSON.parse(piped.out)).toMatchObject({ count: 211, anomalies: flagged });
  const [first] = JSON.parse(piped.out).rows;
  expect(first.variable).toMatch(/^[ab]$/);
  expect([typeof first.actual, typeof first.expected]).toEqual(["number", "number"]);
});

test("score --sort and --top put the highest scores first, with the numbers of their rows", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable(120));
  const here = { in: place };
  await espejo(["train", "t.csv", "--epochs", "2", "-o", "m.onnx"], here);
  const rowsOf = async (...words: string[]) => {
    const { code, out, err } = await espejo(["score", "t.csv", "-m", "m.onnx", ...words], here);
    expect(code, err).toBe(0);
    const [head, ...lines] = out.trim().split("\n");
    const names = head!.split(",");
    const cells = lines.map((line) => line.split(","));
    const column = (name: string) => cells.map((each) => each[names.indexOf(name)]!);
    return { err, names, scores: column("score").map(Number), of: column };
  };
  const plain = await rowsOf();
  const order = plain.scores.map((_, i) => i).sort((a, b) => plain.scores[b]! - plain.scores[a]!);
  const sorted = await rowsOf("--sort");
  expect(sorted.names[0]).toBe("row");
  expect(sorted.of("row").map((row) => Number(row) - 1)).toEqual(order);
  expect(sorted.scores).toEqual(order.map((i) => plain.scores[i]!));
  const top = await rowsOf("--top", "7");
  expect(top.scores).toEqual(sorted.scores.slice(0, 7));
  expect(top.of("reason_1").every((reason) => reason.length > 3)).toBe(true);
  // how many were scored, not how many are shown
  expect(top.err).toContain("in 120 rows");
});

test("what a score or an output does not go with is refused before the work", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const here = { in: place };
  const train = (...words: string[]) => espejo(["train", "t.csv", ...words, "-o", "m.onnx"], here);
  const wrong = await train("--score", "probability");
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("probability needs a variational kind");
  expect((await train("--score", "cubed")).code).toBe(2);
  expect(existsSync(join(place, "m.onnx"))).toBe(false);
  expect((await train("--score", "mahalanobis", "--epochs", "2")).code).toBe(0);
  expect((await espejo(["inspect", "m.onnx"], here)).out).toContain("score: mahalanobis");
  const score = ["score", "t.csv", "-m", "m.onnx"];
  expect((await espejo(score, here)).out.trim().split("\n")).toHaveLength(241);
  const stamps = await espejo([...score, "--per-stamp"], here);
  expect(stamps.code).toBe(3);
  expect(stamps.err).toContain("no time stamps to score");
});

test("score --error-maps writes a picture of each flagged image, or of all", async () => {
  const place = folder();
  const here = { in: place };
  mkdirSync(join(place, "images"));
  for (let i = 0; i < 30; i++) {
    const background = { r: 8 * i, g: 8 * i, b: 100 };
    const image = sharp({ create: { width: 8, height: 8, channels: 3, background } });
    await image.png().toFile(join(place, "images", `${i}.png`));
  }
  const train = ["train", "images", "--epochs", "2", "--threshold", "quantile:0.5", "-o", "m.onnx"];
  expect((await espejo(train, here)).code).toBe(0);
  const score = ["score", "images", "-m", "m.onnx", "--json"];
  const some = JSON.parse((await espejo([...score, "--error-maps", "some"], here)).out);
  expect(some.error_maps).toEqual({ path: "some", count: some.anomalies });
  expect(some.anomalies).toBeGreaterThan(0);
  const all = JSON.parse(
    (await espejo([...score, "--error-maps", "all", "--reasons", "all"], here)).out,
  );
  expect(all.error_maps).toEqual({ path: "all", count: 30 });
  expect(namesIn(join(place, "all"))).toHaveLength(30);
  expect(namesIn(join(place, "some"))).toHaveLength(some.anomalies);
  fileIn(place, "t.csv", smallTable());
  await espejo(["train", "t.csv", "--epochs", "1", "-o", "t.onnx"], here);
  const wrong = await espejo(["score", "t.csv", "-m", "t.onnx", "--error-maps", "x"], here);
  expect(wrong.code).toBe(3);
  expect(wrong.err).toContain("error maps are for models of images, this one learnt from tables");
});

test("a cell that could not be read is named, and leaves the verdict open where training had no missing ones", async () => {
  const place = folder();
  const here = { in: place };
  const lines = (rows: number, cell: (i: number, j: number) => string): string =>
    `a,b\n${Array.from({ length: rows }, (_, i) => `${cell(i, 0)},${cell(i, 1)}`).join("\n")}\n`;
  const known = lines(60, (i, j) => (j === 1 && i % 10 === 3 ? "" : `${(i * (j + 3)) % 17}.5`));
  fileIn(place, "known.csv", known);
  expect((await espejo(["train", "known.csv", "--epochs", "2", "-o", "m.onnx"], here)).code).toBe(
    0,
  );
  fileIn(
    place,
    "new.csv",
    lines(20, (i, j) => (i === 4 + j ? "<=5" : `${i}`)),
  );
  const { out, err } = await espejo(["score", "new.csv", "-m", "m.onnx"], here);
  const rows = out.trim().split("\n");
  expect(rows[0]).toBe("score,is_anomaly,reason_1,reason_2,reason_3,unread");
  expect(rows[5]).toMatch(/^[\d.e-]+,,.*,a$/);
  expect(rows[6]).toMatch(/^[\d.e-]+,(true|false),.*,b$/);
  expect(rows[7]).toMatch(/^[\d.e-]+,(true|false),.*,$/);
  expect(err).toContain('column "a": 1 of 20 cells is no number, such as "<=5" in line 6');
  const strict = await espejo(["score", "new.csv", "-m", "m.onnx", "--strict"], here);
  expect(strict.code).toBe(3);
});

test("a cell that is missing as none was in training is among the reasons", async () => {
  const place = folder();
  const here = { in: place };
  const lines = (gap: number): string =>
    `a,b,kind\n${Array.from({ length: 60 }, (_, i) => `${(i * 7) % 13}.5,${i === gap ? "" : `${(i * 5) % 11}.5`},${i === gap + 1 ? "" : ["x", "y"][i % 2]}`).join("\n")}\n`;
  fileIn(place, "full.csv", lines(-9));
  fileIn(place, "gaps.csv", lines(4));
  expect((await espejo(["train", "full.csv", "--epochs", "2", "-o", "m.onnx"], here)).code).toBe(0);
  const score = ["score", "gaps.csv", "-m", "m.onnx", "--reasons", "all"];
  const rows = (await espejo(score, here)).out.trim().split("\n");
  expect(rows[5]).toMatch(/b = missing \(expected -?[\d.]+\)/);
  expect(rows[6]).toMatch(/kind = missing \(expected [xy]\)/);
  expect(rows.filter((row) => row.includes("missing"))).toHaveLength(2);
});
