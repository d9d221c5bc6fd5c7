import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type DetectOptions,
  detect,
  detectArrays,
  type EspejoError,
  openArrays,
  openTable,
} from "../../../src/node.ts";
import { espejo, fileIn, folder, smallTable } from "../../cli/helpers.ts";

const results = ["model.onnx", "ranking.parquet", "summary.json"];
const bytesIn = (run: string): readonly Buffer[] =>
  results.map((name) => readFileSync(join(run, name)));
const configIn = (run: string) => JSON.parse(readFileSync(join(run, "config.json"), "utf8"));

/** What a run is after a kill -9 in its training: its checkpoint is there, and nothing that came of it. */
const killed = (run: string): void => {
  for (const name of results) rmSync(join(run, name));
};

const place = (): string => {
  const path = folder();
  fileIn(path, "t.csv", smallTable());
  return path;
};

async function errorOf(call: () => Promise<unknown>): Promise<EspejoError> {
  try {
    await call();
  } catch (error) {
    return error as EspejoError;
  }
  throw new Error("nothing was refused");
}

const options: readonly (readonly [what: string, options: DetectOptions, words: string | null])[] =
  [
    ["defaults", { label: "odd" }, "--label odd --alone"],
    ["the others beside", { label: "odd", beside: true, epochs: 2 }, "--label odd --epochs 2"],
    [
      "options of a kind",
      {
        ...{
          ignore: ["odd"],
          kind: "sparse+denoising",
          latentDim: 2,
          epochs: 2,
          normalOnly: false,
        },
        ...{ sparse: { weight: 0.1 }, denoising: { noise: "gaussian", amount: 0.2 } },
      },
      // words of train, which detect takes from a run only
      null,
    ],
    [
      "how it is read",
      { label: "odd", numbers: { a: "1.5" }, types: { place: "text" }, log: ["a"], epochs: 2 },
      "--label odd --number a=1.5 --types place=text --log a --epochs 2 --alone",
    ],
  ];

describe.each(options)("a run of the library with %s", (_, given, words) => {
  test("is that of the command line, which goes on with it", async () => {
    const path = place();
    const run = join(path, "lib");
    const data = join(path, "t.csv");
    const detector = await detect(data, { ...given, run });
    expect(detector.run).toBe(run);
    await detector.dispose();
    const whole = bytesIn(run);
    if (words === null) cpSync(run, join(path, "cli"), { recursive: true });
    else {
      const call = ["detect", data, ...words.split(" "), "--run", "cli"];
      const { code, err } = await espejo(call, { in: path });
      expect(code, err).toBe(0);
    }
    expect(bytesIn(join(path, "cli"))).toEqual(whole);
    killed(run);
    expect((await espejo(["detect", "--resume", "lib"], { in: path })).code).toBe(0);
    expect(bytesIn(run)).toEqual(whole);
    // and the other way round, with the options of the run
    killed(join(path, "cli"));
    const again = await detect(data, { resumeRun: join(path, "cli") });
    await again.dispose();
    expect(bytesIn(join(path, "cli"))).toEqual(whole);
    const same = await detect(data, { ...given, resumeRun: run });
    await same.dispose();
    expect(bytesIn(run)).toEqual(whole);
  });
});

test("a program hears of its training as without a run", async () => {
  const path = place();
  const heard: number[] = [];
  const detector = await detect(join(path, "t.csv"), {
    ...{ label: "odd", epochs: 3, run: join(path, "r") },
    onEpoch: ({ epoch }) => void heard.push(epoch),
  });
  await detector.dispose();
  expect(heard).toEqual([1, 2, 3]);
});

