import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Call, espejo, fileIn, folder, main, namesIn, smallTable, start } from "./helpers.ts";

/** Runs the command line where no file may grow beyond some blocks of 1,024 bytes. */
function limited(kilobytes: number, words: readonly string[], place: string): Promise<Call> {
  const script = 'ulimit -f "$1"; shift; exec "$@"';
  const command = ["bash", "-c", script, "bash", String(kilobytes), process.execPath, main];
  return start(words, { in: place }, command).done;
}

// Windows has no such limit.
describe.skipIf(process.platform === "win32")("where a file does not fit", () => {
  const train = ["train", "t.csv", "--ignore", "odd", "--epochs", "2", "-o", "m.onnx"];

  function refused({ code, err }: Call, path: string): void {
    expect(err).toContain(
      `error: ${path} could not be written: it is larger than files may be here`,
    );
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  }

  test("a checkpoint that does not fit stops the training, and none is left", async () => {
    const place = folder();
    fileIn(place, "t.csv", smallTable());
    // So wide that not even the weights fit: a slow training also saves in the middle of its first epoch.
    const wide = [...train, "--hidden", "64", "--run", "r"];
    refused(await limited(1, wide, place), join("r", "checkpoint.bin"));
    expect(namesIn(place)).toEqual(["r", "t.csv"]);
    expect(namesIn(join(place, "r"))).toEqual(["config.json", "metrics.jsonl"]);
  });

  test("a model or an output that does not fit is not written, and the former one stays", async () => {
    const place = folder();
    fileIn(place, "t.csv", smallTable(2000));
    expect((await espejo(train, { in: place })).code).toBe(0);
    const former = readFileSync(join(place, "m.onnx"));
    // The checkpoint is smaller than the model.
    const call = await limited(4, [...train, "--seed", "1", "--run", "r"], place);
    refused(call, join("r", "model.onnx"));
    expect(readFileSync(join(place, "m.onnx")).equals(former)).toBe(true);
    fileIn(place, "s.csv", "former");
    const score = await limited(8, ["score", "t.csv", "-m", "m.onnx", "-o", "s.csv"], place);
    refused(score, "s.csv");
    expect(readFileSync(join(place, "s.csv"), "utf8")).toBe("former");
    expect(namesIn(place).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("a folder that is not there is named", async () => {
    const place = folder();
    fileIn(place, "t.csv", smallTable(60));
    const { code, err } = await espejo([...train.slice(0, -1), "no/m.onnx"], { in: place });
    expect(err).toContain("no/m.onnx could not be written: its folder does not exist");
    expect(code).toBe(1);
  });

  test("standard input that does not fit into the folder for temporary files is refused", async () => {
    const place = folder();
    const script = 'ulimit -f 8; exec "$0" "$@"';
    const command = ["bash", "-c", script, process.execPath, main];
    const env = { TMPDIR: place };
    const call = await start(["inspect", "-"], { in: place, input: smallTable(2000), env }, command)
      .done;
    refused(call, place);
    expect(namesIn(place)).toEqual([]);
  });
});

test.each([
  ...["compare", "tune", "train", "reduce", "score", "denoise", "compress", "decompress"],
  ...["encode", "reconstruct", "report"],
])("%s looks at where its file shall go before it begins", async (command) => {
  const place = folder();
  // there are no data either, which is found out later
  const words = [command, "none.csv", "-o", join("none", "x.csv")];
  const { code, err } = await espejo(words, { in: place });
  expect(err).toContain(`${join("none", "x.csv")} could not be written: its folder does not exist`);
  expect(code).toBe(1);
  expect(namesIn(place)).toEqual([]);
});
