import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, printed, smallTable, start, waitFor } from "./helpers.ts";

const options = ["--ignore", "odd", "--patience", "0", "--noise", "0.1", "--batch-size", "16"];
const train = (epochs: number, run: string): readonly string[] => [
  "train",
  "t.csv",
  ...options,
  "--epochs",
  String(epochs),
  "--run",
  run,
];

function place(rows = 240): string {
  const path = folder();
  fileIn(path, "t.csv", smallTable(rows));
  return path;
}

describe("Ctrl-C", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "%s keeps the best model so far, says so, and exits with %i",
    async (signal, expected) => {
      const path = place();
      const words = [...train(1_000_000, "r"), "-o", "m.onnx"];
      const { child, done } = start(words, { in: path });
      await printed(child, /epoch \d\d/);
      child.kill(signal);
      const { code, out, err } = await done;
      expect(code).toBe(expected);
      expect(err).toContain("interrupted: keeping the best model so far");
      expect(err).toMatch(/interrupted: the best epoch so far, \d+, is kept/);
      expect(err).toContain("saved m.onnx");
      expect(err).toContain("to go on: espejo train --resume r");
      expect(out).toMatch(/^threshold [\d.]+/);
      const scored = await espejo(["score", "t.csv", "-m", "m.onnx"], { in: path });
      expect(scored.code).toBe(0);
      expect(readFileSync(join(path, "m.onnx"))).toEqual(
        readFileSync(join(path, "r", "model.onnx")),
      );
    },
  );

  test("a second time ends at once, leaves no half-written file, and the run can go on", async () => {
    const path = place();
    const { child, done } = start(train(400, "r"), { in: path });
    await printed(child, /epoch 61\//);
    child.kill("SIGINT");
    await printed(child, /once more ends at once/);
    child.kill("SIGINT");
    const { code, err } = await done;
    expect(err).not.toContain("terminate called");
    expect(code).toBe(130);
    expect(existsSync(join(path, "r", "model.onnx"))).toBe(false);
    expect(namesIn(join(path, "r"))).toEqual(["checkpoint.bin", "config.json", "metrics.jsonl"]);
    expect((await espejo(["train", "--resume", "r"], { in: path })).code).toBe(0);
  });

  test("with --json the end is still told as JSON", async () => {
    const path = place();
    const { child, done } = start([...train(1_000_000, "r"), "--json"], { in: path });
    await printed(child, /"event":"epoch"/);
    child.kill("SIGINT");
    const { code, out, err } = await done;
    expect(code).toBe(130);
    expect(JSON.parse(out.trimEnd().split("\n").at(-1)!)).toMatchObject({
      event: "done",
      stopped: "asked",
    });
    expect(err).toBe("");
  });

  test.each([
    ["train", ["train", "-", "--run", "r", "-o", "m.onnx"], ["r"]],
    ["inspect", ["inspect", "-"], []],
  ])("before %s has read its data leaves nothing behind", async (_, words, left) => {
    const path = folder();
    const { child, done } = start(words, { in: path, keepOpen: true, env: { TMPDIR: path } });
    child.stdin!.write(smallTable(60));
    await waitFor(() => namesIn(path).some((name) => name.startsWith("espejo-")));
    child.kill("SIGINT");
    const { code, err } = await done;
    expect(code).toBe(130);
    expect(namesIn(path)).toEqual(left);
    expect(err).toBe(
      words[0] === "train" ? "interrupted before the training began: no model was written\n" : "",
    );
  });
});

describe("a run that was killed", () => {
  test("goes on with --resume to the same bytes as one that was not", async () => {
    const path = place();
    const epochs = 400;
    const { child, done } = start(train(epochs, "killed"), { in: path });
    await printed(child, /epoch 61\//);
    child.kill("SIGKILL");
    await done;
    expect(existsSync(join(path, "killed", "model.onnx"))).toBe(false);
    const resumed = await espejo(["train", "--resume", "killed"], { in: path });
    expect(resumed.code).toBe(0);
    expect(resumed.err).toMatch(/going on in epoch \d+/);
    expect((await espejo(train(epochs, "whole"), { in: path })).code).toBe(0);
    const model = (run: string): Buffer => readFileSync(join(path, run, "model.onnx"));
    expect(model("killed").equals(model("whole"))).toBe(true);
    const metrics = readFileSync(join(path, "killed", "metrics.jsonl"), "utf8");
    expect(
      metrics
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).epoch),
    ).toEqual(Array.from({ length: epochs }, (_, i) => i + 1));
    expect(namesIn(join(path, "killed")).filter((name) => name.includes(".tmp"))).toEqual([]);
  });

  test("may repeat its options, but not with other values; and needs its data", async () => {
    const path = place(60);
    expect((await espejo(train(3, "r"), { in: path })).code).toBe(0);
    const again = (words: readonly string[]) =>
      espejo(["train", ...words, "--resume", "r"], { in: path });
    expect((await again(["t.csv", ...options, "--epochs", "3"])).code).toBe(0);
    const other = await again(["--batch-size", "8"]);
    expect(other.code).toBe(2);
    expect(other.err).toContain("--resume: --batch-size was 16 when the run began and is 8 now");
    fileIn(path, "u.csv", smallTable(60));
    expect((await again(["u.csv"])).err).toContain('DATA was "t.csv" when the run began');
    fileIn(path, "t.csv", smallTable(80));
    const changed = await again([]);
    expect(changed.code).toBe(3);
    expect(changed.err).toContain("the values of t.csv are not those that the run began with");
  });

  test("is told from a folder that holds none, and from one that is damaged", async () => {
    const path = place(60);
    const none = await espejo(["train", "--resume", "nowhere"], { in: path });
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain("--resume: nowhere cannot be used: it is not the folder of a run");
    expect((await espejo(train(2, "r"), { in: path })).code).toBe(0);
    fileIn(join(path, "r"), "checkpoint.bin", "rubbish");
    const damaged = await espejo(["train", "--resume", "r"], { in: path });
    expect(damaged).toMatchObject({ code: 2 });
    expect(damaged.err).toContain(`${join("r", "checkpoint.bin")} cannot be used`);
  });
});
