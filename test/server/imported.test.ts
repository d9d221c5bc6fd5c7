import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { input, sigmoid } from "../../src/graph/index.ts";
import { toModel, writeModel } from "../../src/onnx/index.ts";
import { buildServer } from "../../src/server/build-server.ts";
import { importKeras } from "../../src/tasks/keras/import-keras.ts";

const golden = new URL("../golden/keras/", import.meta.url);

/** A network of Keras, rows for it and what Keras makes of them. */
interface Golden {
  readonly name: string;
  readonly input: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}
const all = JSON.parse(readFileSync(new URL("models.json", golden), "utf8")) as Golden[];
const folder = mkdtempSync(join(tmpdir(), "espejo-imported-"));
let app: FastifyInstance;

const names = { table: "deep.keras", images: "pooled-images.keras", sequences: "gru.keras" };
beforeAll(async () => {
  for (const [name, file] of Object.entries(names)) {
    const { model } = await importKeras(new URL(file, golden).pathname);
    await model.save(join(folder, `${name}.onnx`));
    await model.dispose();
  }
  ({ app } = await buildServer([folder]));
});
afterAll(() => app.close());

const post = (url: string, body: unknown) =>
  app.inject({ method: "POST", url, payload: JSON.stringify(body) });

describe.each(Object.entries(names))("a network of Keras over %s", (name, file) => {
  const { x, y, input: shape } = all.find((each) => `${each.name}.keras` === file)!;
  const width = shape.reduce((n, size) => n * size, 1);
  const rows = x.length / width;
  const instances = Array.from({ length: rows }, (_, i) => x.slice(i * width, (i + 1) * width));

  test("gives by v2 what Keras gives", async () => {
    const tensor = name === "table" ? "numeric" : "x";
    const answer = await post(`/v2/models/${name}/infer`, {
      inputs: [{ name: tensor, shape: [rows, ...shape], datatype: "FP32", data: x }],
      outputs: [{ name: "reconstruction" }],
    });
    const [{ data }] = answer.json().outputs;
    expect(data).toHaveLength(y.length);
    (data as number[]).forEach((value, i) => {
      expect(Math.abs(value - y[i]!)).toBeLessThanOrEqual(1e-5);
    });
  });

  test("gives the same scores at all doors, and says that it has no threshold", async () => {
    const friendly = (await post(`/score/${name}?reasons=all`, instances)).json();
    expect(friendly.threshold).toEqual({ value: null, rule: "none" });
    expect(friendly.anomalies).toBe(0);
    expect(friendly.rows[0].reasons).not.toHaveLength(0);
    const { predictions } = (await post(`/v1/models/${name}:predict`, { instances })).json();
    const scores = (list: readonly { score: number }[]) => list.map(({ score }) => score);
    expect(scores(predictions)).toEqual(scores(friendly.rows));
    const about = (await app.inject({ url: `/score/${name}` })).json();
    expect(about).toMatchObject({ content: name, threshold: null });
  });
});

test("an ONNX model of another program is refused as such, whatever its operators are", async () => {
  const x = input("input", "float32", ["batch", 4]);
  const plain = writeModel(toModel({ inputs: [x], outputs: { output: sigmoid(x) } }));
  const path = join(mkdtempSync(join(tmpdir(), "espejo-torch-")), "torch.onnx");
  const foreign = Buffer.from(plain.map((byte) => byte));
  const other = Buffer.from(foreign.toString("latin1").replace("Sigmoid", "Softpls"), "latin1");
  for (const bytes of [foreign, other]) {
    writeFileSync(path, bytes);
    await expect(buildServer([path])).rejects.toMatchObject({
      code: "model_not_espejo",
      message: expect.stringMatching(/^torch\.onnx: .*espejo import/),
    });
  }
  await expect(buildServer([new URL("deep.keras", golden).pathname])).rejects.toMatchObject({
    code: "model_damaged",
    message: expect.stringMatching(/espejo import/),
  });
});
