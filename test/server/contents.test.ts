import type { FastifyInstance } from "fastify";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tableFromRows } from "../../src/data/memory/memory.ts";
import { random } from "../../src/random.ts";
import { buildServer } from "../../src/server/build-server.ts";
import { ArrayModel } from "../../src/tasks/model/array-model.ts";
import { TableModel } from "../../src/tasks/model/table-model.ts";
import { scoreRows } from "../../src/tasks/score/score.ts";
import { formOf, type Part } from "./forms.ts";
import { tableOf, trainModels } from "./models.ts";

/** A request: its body, as JSON unless it is text or bytes, and its head. */
interface Sent {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
type Content = "clients" | "pictures" | "waves";
type Door = "v2" | "v1" | "MLflow" | "friendly";

/** A server of each model alone: MLflow's door names none. */
const apps = new Map<string, FastifyInstance>();
const known: Record<Content, readonly number[]> = { clients: [], pictures: [], waves: [] };

const count = 3;
const rows = tableOf(count, 9);
const names = Object.keys(rows[0]!);
const columnsOf = () =>
  Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
const csvOf = (lines: readonly (readonly unknown[])[], head?: readonly string[]) =>
  [...(head ? [head] : []), ...lines]
    .map((cells) => cells.map((c) => c ?? "").join(","))
    .join("\n");
const lineOf = (values: readonly unknown[]) =>
  values.map((each) => JSON.stringify(each)).join("\n");

const source = random(5);
const pixels = Array.from({ length: count }, () =>
  Array.from({ length: 64 }, () => Math.floor(256 * source.uniform())),
);
const image = (i: number) =>
  Array.from({ length: 8 }, (_, y) =>
    Array.from({ length: 8 }, (_, x) => [pixels[i]![8 * y + x]!]),
  );
const images = Array.from({ length: count }, (_, i) => image(i));
let files: readonly Buffer[] = [];
const base64 = () => files.map((file) => file.toString("base64"));

const steps = Array.from({ length: count }, () =>
  Array.from({ length: 12 }, (_, t) => [t === 4 ? null : source.normal(), source.normal()]),
);

beforeAll(async () => {
  const models = await trainModels();
  for (const name of ["clients", "pictures", "waves"])
    apps.set(name, (await buildServer([models.path(name)])).app);
  files = await Promise.all(
    pixels.map((values) =>
      sharp(Uint8Array.from(values), { raw: { width: 8, height: 8, channels: 1 } })
        .png()
        .toBuffer(),
    ),
  );
  const table = await TableModel.read(models.path("clients"));
  const { columns: expectColumns, source: prior } = table.metadata;
  const found: number[] = [];
  for await (const { score } of scoreRows(
    table,
    tableFromRows(rows, { expect: expectColumns, prior }),
  ))
    found.push(...score);
  known.clients = found;
  for (const [name, values] of [
    ["pictures", pixels.flat()],
    ["waves", steps.flat(2).map((value) => value ?? Number.NaN)],
  ] as const) {
    const model = await ArrayModel.read(models.path(name));
    const { score } = await model.run(["score"], Float64Array.from(values), count);
    known[name] = Array.from(score!.data as Float32Array);
    await model.dispose();
  }
  await table.dispose();
});
afterAll(() => Promise.all([...apps.values()].map((app) => app.close())));

const urls: Readonly<Record<Door, (model: string) => string>> = {
  v2: (model) => `/v2/models/${model}/infer`,
  v1: (model) => `/v1/models/${model}:predict`,
  MLflow: () => "/invocations",
  friendly: (model) => `/score/${model}`,
};

const ask = (door: Door, model: string, { body, headers = {} }: Sent) =>
  apps.get(model)!.inject({
    ...{ method: "POST", url: urls[door](model), headers },
    payload: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });

/** The scores of an answer of any door. */
function scoresIn(answer: { readonly body: string }): readonly number[] {
  const { outputs: given, predictions, rows: lines } = JSON.parse(answer.body);
  if (Array.isArray(given)) return given.find(({ name }) => name === "score").data;
  if (given) return given.score;
  const list = (predictions ?? lines) as readonly { readonly score: number }[] | undefined;
  if (!list) throw new Error(answer.body);
  return list.map(({ score }) => score);
}

/** The outputs of v2 that are looked at. */
const outputs = [{ name: "score" }];
const tensor = (name: string, shape: readonly number[], datatype: string, data: unknown) => ({
  inputs: [{ name, shape, datatype, data }],
  outputs,
});

/** A request of v2 whose tensors lie behind its JSON. */
function binary(
  tensors: readonly (readonly [name: string, shape: readonly number[], datatype: string, Buffer])[],
): Sent {
  const inputs = tensors.map(([name, shape, datatype, bytes]) => ({
    ...{ name, shape, datatype, parameters: { binary_data_size: bytes.length } },
  }));
  const head = Buffer.from(JSON.stringify({ inputs, outputs }));
  return {
    body: Buffer.concat([head, ...tensors.map(([, , , bytes]) => bytes)]),
    headers: { "inference-header-content-length": String(head.length) },
  };
}
const numbers = (values: Float64Array | Float32Array | Uint8Array) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);
const elements = (values: readonly (string | Buffer)[]) =>
  Buffer.concat(
    values.flatMap((value) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(Buffer.byteLength(value));
      return [length, Buffer.from(value as string)];
    }),
  );