describe("a run whose data or options only a program has", () => {
  const opened = async (path: string) =>
    openTable(join(path, "t.csv"), { ignore: ["odd"], types: { place: "text" } });

  test.each<[string, (path: string, more: DetectOptions) => Promise<{ dispose(): unknown }>]>([
    [
      "an open table",
      async (path, more) => {
        const table = await opened(path);
        return detect(table, { epochs: 2, ...more }).finally(() => table.dispose());
      },
    ],
    [
      "an option without a word",
      (path, more) =>
        detect(join(path, "t.csv"), {
          ...{ label: "odd", epochs: 2, schedule: { kind: "cosine", decaySteps: 50 }, ...more },
        }),
    ],
    [
      "a part of a kind's options without a word",
      (path, more) =>
        detect(join(path, "t.csv"), {
          ...{ label: "odd", kind: "denoising", epochs: 2 },
          ...{ denoising: { noise: "gaussian", amount: 0.2, low: -1 }, ...more },
        }),
    ],
    [
      "weights of two kinds that the command line has one word for",
      (path, more) =>
        detect(join(path, "t.csv"), {
          ...{ label: "odd", kind: "sparse+contractive", epochs: 2 },
          ...{ sparse: { weight: 0.1 }, contractive: { weight: 0.2 }, ...more },
        }),
    ],
  ])("%s: goes on there alone", async (_, call) => {
    const path = place();
    const run = join(path, "r");
    await (await call(path, { run })).dispose();
    expect(configIn(run)).toMatchObject({ command: "detect", program: true });
    const whole = bytesIn(run);
    killed(run);
    const told = await espejo(["detect", "--resume", "r"], { in: path });
    expect(told.code).toBe(2);
    expect(told.err).toContain("a program began the run r, and has its data");
    expect((await espejo(["train", "--resume", "r"], { in: path })).err).toBe(
      `r is a run of espejo detect, and goes on as one\n${told.err}`,
    );
    await (await call(path, { resumeRun: run })).dispose();
    expect(bytesIn(run)).toEqual(whole);
  });
});

test("images and sequences are kept by the program that opened them", async () => {
  const path = place();
  const arrays = await openArrays(join(path, "t.csv"), { window: 6, features: ["a", "b"] });
  const run = join(path, "r");
  const told = { epochs: 2, kind: "basic" } as const;
  const detector = await detectArrays(arrays, { ...told, run });
  const { ranked, verdicts } = await detector.rank(arrays);
  expect(ranked.length).toBe(JSON.parse(readFileSync(join(run, "summary.json"), "utf8")).anomalies);
  expect(verdicts).toEqual([]);
  await detector.dispose();
  const whole = bytesIn(run);
  killed(run);
  const again = await detectArrays(arrays, { ...told, resumeRun: run });
  await again.dispose();
  expect(bytesIn(run)).toEqual(whole);
  const words = ["--window", "6", "--features", "a,b", "--epochs", "2", "--kind", "basic"];
  expect((await espejo(["detect", "t.csv", ...words, "--run", "cli"], { in: path })).code).toBe(0);
  expect(bytesIn(join(path, "cli"))).toEqual(whole);
  const { code } = await errorOf(() => detectArrays(arrays, { resumeRun: join(path, "cli") }));
  expect(code).toBe("resume_command");
  await arrays.dispose();
});

describe("the library refuses", () => {
  const begun = async (): Promise<string> => {
    const path = place();
    const made = { label: "odd", epochs: 2, run: join(path, "r") };
    await (await detect(join(path, "t.csv"), made)).dispose();
    return path;
  };

  test.each<[string, DetectOptions, string, string]>([
    ["another option", { epochs: 3 }, "resume_option", "--epochs was 2 when"],
    ["an option that was not there", { beside: true }, "resume_option", "--beside was null when"],
    ["other values", { label: "odd" }, "resume_data", "t.csv"],
  ])("to go on with %s", async (what, more, code, says) => {
    const path = await begun();
    const before = bytesIn(join(path, "r"));
    if (what === "other values") writeFileSync(join(path, "t.csv"), smallTable(100));
    const error = await errorOf(() =>
      detect(join(path, "t.csv"), { ...more, resumeRun: join(path, "r") }),
    );
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
    expect(bytesIn(join(path, "r"))).toEqual(before);
  });

  test("other data, a folder without a run, and what cannot be meant", async () => {
    const path = await begun();
    cpSync(join(path, "t.csv"), join(path, "u.csv"));
    const run = join(path, "r");
    for (const [data, more, code] of [
      ["u.csv", { resumeRun: run }, "resume_option"],
      ["t.csv", { resumeRun: join(path, "none") }, "resume_folder"],
      ["t.csv", { run: join(path, "t.csv") }, "run_failed"],
      ["t.csv", { run: "" }, "argument_value"],
      ["t.csv", { run: false as never }, "argument_value"],
      ["t.csv", { resumeRun: 5 as never }, "argument_value"],
    ] as const)
      expect((await errorOf(() => detect(join(path, data), more))).code).toBe(code);
  });
});
