import type { FastifyInstance } from "fastify";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tableFromRows } from "../../src/data/memory/memory.ts";
import { buildServer } from "../../src/server/build-server.ts";
import { TableModel } from "../../src/tasks/model/table-model.ts";
import { scoreRows } from "../../src/tasks/score/score.ts";
import { type Row, tableOf, trainModels } from "./models.ts";

let app: FastifyInstance;
const rows = tableOf(60, 9);
let scores: readonly number[];
let flags: readonly boolean[];

beforeAll(async () => {
  const { path } = await trainModels();
  const names = ["clients", "pictures", "waves"].map(path);
  ({ app } = await buildServer(names, { defaultModel: "clients", maxRows: 100 }));
  const model = await TableModel.read(path("clients"));
  const { columns: expect, source: prior } = model.metadata;
  const found: number[] = [];
  const odd: boolean[] = [];
  for await (const batch of scoreRows(model, tableFromRows(rows, { expect, prior }))) {
    found.push(...batch.score);
    odd.push(...Array.from(batch.isAnomaly, (flag) => flag === 1));
  }
  [scores, flags] = [found, odd];
  await model.dispose();
});
afterAll(() => app.close());

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    ...{ method: "POST", url, headers },
    payload:
      typeof payload === "string" || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  });

/** That scores are those of `espejo score`. */
function expectScores(found: readonly number[], odd: readonly boolean[], of = scores.length): void {
  expect(found).toHaveLength(of);
  found.forEach((score, i) => {
    expect(Math.abs(score - scores[i]!)).toBeLessThanOrEqual(1e-6 * Math.abs(scores[i]!));
  });
  expect(odd).toEqual(flags.slice(0, of));
}

interface Prediction {
  readonly score: number;
  readonly is_anomaly: boolean;
  readonly reasons?: readonly object[] | null;
}
const expectPredictions = (found: readonly Prediction[]): void =>
  expectScores(
    found.map(({ score }) => score),
    found.map(({ is_anomaly }) => is_anomaly),
    found.length,
  );

const names = Object.keys(rows[0]!);
const split = { columns: names, data: rows.map((row) => names.map((name) => row[name])) };
const csv = [names.join(","), ...rows.map((row) => names.map((n) => row[n] ?? "").join(","))].join(
  "\n",
);

describe("MLflow", () => {
  test.each([
    ["dataframe_split", { dataframe_split: split }],
    ["dataframe_records", { dataframe_records: rows }],
    ["instances", { instances: rows }],
    ["inputs by column", { inputs: columnsOf(rows) }],
  ])("%s gives the scores of `espejo score`", async (_, body) => {
    const answer = await post("/invocations", body, { "content-type": "application/json" });
    expect(answer.statusCode).toBe(200);
    expectPredictions(answer.json().predictions);
  });

  test("CSV too, and reasons of anomalies, of all where that is asked", async () => {
    const answer = await post("/invocations", csv, { "content-type": "text/csv" });
    const { predictions } = answer.json() as { predictions: Prediction[] };
    expectPredictions(predictions);
    for (const { is_anomaly, reasons } of predictions) expect(reasons !== null).toBe(is_anomaly);
    const params = { reasons: "all" };
    const all = await post("/invocations", { dataframe_split: split, params });
    for (const { reasons } of all.json().predictions) expect(reasons).toBeInstanceOf(Array);
  });

  test("another type is refused with 415, two shapes at once with 400", async () => {
    const form = await post("/invocations", "a=1", { "content-type": "text/plain" });
    expect([form.statusCode, form.json().code]).toEqual([415, "request_type"]);
    const both = await post("/invocations", { instances: rows, inputs: columnsOf(rows) });
    expect([both.statusCode, both.json().error_code]).toEqual([400, "BAD_REQUEST"]);
  });
});

describe("v1", () => {
  test("rows give predictions, columns give outputs, :explain adds the reasons of all", async () => {
    const byRow = await post("/v1/models/clients:predict", { instances: rows });
    expectPredictions(byRow.json().predictions);
    const { outputs } = (
      await post("/v1/models/clients:predict", { inputs: columnsOf(rows) })
    ).json();
    expectScores(outputs.score, outputs.is_anomaly);
    const told = (await post("/v1/models/clients/versions/1:explain", { instances: rows })).json();
    expectPredictions(told.predictions);
    expect(told.explanations).toHaveLength(rows.length);
    expect(told.explanations[7][0]).toMatchObject({ column: "balance", actual: "900" });
  });

  test("a model says that it is ready, to both clients", async () => {
    const state = (await app.inject({ url: "/v1/models/clients" })).json();
    expect(state).toMatchObject({
      ...{ name: "clients", ready: true },
      model_version_status: [{ version: "1", state: "AVAILABLE" }],
    });
    expect((await app.inject({ url: "/v1/models" })).json().models).toContain("waves");
  });

  test("sequences and images as nested lists, images in base64", async () => {
    const wave = Array.from({ length: 12 }, (_, i) => [Math.sin(i), null]);
    const heard = await post("/v1/models/waves:predict", { instances: [wave, wave] });
    const [first, second] = heard.json().predictions;
    expect(first.score).toBe(second.score);
    const png = await sharp({ create: { width: 16, height: 16, channels: 3, background: "#777" } })
      .png()
      .toBuffer();
    const b64 = png.toString("base64");
    const seen = await post("/v1/models/pictures:predict", { instances: [{ b64 }] });
    const grey = Array.from({ length: 8 }, () => Array.from({ length: 8 }, () => [0x77]));
    const drawn = await post("/v1/models/pictures:predict", { instances: [grey] });
    expect(seen.json().predictions[0].score).toBeCloseTo(drawn.json().predictions[0].score, 5);
    const raw = await post("/score/pictures", png, { "content-type": "image/png" });
    expect(raw.json().rows[0].score).toBe(seen.json().predictions[0].score);
  });
});