const form = async (...parts: readonly Part[]): Promise<Sent> => {
  const { payload, headers } = await formOf(...parts);
  return { body: payload, headers };
};
const csv = { "content-type": "text/csv" };
const lines = { "content-type": "application/x-ndjson" };
const day = (text: unknown) => Date.parse(String(text)) / 86_400_000;

/** The same rows at every door, in every way that it takes them. */
const taken: Readonly<
  Record<Content, readonly (readonly [Door, string, () => Sent | Promise<Sent>])[]>
> = {
  clients: [
    [
      "v2",
      "a tensor for each column",
      () => ({
        body: {
          inputs: names.map((name) => ({
            ...{ name, shape: [count], data: rows.map((row) => row[name]) },
            datatype: typeof rows[0]![name] === "number" ? "FP64" : "BYTES",
          })),
          outputs,
        },
      }),
    ],
    [
      "v2",
      "its own tensors as bytes",
      () =>
        binary([
          [
            "numeric",
            [count, 4],
            "FP64",
            numbers(
              Float64Array.from(
                rows.flatMap(
                  (row) =>
                    [
                      row.amount,
                      row.balance,
                      day(row.opened),
                      row.visits ?? Number.NaN,
                    ] as number[],
                ),
              ),
            ),
          ],
          [
            "categories",
            [count, 2],
            "BYTES",
            elements(rows.flatMap((row) => [String(row.country), String(row.active)])),
          ],
        ]),
    ],
    ["v1", "objects", () => ({ body: { instances: rows } })],
    ["v1", "columns", () => ({ body: { inputs: columnsOf() } })],
    [
      "v1",
      "lists in the order of the features",
      () => ({
        body: { instances: rows.map(({ client, ...row }) => Object.values(row)) },
      }),
    ],
    [
      "MLflow",
      "dataframe_split",
      () => ({
        body: { dataframe_split: { columns: names, data: rows.map((row) => Object.values(row)) } },
      }),
    ],
    ["MLflow", "dataframe_records", () => ({ body: { dataframe_records: rows } })],
    ["MLflow", "instances", () => ({ body: { instances: rows } })],
    ["MLflow", "inputs", () => ({ body: { inputs: columnsOf() } })],
    [
      "MLflow",
      "CSV",
      () => ({
        body: csvOf(
          rows.map((row) => Object.values(row)),
          names,
        ),
        headers: csv,
      }),
    ],
    ["friendly", "rows", () => ({ body: rows })],
    ["friendly", "lines", () => ({ body: lineOf(rows), headers: lines })],
    [
      "friendly",
      "CSV",
      () => ({
        body: csvOf(
          rows.map((row) => Object.values(row)),
          names,
        ),
        headers: csv,
      }),
    ],
    [
      "friendly",
      "a form",
      () =>
        form([
          "file",
          csvOf(
            rows.map((row) => Object.values(row)),
            names,
          ),
          "a.csv",
          "text/csv",
        ]),
    ],
  ],
  pictures: [
    ["v2", "nested numbers", () => ({ body: tensor("x", [count, 8, 8, 1], "FP32", images) })],
    ["v2", "flat numbers", () => ({ body: tensor("x", [count, 8, 8, 1], "UINT8", pixels.flat()) })],
    [
      "v2",
      "bytes of single precision",
      () => binary([["x", [count, 8, 8, 1], "FP32", numbers(Float32Array.from(pixels.flat()))]]),
    ],
    [
      "v2",
      "bytes of pixels",
      () => binary([["x", [count, 8, 8, 1], "UINT8", numbers(Uint8Array.from(pixels.flat()))]]),
    ],
    ["v2", "BYTES in base64", () => ({ body: tensor("x", [count], "BYTES", base64()) })],
    ["v2", "BYTES of files", () => binary([["x", [count, 1], "BYTES", elements(files)]])],
    ["v1", "nested lists", () => ({ body: { instances: images } })],
    ["v1", "flat lists", () => ({ body: { instances: pixels } })],
    ["v1", "base64", () => ({ body: { instances: base64().map((b64) => ({ b64 })) } })],
    [
      "v1",
      "named base64",
      () => ({ body: { instances: base64().map((b64) => ({ x: { b64 } })) } }),
    ],
    ["v1", "inputs by name", () => ({ body: { inputs: { x: images } } })],
    [
      "v1",
      "inputs in base64",
      () => ({ body: { inputs: { x: base64().map((b64) => ({ b64 })) } } }),
    ],
    ["MLflow", "instances", () => ({ body: { instances: images } })],
    ["MLflow", "inputs", () => ({ body: { inputs: { x: images } } })],
    ["MLflow", "base64", () => ({ body: { inputs: base64().map((b64) => ({ b64 })) } })],
    ["friendly", "arrays", () => ({ body: images })],
    ["friendly", "arrays in rows", () => ({ body: { rows: images } })],
    [
      "friendly",
      "data: addresses",
      () => ({
        body: base64().map((b64) => ({ b64: `data:image/png;base64,${b64}` })),
      }),
    ],
    ["friendly", "lines", () => ({ body: lineOf(images), headers: lines })],
    [
      "friendly",
      "a form",
      () =>
        form(
          ...files.map((file, i): Part => ["image", new Uint8Array(file), `${i}.png`, "image/png"]),
        ),
    ],
    ["friendly", "a form with arrays", () => form(["file", JSON.stringify(images), "a.json"])],
  ],
  waves: [
    ["v2", "nested numbers", () => ({ body: tensor("x", [count, 12, 2], "FP64", steps) })],
    [
      "v2",
      "bytes",
      () =>
        binary([
          [
            "x",
            [count, 12, 2],
            "FP64",
            numbers(Float64Array.from(steps.flat(2), (v) => v ?? Number.NaN)),
          ],
        ]),
    ],
    ["v1", "nested lists", () => ({ body: { instances: steps } })],
    ["v1", "named lists", () => ({ body: { instances: steps.map((x) => ({ x })) } })],
    ["v1", "inputs", () => ({ body: { inputs: { x: steps } } })],
    ["MLflow", "instances", () => ({ body: { instances: steps.map((each) => each.flat()) } })],
    ["MLflow", "inputs", () => ({ body: { inputs: steps } })],
    ["MLflow", "CSV", () => ({ body: csvOf(steps.flat()), headers: csv })],
    ["friendly", "arrays", () => ({ body: steps })],
    ["friendly", "lines", () => ({ body: lineOf(steps), headers: lines })],
    ["friendly", "CSV of steps", () => ({ body: csvOf(steps.flat()), headers: csv })],
    [
      "friendly",
      "CSV of steps with a header",
      () => ({ body: csvOf(steps.flat(), ["a", "b"]), headers: csv }),
    ],
    [
      "friendly",
      "CSV of sequences",
      () => ({ body: csvOf(steps.map((each) => each.flat())), headers: csv }),
    ],
    ["friendly", "a form", () => form(["file", csvOf(steps.flat()), "w.csv", "text/csv"])],
  ],
};

