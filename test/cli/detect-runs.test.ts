import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { espejo, fileIn, folder, main, namesIn, smallTable, start, waitFor } from "./helpers.ts";
import { runContents } from "./run-contents.ts";

const results = ["model.onnx", "ranking.parquet", "summary.json"];
const epochsIn = (text: string): readonly number[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line).epoch);

/** Where a process can end, from the beginning to the end of a run: what lies in its folder then, of all that there will be. */
const ends: readonly (readonly [where: string, left: readonly string[]])[] = [
  ["before its data were read", ["config.json", "metrics.jsonl"]],
  ["in the middle of its training", ["config.json", "metrics.jsonl", "checkpoint.bin"]],
  ["in the middle of a training beside it", ["checkpoint-basic.bin", "metrics-basic.jsonl"]],
  ["between training and ranking", ["model.onnx", "checkpoint-ensemble.bin"]],
  ["between ranking and summary", ["ranking.parquet", "metrics-ensemble.jsonl"]],
  ["when all was there", ["summary.json"]],
];

describe.each(Object.entries(runContents))("a run of detect on %s", (_, content) => {
  let place: string;
  let whole: ReadonlyMap<string, Buffer>;
  const inRun = (name: string): string => join(place, "r", name);
  const ranked = (): Buffer => readFileSync(join(place, "ranked.csv"));
  let told: string;
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "espejo-run-"));
    await content.write(place);
    const words = ["detect", content.data, ...content.words, "--run", "r", "-o", "ranked.csv"];
    const { code, err } = await espejo(words, { in: place });
    if (code !== 0) throw new Error(err);
    whole = new Map(namesIn(join(place, "r")).map((name) => [name, readFileSync(inRun(name))]));
    told = ranked().toString();
  }, 120_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test("keeps its trainings, its model, its ranking and what came of it", async () => {
    const pca = content.words.includes("pca");
    const parts = content.beside ?? [];
    expect([...whole.keys()].sort()).toEqual(
      [
        ...["config.json", "metrics.jsonl", ...results, ...(pca ? [] : ["checkpoint.bin"])],
        ...parts.flatMap((part) => [`checkpoint-${part}.bin`, `metrics-${part}.jsonl`]),
      ].sort(),
    );
    const summary = JSON.parse(whole.get("summary.json")!.toString());
    const epochs = epochsIn(whole.get("metrics.jsonl")!.toString());
    if (!pca) expect(epochs).toHaveLength(summary.epochs);
    // as without a run
    const words = ["detect", content.data, ...content.words, "--save", "m.onnx", "-o", "o.csv"];
    const { out } = await espejo([...words, "--json"], { in: place });
    expect(readFileSync(join(place, "o.csv"), "utf8")).toBe(told);
    expect(readFileSync(join(place, "m.onnx")).equals(whole.get("model.onnx")!)).toBe(true);
    const { schemaVersion, output, count, verdicts, ...answer } = JSON.parse(out);
    const { ranking, ...kept } = summary;
    expect(kept).toEqual({
      ...answer,
      verdicts: verdicts.map(({ message, ...rest }: { message: string }) => rest),
    });
    expect(ranking.anomalies).toBe(answer.anomalies);
  });

  test.each(ends)("that ended %s goes on to the same bytes", async (where) => {
    const reached = ends.slice(0, ends.findIndex(([each]) => each === where) + 1);
    const left = reached.flatMap(([, names]) => names);
    for (const name of namesIn(join(place, "r"))) rmSync(inRun(name));
    for (const name of left) if (whole.has(name)) writeFileSync(inRun(name), whole.get(name)!);
    if (reached.length === 1) {
      const config = JSON.parse(whole.get("config.json")!.toString());
      writeFileSync(inRun("config.json"), JSON.stringify({ ...config, fingerprint: null }));
      writeFileSync(inRun("metrics.jsonl"), "");
    }
    rmSync(join(place, "ranked.csv"));
    const { code, err } = await espejo(["detect", "--resume", "r"], { in: place });
    expect(code, err).toBe(0);
    expect(/going on in epoch \d/.test(err)).toBe(
      existsSync(inRun("checkpoint.bin")) && reached.length > 1,
    );
    for (const name of results)
      expect(readFileSync(inRun(name)).equals(whole.get(name)!), name).toBe(true);
    expect(ranked().toString()).toBe(told);
    expect(namesIn(join(place, "r"))).toEqual([...whole.keys()].sort());
    for (const [name, bytes] of whole)
      if (name.startsWith("metrics"))
        expect(epochsIn(readFileSync(inRun(name), "utf8"))).toEqual(epochsIn(bytes.toString()));
  });
});

