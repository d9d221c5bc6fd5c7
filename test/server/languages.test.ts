import { copyFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildServer } from "../../src/server/build-server.ts";
import { trainModels } from "./models.ts";
import { type Refused, refused } from "./refusals.ts";

let app: FastifyInstance;
let models: Awaited<ReturnType<typeof trainModels>>;
beforeAll(async () => {
  models = await trainModels();
  const names = ["clients", "pictures", "waves"].map(models.path);
  ({ app } = await buildServer(names, {
    ...{ defaultModel: "clients", maxRows: 100, bodyLimit: 2_000_000 },
  }));
});
afterAll(() => app.close());

const answer = async ([, url, body, headers]: Refused, language: string) =>
  app.inject({
    ...{ method: "POST", url, headers: { ...headers, "accept-language": language } },
    payload: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });

/** Words of both languages, and of protocols. */
const common = new Set(
  "no byte bytes error json ndjson boundary csv png jpeg webp utf http null true false base64 content length".split(
    " ",
  ),
);

/** Names that models, requests and options have in every language. */
const names = new Set(
  `clients pictures waves localhost docs host origin id gif
  dmy mdy ymd format decimal delimiter thousands dates header
  score latent reconstruction reasons anomalies all none instances inputs outputs params parameters
  bool uint8 fp16 fp32 fp64 tensor tokens`.split(/\s+/),
);

/** The words of a message but for what stands in quotes, addresses, options, and places of a request. */
const wordsOf = (message: string): readonly string[] =>
  message
    .replace(/"(?:[^"\\]|\\.)*"/g, " ")
    .replace(/\{.*\}|\[[^\]]*\]|https?:\S+/g, " ")
    .split(/[\s,;:()¿?]+/)
    .filter((word) => /^\p{L}{2,}$/u.test(word) && !common.has(word.toLowerCase()))
    .map((word) => word.toLowerCase());

const spanish = async (url: string, body: unknown) =>
  (await answer(["", url, body], "es")).json().message as string;

test("what a thread finds in a great body is said in Spanish too", async () => {
  const instances = Array.from({ length: 99 }, () => new Array(24).fill(0.1234567890123456));
  instances.push(["x"]);
  expect(JSON.stringify({ instances }).length).toBeGreaterThan(40_000);
  const body = `${JSON.stringify({ instances })}${" ".repeat(40_000)}`;
  expect(await spanish("/v1/models/waves:predict", body)).toBe(
    'instances[99]: se espera una lista de 12 (recibido: ["x"])',
  );
  expect(await spanish("/score/waves", `{"rows": [${" ".repeat(70_000)}nope`)).toMatch(
    /no es JSON: línea 1, carácter 70011: ahí no puede ir "nope"/,
  );
});

test("a model that was taken away, or whose file is gone, is told without its folder", async () => {
  const path = join(models.folder, "passing.onnx");
  copyFileSync(models.path("clients"), path);
  const own = await buildServer([path]);
  const ask = (url: string, language = "es") =>
    own.app.inject({
      ...{ method: "POST", url, headers: { "accept-language": language }, payload: "{}" },
    });
  await ask("/v2/repository/models/passing/unload");
  const message = async (url: string) => (await ask(url)).json().message;
  expect(await message("/score")).toBe('el modelo "passing" no está cargado: se retiró');
  rmSync(path);
  expect(await message("/v2/repository/models/passing/load")).toBe(
    "passing.onnx: no existe ese fichero",
  );
  expect(await message("/score")).toMatch(/no está cargado: su fichero no sirve/);
  expect((await ask("/v2/repository/index")).body).not.toContain(models.folder);
  await own.app.close();
});

/** Errors that need another server, or the right moment: they have tests of their own. */
const elsewhere = [
  ...["column_extra", "server_busy", "server_fault", "request_often", "request_slow"],
  ...["token_missing", "token_scope", "token_short", "token_file", "served_several"],
  // what is no request, or comes too slowly, and many great images
  ...["request_http", "request_head", "request_late", "request_pixels"],
];

test("every error that a request can get is among those that are asked for here", async () => {
  const folders = ["http", "server/decode", "server/doors"].map(
    (name) => new URL(`../../src/${name}/`, import.meta.url),
  );
  const thrown = folders
    .flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/EspejoError\(\s*"(\w+)"/g)])
    .map(([, code]) => code!);
  const got = await Promise.all(
    refused.map(async (each) => (await answer(each, "en")).json().code),
  );
  expect([...new Set(thrown)].filter((code) => ![...got, ...elsewhere].includes(code))).toEqual([]);
});

describe("what is wrong with a request is said in Spanish without an English word", () => {
  test.each(refused.map((request) => [request[0], request] as const))("%s", async (_, request) => {
    const [english, spanish] = [await answer(request, "en"), await answer(request, "es")];
    expect(english.statusCode).toBeGreaterThanOrEqual(400);
    expect(english.statusCode).toBeLessThan(500);
    expect(spanish.json()).toMatchObject({
      code: english.json().code,
      request_id: expect.anything(),
    });
    const known = new Set(wordsOf(english.json().message));
    const told = wordsOf(spanish.json().message);
    expect(told.length).toBeGreaterThan(1);
    expect(told.filter((word) => known.has(word) && !names.has(word))).toEqual([]);
  });
});