describe.each(Object.entries(taken) as [Content, (typeof taken)[Content]][])(
  "%s have their scores",
  (content, ways) => {
    test.each(ways)("%s: %s", async (door, _, sent) => {
      const answer = await ask(door, content, await sent());
      const found = scoresIn(answer);
      expect(found).toHaveLength(count);
      found.forEach((score, i) => {
        expect(Math.abs(score / known[content][i]! - 1)).toBeLessThanOrEqual(1e-5);
      });
    });
  },
);

describe("what a model has no use for is told", () => {
  const table = { dataframe_split: { columns: ["a"], data: [[1]] } };
  const column = { inputs: [{ name: "a", shape: [1], datatype: "FP64", data: [1] }] };
  const text = (type: string) => ({ body: "1,2", headers: { "content-type": type } });
  test.each<[Content, Door, string, Sent, number, RegExp]>([
    ["pictures", "v2", "columns", { body: column }, 400, /^inputs: one tensor, "x"/],
    ["waves", "v2", "columns", { body: column }, 400, /^inputs: one tensor, "x"/],
    ["waves", "v2", "BYTES", { body: tensor("x", [1], "BYTES", ["a"]) }, 400, /\[rows, 12, 2\]/],
    [
      "pictures",
      "v2",
      "several BYTES a row",
      { body: tensor("x", [1, 2], "BYTES", ["a", "b"]) },
      400,
      /a value for each row/,
    ],
    [
      "clients",
      "v2",
      "x",
      { body: tensor("x", [1, 2], "FP32", [1, 2]) },
      400,
      /inputs\[0\]\.shape/,
    ],
    [
      "pictures",
      "v1",
      "objects",
      { body: { instances: [{ a: 1 }] } },
      400,
      /a list of 8, or \{"b64"/,
    ],
    ["waves", "v1", "base64", { body: { instances: [{ b64: "AAAA" }] } }, 400, /a list of 12/],
    ["clients", "v1", "arrays", { body: { instances: [[[1]]] } }, 400, /a list of 6 values/],
    [
      "pictures",
      "MLflow",
      "a table",
      { body: table },
      400,
      /instances, a list of arrays of 8 x 8 x 1/,
    ],
    ["waves", "MLflow", "a table", { body: table }, 400, /instances, a list of arrays of 12 x 2/],
    ["pictures", "MLflow", "CSV", text("text/csv"), 415, /takes images/],
    ["pictures", "friendly", "CSV", text("text/csv"), 415, /takes images/],
    ["waves", "friendly", "an image", text("image/png"), 415, /takes sequences/],
    ["clients", "friendly", "an image", text("image/webp"), 415, /takes tables/],
    ["waves", "friendly", "objects", { body: [{ a: 1 }] }, 400, /a list of 12/],
  ])("%s, %s: %s", async (content, door, _, sent, status, message) => {
    const answer = await ask(door, content, sent);
    expect(answer.json().message).toMatch(message);
    expect(answer.statusCode).toBe(status);
  });
});