const place = (rows = 240): string => {
  const path = folder();
  fileIn(path, "t.csv", smallTable(rows));
  return path;
};
const long = ["--ignore", "odd", "--alone", "--epochs", "1500"];
const bytesOf = (path: string, run: string): readonly Buffer[] =>
  results.map((name) => readFileSync(join(path, run, name)));

describe("kill -9", () => {
  test.each<[string, (path: string) => boolean]>([
    ["in the middle of a training", (path) => existsSync(join(path, "killed", "checkpoint.bin"))],
    ["where the model is", (path) => existsSync(join(path, "killed", "model.onnx"))],
    [
      "while the ranking is written",
      (path) => namesIn(join(path, "killed")).some((name) => name.startsWith(".ranking")),
    ],
  ])("%s leaves nothing that seems whole, and the run goes on to the same bytes", async (_, at) => {
    const path = place(6000);
    const words = ["detect", "t.csv", ...long.slice(0, -1), "40"];
    const { child, done } = start([...words, "--run", "killed"], { in: path });
    await waitFor(() => child.exitCode !== null || (existsSync(join(path, "killed")) && at(path)));
    child.kill("SIGKILL");
    await done;
    expect((await espejo([...words, "--run", "whole"], { in: path })).code).toBe(0);
    const whole = bytesOf(path, "whole");
    if (existsSync(join(path, "killed", "summary.json")))
      expect(bytesOf(path, "killed")).toEqual(whole);
    fileIn(join(path, "killed"), ".ranking.parquet.4711-12.tmp", "half of it");
    fileIn(join(path, "killed"), ".checkpoint-basic.bin.4711-3.tmp", "half of it");
    expect((await espejo(["detect", "--resume", "killed"], { in: path })).code).toBe(0);
    expect(bytesOf(path, "killed")).toEqual(whole);
    expect(namesIn(join(path, "killed"))).toEqual(namesIn(join(path, "whole")));
  });
});

test("Ctrl-C keeps and ranks by the best so far, says so, and the run goes on to the same bytes", async () => {
  const path = place();
  const words = ["detect", "t.csv", ...long];
  const { child, done } = start([...words, "--run", "r"], { in: path });
  await waitFor(() => existsSync(join(path, "r", "checkpoint.bin")));
  child.kill("SIGINT");
  const { code, err } = await done;
  expect(code).toBe(130);
  expect(err).toContain("interrupted: keeping the best model so far");
  expect(err).toContain("to go on: espejo detect --resume r");
  expect(namesIn(join(path, "r"))).toEqual(expect.arrayContaining(results));
  const summary = JSON.parse(readFileSync(join(path, "r", "summary.json"), "utf8"));
  expect(summary).toMatchObject({ stopped: "asked" });
  expect(summary.epochs).toBeLessThan(1500);
  // the same seed, so the same first epochs
  const again = await espejo(["detect", "--resume", "r"], { in: path });
  expect(again.code, again.err).toBe(0);
  expect(again.err).not.toContain("to go on");
  expect((await espejo([...words, "--run", "whole"], { in: path })).code).toBe(0);
  expect(bytesOf(path, "r")).toEqual(bytesOf(path, "whole"));
});