describe("v2", () => {
  const url = "/v2/models/clients/infer";
  const inputs = names.map((name) => ({
    name,
    shape: [rows.length, 1],
    datatype: typeof rows[0]![name] === "number" ? "FP64" : "BYTES",
    data: rows.map((row) => row[name]),
  }));
  const outputs = [{ name: "score" }, { name: "is_anomaly" }];

  test("metadata, readiness and health are told", async () => {
    const model = (await app.inject({ url: "/v2/models/clients" })).json();
    expect(model.inputs).toEqual([
      { name: "numeric", datatype: "FP64", shape: [-1, 4] },
      { name: "categories", datatype: "BYTES", shape: [-1, 2] },
    ]);
    for (const each of ["/v2/health/live", "/v2/health/ready", "/v2/models/waves/ready"])
      expect((await app.inject({ url: each })).statusCode).toBe(200);
  });

  test("a column each gives the scores of `espejo score`, and only what was asked for", async () => {
    const answer = (await post(url, { id: "7", inputs, outputs })).json();
    expect(answer).toMatchObject({ model_name: "clients", model_version: "1", id: "7" });
    const [score, odd, more] = answer.outputs;
    expect(more).toBeUndefined();
    expectScores(score.data, odd.data);
  });

  test("all outputs have the shapes that the metadata declare", async () => {
    const declared = (await app.inject({ url: "/v2/models/clients" })).json().outputs;
    const answer = (await post(url, { inputs })).json();
    expect(answer.outputs.map(({ name }: { name: string }) => name)).toEqual(
      declared.map(({ name }: { name: string }) => name),
    );
    for (const [i, { shape, data }] of answer.outputs.entries()) {
      expect(shape).toEqual([rows.length, ...declared[i].shape.slice(1)]);
      expect(data).toHaveLength(shape.reduce((n: number, size: number) => n * size, 1));
    }
  });

  test("the model's own tensors, as bytes, compressed or not, there and back", async () => {
    const model = (await app.inject({ url: "/v2/models/clients" })).json();
    const sizes = model.inputs.map(({ shape }: { shape: number[] }) => shape[1]);
    const numeric = new Float64Array(rows.length * sizes[0]);
    const texts: Buffer[] = [];
    rows.forEach((row, i) => {
      const day = Date.parse(String(row.opened)) / 86_400_000;
      numeric.set(
        [Number(row.amount), Number(row.balance), day, Number(row.visits ?? Number.NaN)],
        i * 4,
      );
      for (const text of [String(row.country), String(row.active)]) {
        const bytes = Buffer.from(text);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(bytes.length);
        texts.push(length, bytes);
      }
    });
    const parts = [Buffer.from(numeric.buffer), Buffer.concat(texts)];
    const head = Buffer.from(
      JSON.stringify({
        inputs: model.inputs.map(({ name, datatype, shape }: never, i: number) => ({
          ...{ name, datatype, shape: [rows.length, (shape as number[])[1]] },
          parameters: { binary_data_size: parts[i]!.length },
        })),
        outputs: [{ name: "score", parameters: { binary_data: true } }, { name: "is_anomaly" }],
      }),
    );
    const body = Buffer.concat([head, ...parts]);
    const { gzipSync } = await import("node:zlib");
    for (const [payload, more] of [
      [body, {}],
      [gzipSync(body), { "content-encoding": "gzip" }],
      [gzipSync(body), { "content-encoding": " GZIP" }],
      [body, { "content-encoding": "identity" }],
    ] as const) {
      const answer = await post(url, payload, {
        "inference-header-content-length": String(head.length),
        ...more,
      });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      const length = Number(answer.headers["inference-header-content-length"]);
      const told = JSON.parse(answer.rawPayload.subarray(0, length).toString());
      const bytes = answer.rawPayload.subarray(length);
      expect(told.outputs[0].parameters.binary_data_size).toBe(bytes.length);
      const score = new Float32Array(Uint8Array.from(bytes).buffer);
      expectScores([...score], told.outputs[1].data);
    }
  });
});

