import { beforeAll, describe, expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { EspejoError } from "../../../src/errors.ts";
import { operatorNames } from "../../../src/graph/index.ts";
import {
  type ModelProto,
  metadataOf,
  readModel,
  withMetadata,
  writeModel,
} from "../../../src/onnx/index.ts";
import { arrayMetadata, tableMetadata } from "../../../src/tasks/model/metadata.ts";
import { ModelFile } from "../../../src/tasks/model/model-file.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";

const files: Record<"table" | "arrays", Uint8Array> = {} as never;
beforeAll(async () => {
  const a = Array.from({ length: 60 }, (_, i) => Math.sin(i) + i / 60);
  const kind = a.map((value) => (value > 0.5 ? "high" : "low"));
  const rows = tableFromColumns({ a, b: a.map((v) => v * v + 1), kind });
  const data = Float32Array.from({ length: 40 * 12 }, (_, i) => Math.sin(i * i));
  const arrays = arraysFromData({ data, shape: [40, 6, 2] });
  for (const [name, trained] of [
    ["table", await train(rows, { epochs: 1 })],
    ["arrays", await trainArrays(arrays, { epochs: 1 })],
  ] as const) {
    files[name] = trained.model.bytes;
    await trained.model.dispose();
    await trained.fitted.dispose();
  }
});

type Content = keyof typeof files;
type Entries = Readonly<Record<string, string>>;

/** What the reader says of a file with other metadata, or another graph; null where it takes them. */
async function refusal(
  content: Content,
  change: (entries: Entries) => Entries,
  graph: (proto: ModelProto) => ModelProto = (proto) => proto,
): Promise<EspejoError | null> {
  const proto = graph(readModel(files[content], "m.onnx", operatorNames));
  try {
    const bytes = writeModel(withMetadata(proto, change(metadataOf(proto))));
    await (await ModelFile.from(bytes, "m.onnx")).dispose();
    return null;
  } catch (error) {
    if (!(error instanceof EspejoError)) throw error;
    return error;
  }
}
const reasonOf = async (...given: Parameters<typeof refusal>): Promise<string> =>
  String((await refusal(...given))?.parameters.reason);

/** Another value of one entry, at a path such as `columns.0.type`. */
const having =
  (path: string, value: unknown) =>
  (entries: Entries): Entries => {
    const [name, ...inner] = path.split(".");
    const key = `espejo.${name}`;
    if (inner.length === 0) return { ...entries, [key]: JSON.stringify(value) };
    const whole = JSON.parse(entries[key]!);
    const place = inner.slice(0, -1).reduce((part, step) => part[step], whole);
    place[inner.at(-1)!] = value;
    return { ...entries, [key]: JSON.stringify(whole) };
  };

const optional = new Set(["requires", "scores", "latentDim of table", "stampThreshold"]);
const cases = (["table", "arrays"] as const).flatMap((content) => {
  const { shape } = content === "table" ? tableMetadata : arrayMetadata;
  return Object.keys(shape).map((name) => [content, name] as const);
});

test("files as they are written are read", async () => {
  for (const content of ["table", "arrays"] as const)
    expect(await refusal(content, (entries) => entries)).toBeNull();
});

describe.each(cases)("%s: espejo.%s", (content, name) => {
  const key = `espejo.${name}`;
  const refused = async (change: (entries: Entries) => Entries): Promise<void> => {
    const error = await refusal(content, change);
    expect(error?.code).toBe("model_damaged");
    expect(error?.exitCode).toBe(5);
    // a table without columns is told apart by its profile alone, and the first part that lacks is named
    expect(String(error?.parameters.reason)).toContain("espejo.");
  };
  test.skipIf(optional.has(name) || optional.has(`${name} of ${content}`))("is missing", () =>
    refused(({ [key]: _, ...rest }) => rest),
  );
  test.skipIf(name === "kind")("has another type", async () => {
    for (const value of ["text", [5], 5.5, true, { other: 1 }])
      await refused((entries) => ({ ...entries, [key]: JSON.stringify(value) }));
  });
  test.skipIf(name === "kind")("is cut short", () =>
    refused((entries) => ({ ...entries, [key]: `${(entries[key] ?? "[1]").slice(0, -1)}` || "[" })),
  );
});

describe.each<[Content, string, unknown, string]>([
  ["table", "schema", 0, "espejo.schema must be a number of at least 1, got 0"],
  ["table", "schema", 2, "espejo.requires is missing, which every file of schema 2 has"],
  ["table", "requires", "gru", 'espejo.requires must be a list, got "gru"'],
  ["table", "columns.1.type", "money", "espejo.columns[1].type must be one of number, category"],
  ["table", "columns.1.input", null, "espejo.profile.numeric must tell of 1 columns, got 2"],
  [
    "table",
    "profile.numeric.0.bins.edges",
    [2, 1],
    "espejo.profile.numeric[0].bins.edges must rise",
  ],
  [
    "table",
    "profile.numeric.0.bins.counts",
    [2],
    "espejo.profile.numeric[0].bins.counts must hold",
  ],
  ["table", "profile.categories.0.counts", [2], "espejo.profile.categories[0].counts must hold 2"],
  ["table", "profile.categories.0.counts", [2, 3], "espejo.profile.categories[0].counts must not"],
  [
    "table",
    "profile.alike.pairs",
    [[0, 9, 1]],
    "espejo.profile.alike.pairs tells of columns 0 and 9",
  ],
  ["table", "threshold.value", "abc", 'espejo.threshold.value must be a finite number, got "abc"'],
  ["table", "threshold.value", null, "espejo.threshold.value must be a finite number, got null"],
  ["table", "training.epochs", -1, "espejo.training.epochs must be a number of at least 0, got -1"],
  ["table", "training.history.0", [1], "espejo.training.history[0]"],
  ["table", "training.options.log", [3], "espejo.training.options.log[0] must be a text, got 3"],
  [
    "table",
    "source.layouts",
    { a: ["yyyy(mm"] },
    "espejo.source.layouts.a[0] must be a way to write dates",
  ],
  ["table", "source.zone", "Nowhere", "espejo.source.zone must be a time zone"],
  [
    "arrays",
    "source.times",
    { dates: null, layouts: { a: ["x"] } },
    "espejo.source.times.layouts.a[0] must be",
  ],
  ["table", "source.numbers", { a: { decimal: ";" } }, "espejo.source.numbers.a.decimal must be"],
  ["arrays", "source.columns", [{ name: "a" }], "espejo.source.columns[0].type must be one of"],
  ["arrays", "source.clock", "Time", "espejo.source.clock needs the days of espejo.source.time"],
  ["table", "source.encoding", "ebcdic", "espejo.source.encoding must be one of utf-8"],
  ["table", "pca.axes", "AAAA", "espejo.pca.axes must hold"],
  ["table", "pca.components", 2 ** 40, "espejo.pca.axes must hold 1099511627776 x"],
  ["table", "golden.numeric.0", [1], "espejo.golden.numeric[0] must hold 2 cells, got 1"],
  ["table", "golden.scores", [1], "espejo.golden.scores must hold 4 scores, got 1"],
  ["table", "architecture", {}, "espejo.architecture makes no network"],
  ["table", "architecture.latentDim", 1e12, "espejo.architecture holds the size 1000000000000"],
  ["table", "architecture.hidden", [4e4, 4e4], "espejo.architecture makes a network of"],
  ["table", "kind", "tied", 'espejo.kind must be "basic", as espejo.architecture has it'],
  ["table", "latentDim", 77, "espejo.latentDim is 77, and espejo.architecture has a code of"],
  ["arrays", "latentDim", 77, "espejo.latentDim is 77, and espejo.architecture has a code of"],
  ["arrays", "source.shape", [6, 3], "espejo.scale.mean must hold 3 numbers, got 2"],
  ["arrays", "source.shape", [7, 2], 'its graph takes "x" as float64 [rows, 6, 2], float64'],
  ["arrays", "source.shape", [6, 2, 1], "espejo.source.shape must hold 2 sizes"],
  ["arrays", "scale.mean", [1], "espejo.scale.mean must hold 2 numbers, got 1"],
  ["arrays", "source.features", ["a"], "espejo.source.features must hold 2 names, got 1"],
  ["arrays", "stampThreshold", { value: 1 }, "espejo.stampThreshold.rule must be a text"],
])("%s: espejo.%s", (content, path, value, reason) => {
  test(`is not ${JSON.stringify(value)}: ${reason}`, async () => {
    expect(await reasonOf(content, having(path, value))).toContain(reason);
  });
});

describe("what later versions add", () => {
  test("a newer schema says so, whatever its entries are", async () => {
    const error = await refusal("table", (entries) => ({
      ...having("schema", 9)(entries),
      "espejo.columns": "{",
    }));
    expect(error?.code).toBe("model_newer");
    expect(error?.message).toContain("needs schema 9");
    expect(error?.exitCode).toBe(5);
  });
  test("what a file requires and nobody knows is named", async () => {
    const error = await refusal("arrays", (entries) => ({
      ...entries,
      "espejo.schema": "2",
      "espejo.requires": '["float64-sequences", "spans", "bins"]',
    }));
    expect(error?.code).toBe("model_newer");
    expect(error?.message).toContain("needs spans, bins");
  });
  test("a graph that is not as a file requires is refused", async () => {
    const older = ({ "espejo.requires": _, ...rest }: Entries) => ({
      ...rest,
      "espejo.schema": "1",
    });
    expect(await reasonOf("arrays", older)).toContain(
      'its graph takes "x" as float64 [rows, 6, 2], float32 [rows, 6, 2] is expected',
    );
  });
  test("an entry that no one knows is left alone", async () => {
    expect(await refusal("table", (e) => ({ ...e, "espejo.bins": "[", note: "x" }))).toBeNull();
  });
  test("a file without any entry of ours is not one of ours", async () => {
    expect((await refusal("table", () => ({ other: "1" })))?.code).toBe("model_not_espejo");
  });
});

describe("the graph is what the metadata say", () => {
  const graph =
    (change: (graph: ModelProto["graph"]) => Partial<ModelProto["graph"]>) =>
    (proto: ModelProto): ModelProto => ({
      ...proto,
      graph: { ...proto.graph, ...change(proto.graph) },
    });
  const same = (entries: Entries): Entries => entries;
  test.each<[string, (graph: ModelProto["graph"]) => Partial<ModelProto["graph"]>, string]>([
    [
      "lacks an input",
      ({ input }) => ({ input: input!.slice(1) }),
      'uses "numeric", which nothing',
    ],
    ["lacks an output", ({ output }) => ({ output: output!.slice(1) }), 'gives no "latent"'],
    [
      "has another input",
      ({ input }) => ({ input: [...input!, { name: "secret" }] }),
      'its graph takes "secret"',
    ],
    [
      "has inputs of another type",
      ({ input }) => ({
        input: input!.map((value) => ({
          ...value,
          type: { tensorType: { ...value.type!.tensorType!, elemType: 1 } },
        })),
      }),
      'its graph takes "numeric" as float32 [rows, 2], float64 [rows, 2] is expected',
    ],
  ])("it %s", async (_, change, reason) => {
    expect(await reasonOf("table", same, graph(change))).toContain(reason);
  });
});
