import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, smallTable, start } from "./helpers.ts";

const table = smallTable();
const lines = (text: string): readonly string[] => text.trimEnd().split("\n");

/** A model that all tests of a block use. */
async function trained(place: string, words: readonly string[] = []): Promise<string> {
  fileIn(place, "t.csv", table);
  const call = ["train", "t.csv", "--label", "odd", "--epochs", "30", "-o", "m.onnx", ...words];
  const { code, err } = await espejo(call, { in: place });
  if (code !== 0) throw new Error(err);
  return place;
}

describe("a file alone", () => {
  test("is inspected, and the next command suggested", async () => {
    const place = folder();
    fileIn(place, "my table.csv", table);
    const { code, out, err } = await espejo(["my table.csv"], { in: place });
    expect(code).toBe(0);
    const heads = lines(out).map((line) => line.split(/\s+/).slice(0, 5).join(" "));
    const cells = lines(table).map((line) => line.split(","));
    const distinct = cells[0]!.map((_, j) => new Set(cells.slice(1).map((row) => row[j])).size);
    expect(heads).toEqual([
      "column type role missing distinct",
      `a number feature 0 ${distinct[0]}`,
      `b number feature 0 ${distinct[1]}`,
      `c number feature 0 ${distinct[2]}`,
      "place category feature 0 2",
      "odd number feature 0 2",
    ]);
    expect(err).toContain("my table.csv: 240 rows, 5 columns (4 number, 1 category)");
    expect(err).toContain('read as CSV: separated by ",", with header, utf-8, decimal point\n');
    expect(err).toContain("next: espejo detect 'my table.csv' --label odd -o ranked.csv");
  });

  test("with a column that looks like the class suggests it, and tells its values", async () => {
    const place = folder();
    fileIn(place, "t.csv", table.replace("odd", "is_fraud"));
    expect((await espejo(["t.csv"], { in: place })).err).toContain(
      "detect t.csv --label is_fraud -o",
    );
    const told = await espejo(["t.csv", "--label", "is_fraud"], { in: place });
    expect(told.err).toContain("label is_fraud: 0 228 (95.0 %), 1 12 (5.0 %)");
  });

  test("is told as JSON with --json", async () => {
    const { out, err } = await espejo(["-", "--json"], { input: table });
    const told = JSON.parse(out);
    expect(told).toMatchObject({ schemaVersion: 1, path: "-", rows: 240 });
    expect(told.detected).toMatchObject({ format: "csv", delimiter: ",", dates: null });
    expect(told.columns).toHaveLength(5);
    expect(err).toBe("");
  });
});

describe("a training", () => {
  test("prints its results, and tells the rest on the side", async () => {
    const place = folder();
    fileIn(place, "t.csv", table);
    const words = ["train", "t.csv", "--label", "odd", "--epochs", "30", "-o", "m.onnx"];
    const { code, out, err } = await espejo(words, { in: place });
    expect(code).toBe(0);
    expect(lines(out)[0]).toMatch(/^threshold [\d.]+ \(quantile:0\.99\)$/);
    expect(lines(out)[1]).toMatch(/^ROC AUC [01]\.\d{3} {2}average precision/);
    expect(lines(out)[2]).toMatch(/^the scores tell anomalies from normal/);
    expect(out).toMatch(/^PCA, same code size: ROC AUC /m);
    expect(lines(out).filter((line) => line.startsWith("row "))).toHaveLength(5);
    expect(err).toMatch(/^epoch 30\/30 {2}loss [\d.]+ {2}validation [\d.]+ {2}[\d.]+ s$/m);
    expect(err).toContain("next: espejo score t.csv -m m.onnx");
    expect(out + err).not.toContain("\u001b");
    expect(namesIn(place)).toEqual(["m.onnx", "runs", "t.csv"]);
    const [run] = namesIn(join(place, "runs"));
    expect(namesIn(join(place, "runs", run!))).toEqual([
      "checkpoint.bin",
      "config.json",
      "metrics.jsonl",
      "model.onnx",
      "summary.json",
    ]);
    expect(lines(readFileSync(join(place, "runs", run!, "metrics.jsonl"), "utf8"))).toHaveLength(
      30,
    );
  });

  test("with --json is a line of JSON for each thing that happens", async () => {
    const place = folder();
    fileIn(place, "t.csv", table);
    const words = ["train", "t.csv", "--label", "odd", "--epochs", "3", "--run", "r", "--json"];
    const { code, out, err } = await espejo(words, { in: place });
    expect(code).toBe(0);
    const events = lines(out).map((line) => JSON.parse(line));
    expect(events.filter(({ event }) => event !== "note").map(({ event }) => event)).toEqual([
      "table",
      "network",
      "epoch",
      "epoch",
      "epoch",
      "done",
    ]);
    expect(events.every(({ schemaVersion }) => schemaVersion === 1)).toBe(true);
    expect(events.at(-1)).toMatchObject({ model: join("r", "model.onnx"), epochs: 3 });
    expect(events.at(-1).evaluation.rocAuc).toBeGreaterThan(0);
    expect(err).toBe("");
  });

  test("without label or test part does not speak of one", async () => {
    const place = folder();
    fileIn(place, "t.csv", table);
    const { out } = await espejo(["train", "t.csv", "--ignore", "odd", "--epochs", "2"], {
      in: place,
    });
    expect(out).toContain("the highest scores of the rows that did not train:");
    expect(out).not.toMatch(/AUC|test part/);
  });

  test("colours are as NO_COLOR and FORCE_COLOR want them", async () => {
    const place = folder();
    fileIn(place, "t.csv", table);
    const call = (env: Readonly<Record<string, string>>) => espejo(["t.csv"], { in: place, env });
    expect((await call({ FORCE_COLOR: "1" })).out).toContain("\u001b[1mcolumn");
    expect((await call({ FORCE_COLOR: "1", NO_COLOR: "1" })).out).not.toContain("\u001b");
    const help = await espejo(["--help"], { env: { FORCE_COLOR: "1" } });
    expect(help.out).toContain("\u001b[1mUsage:");
  });
});