describe("a run of detect", () => {
  const begun = async (): Promise<string> => {
    const path = place(80);
    const words = ["detect", "t.csv", "--label", "odd", "--alone", "--epochs", "3", "--run", "r"];
    expect((await espejo(words, { in: path })).code).toBe(0);
    return path;
  };

  test("goes to the usual folder where --run names none, and no run is kept without --run", async () => {
    const path = place(80);
    const words = ["detect", "t.csv", "--ignore", "odd", "--alone", "--epochs", "1"];
    expect((await espejo(words, { in: path })).code).toBe(0);
    expect(namesIn(path)).toEqual(["t.csv"]);
    const { err } = await espejo([...words, "--run"], { in: path });
    const [run] = namesIn(join(path, "runs"));
    expect(err).toContain(`next: espejo runs ${join("runs", run!)}`);
    expect(namesIn(join(path, "runs", run!))).toEqual(expect.arrayContaining(results));
  });

  test.each([
    [["--epochs", "4"], 2, "--epochs was 3 when the run began and is 4 now"],
    [["--top", "5"], 2, "--top was null when the run began and is 5 now"],
    [["--normal-only"], 2, "--normal-only was null when the run began and is true now"],
    [["u.csv"], 2, 'DATA was "t.csv" when the run began and is "u.csv" now'],
  ])("refuses to go on with %j", async (words, exit, says) => {
    const path = await begun();
    const { code, err } = await espejo(["detect", ...words, "--resume", "r"], { in: path });
    expect(err).toContain(`--resume: ${says}`);
    expect(code).toBe(exit);
  });

  test("may be told again what it was told, and elsewhere where results go", async () => {
    const path = await begun();
    const before = bytesOf(path, "r");
    const same = ["t.csv", "--label", "odd", "--alone", "--epochs", "3"];
    const more = ["-o", "r.json", "--save", "m.onnx", "--report", "r.html", "--lang", "es"];
    const call = ["detect", ...same, ...more, "--resume", "r"];
    const { code, err } = await espejo(call, { in: path });
    expect(code, err).toBe(0);
    expect(bytesOf(path, "r")).toEqual(before);
    expect(namesIn(path)).toEqual(["m.onnx", "r", "r.html", "r.json", "t.csv"]);
  });

  test("is finished by train --resume too, whose -o is the file of the model", async () => {
    const path = await begun();
    const before = bytesOf(path, "r");
    for (const name of results) rmSync(join(path, "r", name));
    const call = ["train", "--resume", "r", "-o", "m.onnx", "--epochs", "3"];
    const { code, err } = await espejo(call, { in: path });
    expect(code, err).toBe(0);
    expect(err).toContain("r is a run of espejo detect, and goes on as one");
    expect(bytesOf(path, "r")).toEqual(before);
    expect(readFileSync(join(path, "m.onnx")).equals(before[0]!)).toBe(true);
    const other = await espejo(["train", "--resume", "r", "--hidden", "8"], { in: path });
    expect(other.code).toBe(2);
    expect(other.err).toContain("--hidden was null when the run began and is [8] now");
  });

  test("is told from one of train, with the command that goes on with that", async () => {
    const path = place(80);
    const words = ["train", "t.csv", "--ignore", "odd", "--epochs", "1", "--run", "a run"];
    expect((await espejo(words, { in: path })).code).toBe(0);
    const { code, err } = await espejo(["detect", "--resume", "a run"], { in: path });
    expect(code).toBe(2);
    expect(err).toContain("espejo train began the run a run");
    expect(err).toContain("espejo train --resume 'a run'");
    const spoken = await espejo(["detect", "--resume", "a run", "--lang", "es"], { in: path });
    expect(spoken.err).toContain("la empezó espejo train");
  });

  test("needs data to begin, a folder that takes files, and places for what comes of it", async () => {
    const path = place(80);
    const none = await espejo(["detect", "--run"], { in: path });
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain("detect needs DATA: espejo detect transactions.csv -o ranked.csv");
    const refused = await espejo(["detect", "t.csv", "--run", "t.csv"], { in: path });
    expect(refused.err).toContain("--run: the folder of the run, t.csv, cannot be written");
    expect(refused.code).toBe(1);
    // nothing is begun where it could not end
    const wrong = ["detect", "t.csv", "--keep", "pca", "--kind", "tied", "--run", "r"];
    expect((await espejo(wrong, { in: path })).code).toBe(2);
    expect(namesIn(path)).toEqual(["t.csv"]);
    await begunIn(path);
    const config = JSON.parse(readFileSync(join(path, "r", "config.json"), "utf8"));
    config.options.output = "gone/ranked.csv";
    fileIn(join(path, "r"), "config.json", JSON.stringify(config));
    const later = await espejo(["detect", "--resume", "r"], { in: path });
    expect(later.err).toContain("gone/ranked.csv could not be written: its folder does not exist");
  });

  const begunIn = (path: string) =>
    espejo(["detect", "t.csv", "--ignore", "odd", "--alone", "--epochs", "1", "--run", "r"], {
      in: path,
    });

  test("on standard input is ranked by its time stamps, and goes on with the same input", async () => {
    const path = folder();
    runContents["time stamps of windows"]!.write(path);
    const input = readFileSync(join(path, "s.csv"), "utf8");
    const { words } = runContents["time stamps of windows"]!;
    const told = await espejo(["detect", "-", ...words, "--run", "r"], { in: path, input });
    expect(told.code, told.err).toBe(0);
    const before = bytesOf(path, "r");
    rmSync(join(path, "r", "ranking.parquet"));
    expect((await espejo(["detect", "--resume", "r"], { in: path, input })).code).toBe(0);
    expect(bytesOf(path, "r")).toEqual(before);
    await espejo(["detect", "s.csv", ...words, "--run", "f"], { in: path });
    expect(bytesOf(path, "f")).toEqual(before);
  });

  test("says which of its files is damaged, those of trainings beside the first among them", async () => {
    const path = place(80);
    const words = ["detect", "t.csv", "--label", "odd", "--epochs", "2", "--run", "r"];
    expect((await espejo(words, { in: path })).code).toBe(0);
    for (const name of ["checkpoint-basic.bin", "checkpoint.bin", "config.json"]) {
      fileIn(join(path, "r"), name, "rubbish");
      const { code, err } = await espejo(["detect", "--resume", "r"], { in: path });
      expect(err).toContain(`--resume: ${join("r", name)} cannot be used`);
      expect(code).toBe(2);
    }
  });

  test("is not whole from when its results are written anew until the last of them is", async () => {
    const path = await begun();
    rmSync(join(path, "r", "ranking.parquet"));
    mkdirSync(join(path, "r", "ranking.parquet"));
    const { code, err } = await espejo(["detect", "--resume", "r"], { in: path });
    expect(err).toContain(`${join("r", "ranking.parquet")} could not be written`);
    expect(code).toBe(1);
    expect(existsSync(join(path, "r", "summary.json"))).toBe(false);
  });

  test("tells its folder as JSON, with what came of it", async () => {
    const path = place(80);
    const words = ["detect", "t.csv", "--ignore", "odd", "--alone", "--epochs", "1", "--run", "r"];
    const told = JSON.parse((await espejo([...words, "--json"], { in: path })).out);
    expect(told).toMatchObject({ run: "r", kind: "ensemble", epochs: 1, stopped: "epochs" });
  });

  test.skipIf(process.platform === "win32")(
    "whose ranking does not fit on the disk has none, and goes on where there is room",
    async () => {
      const path = place(20_000);
      const words = ["detect", "t.csv", "--ignore", "odd", "--alone", "--private", "--epochs", "1"];
      const script = 'ulimit -f "$1"; shift; exec "$@"';
      const call = start([...words, "--run", "r"], { in: path }, [
        ...["bash", "-c", script, "bash", "120", process.execPath, main],
      ]);
      const { code, err } = await call.done;
      expect(err).toContain(`${join("r", "ranking.parquet")} could not be written`);
      expect(code).toBe(1);
      expect(namesIn(join(path, "r"))).toEqual([
        ...["checkpoint.bin", "config.json", "metrics.jsonl", "model.onnx"],
      ]);
      expect((await espejo(["detect", "--resume", "r"], { in: path })).code).toBe(0);
      expect(namesIn(join(path, "r"))).toEqual(expect.arrayContaining(results));
    },
  );
});
