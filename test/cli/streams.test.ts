import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { engineFlags } from "../engine-flags.ts";
import { type Call, espejo, fileIn, folder, main, smallTable, start } from "./helpers.ts";

const train = ["train", "t.csv", "--ignore", "odd", "--epochs", "2", "-o", "m.onnx"];

/** Runs the command line in a shell, as the words of `$@` in a script. */
function shell(script: string, words: readonly string[], place: string): Promise<Call> {
  const command = ["bash", "-c", script, "bash", process.execPath, ...engineFlags, main];
  return start(words, { in: place }, command).done;
}

function place(): string {
  const path = folder();
  fileIn(path, "t.csv", smallTable(60));
  return path;
}

// a device that is always full
describe.skipIf(!existsSync("/dev/full"))("where standard output cannot be written", () => {
  const full = '"$@" > /dev/full';

  test.each([
    ["a text", ["kinds"]],
    ["an answer in JSON", ["kinds", "--json"]],
    ["a table", ["inspect", "t.csv"]],
    ["help", ["--help"]],
    ["the version", ["--version"]],
  ])("%s is said to be lost", async (_, words) => {
    const { code, err } = await shell(full, words, place());
    expect(err).toContain("stdout could not be written: the disk is full");
    expect(err.match(/could not be written/g)).toHaveLength(1);
    expect(code).toBe(1);
  });

  test("rows are said to be lost; a model is there all the same", async () => {
    const path = place();
    const trained = await shell(full, [...train, "--json"], path);
    expect(trained.code).toBe(1);
    expect(JSON.parse(trained.err.trimEnd().split("\n").at(-1)!)).toMatchObject({
      ...{ event: "error", code: "write_failed", exitCode: 1 },
    });
    const scored = await shell(full, ["score", "t.csv", "-m", "m.onnx"], path);
    expect(scored.code).toBe(1);
    expect(scored.err).toContain("stdout could not be written: the disk is full");
  });
});

describe("where the reader has had enough", () => {
  test("a training goes on, whose messages and results nobody reads any more", async () => {
    const path = place();
    const words = [...train.slice(0, -4), "--epochs", "60", "--patience", "0", "-o", "m.onnx"];
    const { code, out } = await shell(
      '{ "$@" 2>&1; echo $? > code; } | head -n 1; exit $(cat code)',
      words,
      path,
    );
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(existsSync(join(path, "m.onnx"))).toBe(true);
    expect(code).toBe(0);
  });

  test("rows end quietly, but not before a file is written beside them", async () => {
    const path = place();
    fileIn(path, "t.csv", smallTable(3000));
    expect((await espejo(train, { in: path })).code).toBe(0);
    const script = '{ "$@"; echo $? > code; } | head -n 1; exit $(cat code)';
    const scored = await shell(script, ["score", "t.csv", "-m", "m.onnx"], path);
    expect(scored).toMatchObject({ code: 0, err: "" });
    const denoise = ["denoise", "t.csv", "-m", "m.onnx", "--all", "--changes", "changes.csv"];
    expect((await shell(script, denoise, path)).code).toBe(0);
    expect(existsSync(join(path, "changes.csv"))).toBe(true);
  });
});