describe("a model", () => {
  let place = "";
  beforeAll(async () => {
    place = await trained(mkdtempSync(join(tmpdir(), "espejo-cli-")));
    return () => rmSync(place, { recursive: true, force: true });
  });
  const call = (words: readonly string[], input?: string) =>
    espejo([...words, "-m", "m.onnx"], { in: place, ...(input !== undefined && { input }) });

  test("tells what it is", async () => {
    const { out } = await espejo(["m.onnx"], { in: place });
    expect(out).toContain('normal is odd = "0"');
    expect(out).toContain(
      "columns: a (number), b (number), c (number), place (category), odd (label)",
    );
    const { out: json } = await espejo(["inspect", "m.onnx", "--json"], { in: place });
    expect(JSON.parse(json)).toMatchObject({ schemaVersion: 1, kind: "basic" });
  });

  test("scores each row in order, with reasons for the anomalies", async () => {
    const { code, out, err } = await call(["score", "t.csv"]);
    expect(code).toBe(0);
    const rows = lines(out);
    expect(rows[0]).toBe("score,is_anomaly,reason_1,reason_2,reason_3");
    expect(rows).toHaveLength(241);
    expect(rows[8]).toMatch(/^[\d.]+,true,\w+ = \S+ \((expected|probability) /);
    expect(rows[1]).toMatch(/^[\d.]+,false,,,$/);
    expect(err).toMatch(/^\d+ anomalies in 240 rows$/m);
  });

  test.each(["score", "encode", "reconstruct"])("%s: stdin is as good as a file", async (verb) => {
    const [file, stdin] = await Promise.all([call([verb, "t.csv"]), call([verb, "-"], table)]);
    expect(stdin!.code).toBe(0);
    expect(stdin!.out).toBe(file!.out);
  });

  test("evaluate reads stdin, and --json has the names of the contract", async () => {
    const { code, out } = await call(["evaluate", "-", "--json"], table);
    expect(code).toBe(0);
    const told = JSON.parse(out);
    for (const name of ["rocAuc", "averagePrecision", "precision", "recall", "f1", "baseRate"])
      expect(told[name]).toBeTypeOf("number");
    expect(told).toMatchObject({ schemaVersion: 1, rows: 240, anomalies: 12 });
    expect(told.pca.rocAuc).toBeTypeOf("number");
    expect(told.confusion.truePositives).toBeTypeOf("number");
  });

  test("evaluate says that ranking needs both classes, and tells what can be told", async () => {
    const [head, ...rows] = lines(table);
    const of = (mark: string): string =>
      `${[head, ...rows.filter((line) => line.endsWith(mark))].join("\n")}\n`;
    const [normal, odd] = await Promise.all([
      call(["evaluate", "-"], of(",0")),
      call(["evaluate", "-"], of(",1")),
    ]);
    expect(normal!.code, normal!.err).toBe(0);
    expect(normal!.out).toMatch(/^228 rows, all of them normal: ROC AUC .* need both\n/);
    expect(normal!.out).toMatch(
      /^at threshold [\d.]+: \d+ false alarms? in 228 rows \([\d.]+ %\)$/m,
    );
    expect(normal!.out).toMatch(/^actual normal +\d+ +\d+$/m);
    expect(odd!.code, odd!.err).toBe(0);
    expect(odd!.err).toMatch(/no row has the label odd = "0", which was normal in training/);
    expect(odd!.out).toMatch(/^12 rows, all of them anomalies: ROC AUC/);
    expect(odd!.out).toMatch(/^at threshold [\d.]+: \d+ of 12 anomalies found \([\d.]+ %\)$/m);
    expect(normal!.out + odd!.out).not.toContain("NaN");
    const told = JSON.parse((await call(["evaluate", "-", "--json"], of(",0"))).out);
    expect(told).toMatchObject({ rocAuc: null, averagePrecision: null, recall: null, f1: null });
    expect(told).toMatchObject({ rows: 228, anomalies: 0, pca: { rocAuc: null } });
    const stated = await call(["evaluate", "-", "--normal", "2"], of(",0"));
    expect(stated.err).toContain('no row has the label odd = "2"');
    expect(stated.code).toBe(3);
  });

  test("codes go through decode and become the reconstruction", async () => {
    await call(["encode", "t.csv", "-o", "codes.csv"]);
    const codes = readFileSync(join(place, "codes.csv"), "utf8");
    const [rebuilt, decoded] = await Promise.all([
      call(["reconstruct", "t.csv", "--format", "ndjson"]),
      call(["decode", "-", "--format", "ndjson"], codes),
    ]);
    const direct = lines(rebuilt!.out).map((line) => JSON.parse(line));
    const indirect = lines(decoded!.out).map((line) => JSON.parse(line));
    expect(indirect).toHaveLength(240);
    indirect.forEach((row, i) => {
      expect(row.place).toBe(direct[i].place);
      for (const name of ["a", "b", "c"]) expect(row[name]).toBeCloseTo(direct[i][name], 4);
    });
  });

  test("--json gives an object with the rows; ndjson a plain row a line; a file a summary", async () => {
    const object = JSON.parse((await call(["score", "t.csv", "--json"])).out);
    expect(object).toMatchObject({ schemaVersion: 1, count: 240 });
    expect(object.rows).toHaveLength(240);
    expect(object.rows.filter((row: { is_anomaly: boolean }) => row.is_anomaly)).toHaveLength(
      object.anomalies,
    );
    const plain = lines((await call(["score", "t.csv", "--format", "ndjson"])).out);
    expect(plain.map((line) => JSON.parse(line))).toEqual(object.rows);
    const summary = await call(["score", "t.csv", "--json", "-o", "s.json"]);
    expect(JSON.parse(summary.out)).toEqual({
      schemaVersion: 1,
      output: "s.json",
      count: 240,
      anomalies: object.anomalies,
      verdicts: [],
    });
    expect(JSON.parse(readFileSync(join(place, "s.json"), "utf8"))).toEqual(object.rows);
  });

  test("the format follows the ending or --format, and what cannot be is refused", async () => {
    await call(["score", "t.csv", "-o", "s.parquet"]);
    const told = await espejo(["inspect", "s.parquet", "--json"], { in: place });
    expect(JSON.parse(told.out)).toMatchObject({ rows: 240, detected: { format: "parquet" } });
    const refused = await call(["score", "t.csv", "-o", "scores.txt"]);
    expect(refused.err).toContain(
      "-o: a file that ends in .csv, .xlsx, .parquet, .json or .ndjson",
    );
    expect(refused.code).toBe(2);
    expect(existsSync(join(place, "scores.txt"))).toBe(false);
    const stream = await call(["score", "t.csv", "--format", "parquet"]);
    expect(stream).toMatchObject({ code: 2, out: "" });
    expect(stream.err).toContain("Parquet cannot be written to a stream");
  });

  test("--fail-on-anomalies exits with 4 when there are some", async () => {
    expect((await call(["score", "t.csv", "--fail-on-anomalies"])).code).toBe(4);
    const normal = lines(table).filter((line) => !line.endsWith(",1"));
    const calm = await call(["score", "-", "--fail-on-anomalies"], normal.slice(0, 6).join("\n"));
    expect(calm.code).toBe(0);
  });

  test("a reader that has had enough is no error", async () => {
    const big = `${lines(table)[0]}\n${Array(100).fill(lines(table).slice(1).join("\n")).join("\n")}`;
    fileIn(place, "big.csv", big);
    const { child, done } = start(["score", "big.csv", "-m", "m.onnx"], { in: place });
    child.stdout!.once("data", () => child.stdout!.destroy());
    const { code, err } = await done;
    expect(code).toBe(0);
    expect(err).not.toMatch(/EPIPE|error/);
  });

  test("doctor tells of the engines", async () => {
    const { code, out } = await espejo(["doctor", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, node: process.version });
    expect((await espejo(["doctor"])).out).toContain("WASM engine: onnxruntime-web");
  });
});