describe("the friendly door", () => {
  test("CSV in and CSV out, behind the id", async () => {
    const answer = await post("/score/clients", csv, {
      "content-type": "text/csv",
      accept: "text/csv",
    });
    const lines = answer.body
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    expect(lines[0]!.slice(0, 3)).toEqual(["client", "score", "is_anomaly"]);
    expect(lines[1]![0]).toBe("c0");
    expectScores(
      lines.slice(1).map((cells) => Number(cells[1])),
      lines.slice(1).map((cells) => cells[2] === "true"),
    );
  });

  test("reasons in CSV are those of `espejo score`, in the language of the client", async () => {
    const types = { "content-type": "text/csv", accept: "text/csv" };
    const of = async (language: string) =>
      (await post("/score/clients?reasons=all", csv, { ...types, "accept-language": language }))
        .body;
    expect(await of("en")).toMatch(/^c7,.*,balance = 900 \(expected /m);
    expect(await of("es")).toMatch(/^c7,.*,balance = 900 \(se esperaba /m);
    const heard = await post(
      "/score/waves?reasons=all",
      [Array.from({ length: 12 }, (_, i) => [i, 0])],
      { accept: "text/csv", "accept-language": "es" },
    );
    expect(heard.body).toMatch(/ en el paso \d+ \(se esperaba /);
  });

  test("semicolons and decimal commas, as Spanish Excel writes them", async () => {
    const comma = (value: unknown): string => String(value ?? "").replace(".", ",");
    const spanish = [
      names.join(";"),
      ...rows.map((row) => names.map((n) => comma(row[n])).join(";")),
    ];
    const type = { "content-type": "text/csv" };
    const answer = await post("/score?decimal=,", spanish.join("\r\n"), type);
    expectPredictions(answer.json().rows);
  });

  test("a line each, one row alone, and rows in an object", async () => {
    const lines = rows.map((row) => JSON.stringify(row)).join("\n");
    const type = { "content-type": "application/x-ndjson", accept: "application/x-ndjson" };
    const told = (await post("/score/clients", lines, type)).body.trim().split("\n");
    expectPredictions(told.map((line) => JSON.parse(line)));
    const alone = (await post("/score/clients", rows[0])).json();
    expectPredictions(alone.rows);
    expect(alone.rows[0].client).toBe("c0");
    expectPredictions((await post("/score/clients", { rows })).json().rows);
  });
});

describe("what is wrong with a request is said, with the place", () => {
  const one = rows[0] as Row;
  test.each([
    [
      "text where a number is wanted",
      { ...one, amount: "many" },
      422,
      "cell_refused",
      /row 1, column "amount"/,
    ],
    [
      "a date that is none",
      { ...one, opened: "32/13/2024" },
      422,
      "cell_refused",
      /"opened": a date/,
    ],
    ["a missing column", { amount: 1 }, 422, "column_absent", /"balance"/],
    ["no rows", { rows: [] }, 422, "file_no_rows", /./],
    ["a row that is no object", [1], 400, "request_invalid", /\[0\]: an object/],
    [
      "too many rows",
      { rows: new Array(101).fill(one) },
      413,
      "request_rows",
      /more than 100 rows/,
    ],
    ["no JSON", "{nope", 400, "request_json", /not JSON/],
  ])("%s", async (_, body, status, code, message) => {
    const answer = await post("/score/clients", body, { "content-type": "application/json" });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.json().message).toMatch(message);
    expect(answer.json().error).toBe(answer.json().message);
    expect(answer.json().request_id).toBe(answer.headers["x-request-id"]);
  });

  test.each([
    ["alone", "c1,1,2,ES", 2],
    ["behind others", "c1,1,2,ES,2024-01-01,true,3\nc2,1", 3],
  ])("a line of another width, %s, is told with its number", async (_, lines, number) => {
    const body = `${names.join(",")}\n${lines}\n`;
    const answer = await post("/score/clients", body, { "content-type": "text/csv" });
    expect(answer.json()).toMatchObject({
      code: "request_width",
      message: expect.stringMatching(new RegExp(`^line ${number} has`)),
    });
  });

  test("in Spanish where the client asks for it", async () => {
    const answer = await post("/score/nobody", one, { "accept-language": "es-ES,en;q=0.5" });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().message).toMatch(/^aquí no hay ningún modelo "nobody"/);
  });

  test("columns that the model does not know are ignored, and a header says which", async () => {
    const answer = await post("/score/clients", { ...one, other: 1 });
    expect(answer.headers["x-ignored-columns"]).toBe("other");
  });
});

/** Lists by column. */
function columnsOf(list: readonly Row[]): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.keys(list[0]!).map((name) => [name, list.map((row) => row[name])]),
  );
}
