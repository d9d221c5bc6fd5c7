import { copyFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readTokens, tokenOf } from "../../src/http/tokens.ts";
import { buildServer, type ScoringServer } from "../../src/server/build-server.ts";
import type { ServerOptions } from "../../src/server/options.ts";
import { tableOf, trainModels } from "./models.ts";

let models: Awaited<ReturnType<typeof trainModels>>;
const open: ScoringServer[] = [];
const rows = tableOf(20, 4);

beforeAll(async () => {
  models = await trainModels();
});
afterAll(() => Promise.all(open.map(({ app }) => app.close())));

async function serve(words: readonly string[], options: ServerOptions = {}) {
  const server = await buildServer(words, options);
  open.push(server);
  return server;
}

const ask = (app: FastifyInstance, body: unknown = rows, headers = {}, url = "/score") =>
  app.inject({ method: "POST", url, headers, payload: JSON.stringify(body) });

describe("who may knock", () => {
  const infer = "a-token-of-a-client";
  const admin = "a-token-of-an-admin";
  let app: FastifyInstance;
  beforeAll(async () => {
    const tokens = readTokens(`# two\n${infer} infer\n${admin} admin\n`, "tokens.txt");
    ({ app } = await serve([models.path("clients")], {
      ...{ tokens, loopback: false, origins: ["https://intranet.example"] },
    }));
  });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  test("without a token, or with another one, nobody scores; health is free", async () => {
    for (const headers of [{}, bearer("a-token-of-nobody"), bearer(`${infer}x`)]) {
      const answer = await ask(app, rows, headers);
      expect([answer.statusCode, answer.json().code]).toEqual([401, "token_missing"]);
    }
    for (const url of ["/ping", "/v2/health/ready", "/docs", "/openapi.json"])
      expect((await app.inject({ url })).statusCode).toBe(200);
    expect((await app.inject({ url: "/metrics" })).statusCode).toBe(401);
  });

  test("a client scores, and only an admin loads and unloads", async () => {
    expect((await ask(app, rows, bearer(infer))).statusCode).toBe(200);
    const load = (token: string) =>
      ask(app, {}, bearer(token), "/v2/repository/models/clients/load");
    expect((await load(infer)).json().code).toBe("token_scope");
    expect((await load(admin)).statusCode).toBe(200);
  });

  test("pages of others may not knock, programs and allowed pages may", async () => {
    const from = (headers: object) => ask(app, rows, { ...bearer(infer), ...headers });
    const host = "scores.example";
    for (const headers of [
      { origin: "https://evil.example", host },
      { origin: "null", host },
      { "sec-fetch-site": "cross-site", host },
    ])
      expect((await from(headers)).json().code).toBe("origin_refused");
    for (const headers of [{}, { origin: "https://scores.example", host }])
      expect((await from(headers)).statusCode).toBe(200);
    const allowed = await from({ origin: "https://intranet.example", host });
    expect(allowed.headers["access-control-allow-origin"]).toBe("https://intranet.example");
  });

  test("a file of tokens is read line by line, and what is wrong is said with its line", () => {
    expect(() => readTokens("short infer", "t.txt")).toThrow(/t\.txt, line 1/);
    expect(() => readTokens(`${infer} infer\n${admin} owner`, "t.txt")).toThrow(/line 2/);
    expect(() => readTokens("\n# none\n", "t.txt")).toThrow(/t\.txt/);
    expect(() => tokenOf("short", "admin")).toThrow(/at least 16/);
  });
});

test("on a loopback address other names than those of this machine are refused", async () => {
  const { app } = await serve([models.path("clients")]);
  for (const host of ["evil.example", "evil.example:8080", "localhost.evil.example"]) {
    const { headers, json } = await ask(app, rows, { host });
    expect(json()).toMatchObject({ code: "host_refused", request_id: headers["x-request-id"] });
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
  for (const host of ["localhost:8080", "127.0.0.1", "[::1]:8080"])
    expect((await ask(app, rows, { host })).statusCode).toBe(200);
});

test("limits: the size of a body, requests a minute, requests at once", async () => {
  const { app } = await serve([models.path("clients")], { bodyLimit: 2000, rateLimit: 3 });
  expect((await ask(app, rows)).json().code).toBe("request_large");
  const few = rows.slice(0, 2);
  const codes: number[] = [];
  for (let i = 0; i < 4; i++) codes.push((await ask(app, few)).statusCode);
  expect(codes.filter((code) => code === 200).length).toBeGreaterThanOrEqual(2);
  const often = await ask(app, few);
  expect([often.statusCode, often.json().code]).toEqual([429, "request_often"]);
  expect(often.headers["retry-after"]).toBeDefined();
  expect((await app.inject({ url: "/ping" })).statusCode).toBe(200);

  const small = await serve([models.path("clients")], { queue: 2 });
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask(small.app)));
  const statuses = answers.map(({ statusCode }) => statusCode);
  expect(statuses.filter((code) => code === 200).length).toBeGreaterThanOrEqual(2);
  expect(statuses.filter((code) => code === 503).length).toBeGreaterThan(0);
  expect(answers.find(({ statusCode }) => statusCode === 503)!.json().code).toBe("server_busy");
  expect((await ask(small.app)).statusCode).toBe(200);
});

test("who finds no place hears it before the body has come, and is let in again after that", async () => {
  const { app } = await serve([models.path("clients")], { queue: 1 });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const body = JSON.stringify(rows.slice(0, 2));
  const head = [
    ...["POST /score HTTP/1.1", "Host: localhost", "Content-Type: application/json"],
    ...[`Content-Length: ${body.length}`, "", ""],
  ].join("\r\n");
  /** A connection, and what it was told so far. */
  const knock = () => {
    const socket = connect(port, "127.0.0.1");
    const told = { text: "" };
    socket.on("data", (part) => {
      told.text += part;
    });
    return { socket, told };
  };
  const first = knock();
  first.socket.write(head);
  await vi.waitFor(async () =>
    expect((await app.inject({ url: "/metrics" })).body).toContain("espejo_inside_requests 1"),
  );
  const second = knock();
  second.socket.write(head);
  await vi.waitFor(() => expect(second.told.text).toMatch(/^HTTP\/1.1 503/));
  expect(second.told.text).toMatch(/retry-after: 1/i);
  first.socket.write(body);
  await vi.waitFor(() => expect(first.told.text).toMatch(/^HTTP\/1.1 200/));
  // the connection that was refused goes on: its body is left out, and its next request is answered
  second.socket.write(`${body}${head}${body}`);
  await vi.waitFor(() => expect(second.told.text).toMatch(/HTTP\/1.1 200/));
  for (const { socket } of [first, second]) socket.destroy();
});

test("a request that takes too long is given up", async () => {
  const { app } = await serve([models.path("clients")], { timeoutMs: 20, batchWindowMs: 200 });
  const answer = await ask(app);
  expect([answer.statusCode, answer.json().code]).toEqual([504, "request_slow"]);
});

test("columns that no model knows are refused where that is asked for", async () => {
  const { app } = await serve([models.path("clients")], { strictColumns: true });
  const answer = await ask(app, [{ ...rows[0], other: 1 }]);
  expect([answer.statusCode, answer.json().code]).toEqual([422, "column_extra"]);
});

test("a server closes where clients still send, and answers what it works at", async () => {
  const { app } = await serve([models.path("clients")], { batchWindowMs: 700 });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const head = "POST /score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n";
  const slow = [head, `${head}\r\n[`].map((text) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("error", () => {});
    return new Promise((resolve) => socket.on("close", resolve));
  });
  const url = `http://127.0.0.1:${port}/score`;
  const headers = { "content-type": "application/json" };
  const answer = fetch(url, { method: "POST", headers, body: JSON.stringify(tableOf(70)) });
  await vi.waitFor(async () => {
    expect((await app.inject({ url: "/metrics" })).body).toMatch(/espejo_inside_requests 2/);
  });
  await app.close();
  expect((await answer).status).toBe(200);
  await Promise.all(slow);
}, 30_000);

describe("models", () => {
  test("names, versions by folders, and which one is asked where none is named", async () => {
    const { mkdirSync } = await import("node:fs");
    for (const [version, from] of [
      ["2", "clients"],
      ["10", "others"],
    ] as const) {
      mkdirSync(join(models.folder, "layout", "m", version), { recursive: true });
      copyFileSync(models.path(from), join(models.folder, "layout", "m", version, "model.onnx"));
    }
    const words = [join(models.folder, "layout"), `mine=${models.path("clients")}`];
    const { app, names } = await serve(words);
    expect(names).toEqual(["m", "mine"]);
    expect((await ask(app)).json().code).toBe("served_several");
    const score = async (url: string) => (await ask(app, rows, {}, url)).json();
    const mine = await score("/score/mine");
    const second = await ask(app, { instances: rows }, {}, "/v1/models/m/versions/2:predict");
    expect(second.json().predictions[0].score).toBe(mine.rows[0].score);
    expect((await score("/score/m")).version).toBe("10");
    expect((await ask(app, {}, {}, "/v2/models/m/versions/3/infer")).json().code).toBe(
      "version_unknown",
    );
    const index = await ask(app, {}, {}, "/v2/repository/index");
    expect(index.json()).toHaveLength(3);
  });

  test("two models of one name and version, bad names and no models are refused", async () => {
    const clients = models.path("clients");
    await expect(buildServer([clients, clients])).rejects.toMatchObject({ code: "serve_twice" });
    await expect(buildServer([`a b=${clients}`])).rejects.toMatchObject({ code: "serve_name" });
    await expect(buildServer(["nowhere.onnx"])).rejects.toMatchObject({ code: "file_missing" });
    await expect(buildServer([])).rejects.toMatchObject({ code: "serve_models" });
  });

  test("a file under two names is loaded anew under both, and never as a version that there is", async () => {
    const path = join(models.folder, "shared.onnx");
    copyFileSync(models.path("clients"), path);
    const server = await serve([`a=${path}`, `b=${path}`]);
    const scores = async () =>
      Promise.all(
        ["/score/a", "/score/b"].map(
          async (url) => (await ask(server.app, rows, {}, url)).json().rows[0].score,
        ),
      );
    const [before] = await scores();
    copyFileSync(models.path("others"), path);
    await server.reload(path);
    const [a, b] = await scores();
    expect(a).not.toBe(before);
    expect(b).toBe(a);

    const { mkdirSync } = await import("node:fs");
    const own = join(models.folder, "twins", "2");
    mkdirSync(own, { recursive: true });
    copyFileSync(models.path("clients"), join(own, "model.onnx"));
    const other = join(models.folder, "other-version.onnx");
    copyFileSync(models.path("clients"), other);
    const twins = await serve([join(models.folder, "twins"), `twins=${other}`]);
    copyFileSync(models.path("second"), other);
    await expect(twins.reload(other)).rejects.toMatchObject({ code: "serve_twice" });
    expect((await ask(twins.app, rows, {}, "/score/twins")).statusCode).toBe(200);
  });

  test("an unloaded model is gone, and comes back when it is loaded", async () => {
    const { app } = await serve([models.path("clients"), models.path("others")]);
    const repository = (what: string, body: unknown = {}) =>
      ask(app, body, {}, `/v2/repository/models/clients/${what}`);
    expect((await repository("unload")).statusCode).toBe(200);
    expect((await ask(app, rows, {}, "/score/clients")).json().code).toBe("served_unready");
    expect((await app.inject({ url: "/v2/health/ready" })).statusCode).toBe(200);
    expect((await repository("load")).statusCode).toBe(200);
    expect((await ask(app, rows, {}, "/score/clients")).statusCode).toBe(200);
    const other = await repository("load", { parameters: { "file:1/model.onnx": "x" } });
    expect([other.statusCode, other.json().code]).toEqual([400, "request_invalid"]);
  });

  test("reloads under load lose no request, and each answer is of the model it came from", async () => {
    const path = join(models.folder, "turns.onnx");
    copyFileSync(models.path("clients"), path);
    const server = await serve([path]);
    const { app } = server;
    const known = new Set<number>();
    known.add((await ask(app)).json().rows[0].score);
    const answers: { statusCode: number; score: number }[] = [];
    let done = false;
    const client = async (): Promise<void> => {
      while (!done) {
        const answer = await ask(app);
        answers.push({ statusCode: answer.statusCode, score: answer.json().rows?.[0].score });
      }
    };
    const clients = [client(), client(), client()];
    for (let turn = 0; turn < 10; turn++) {
      copyFileSync(models.path(turn % 2 === 0 ? "others" : "clients"), path);
      await server.reload(path);
      known.add((await ask(app)).json().rows[0].score);
    }
    writeFileSync(path, "broken");
    await expect(server.reload(path)).rejects.toMatchObject({ code: "model_damaged" });
    done = true;
    await Promise.all(clients);
    expect(known.size).toBe(2);
    expect(answers.length).toBeGreaterThan(10);
    for (const { statusCode, score } of answers)
      expect([statusCode, known.has(score)]).toEqual([200, true]);
    expect((await ask(app)).statusCode).toBe(200);
  });
});

describe("what is told of its work", () => {
  test("metrics and drift count rows, and see a column in another unit", async () => {
    const { app } = await serve([models.path("clients")]);
    const other = tableOf(300, 8).map((row) => ({ ...row, amount: 12 * Number(row.amount) }));
    expect((await ask(app, other)).statusCode).toBe(200);
    const { total, window } = (await app.inject({ url: "/v2/models/clients/drift" })).json();
    const of = (name: string) =>
      window.columns.find(({ column }: { column: string }) => column === name);
    expect(total.rows).toBe(300);
    expect(of("amount").psi).toBeGreaterThan(1);
    expect(of("amount").out_of_range).toBeGreaterThan(0.9);
    expect(of("balance").psi).toBeLessThan(0.25);
    const text = (await app.inject({ url: "/metrics" })).body;
    expect(text).toMatch(/espejo_rows_total\{model="clients",version="1"\} 300/);
    expect(text).toMatch(/espejo_drift_psi\{[^}]*column="amount"\} [1-9]/);
    expect(text).toMatch(/espejo_requests_total\{[^}]*door="score",code="200"\} 1/);
    // there before the first one, so that an increase is seen
    expect(text).toMatch(/espejo_model_loads_total\{model="clients",result="failed"\} 0/);
  });

  test("ready says no once the server is to stop, and requests are answered on", async () => {
    const server = await serve([models.path("clients")]);
    server.stop();
    expect((await server.app.inject({ url: "/v2/health/ready" })).statusCode).toBe(503);
    for (const [url, status] of [
      ["/score", 200],
      ["/nowhere", 404],
    ] as const) {
      const { statusCode, headers } = await ask(server.app, rows, {}, url);
      expect([statusCode, headers.connection]).toEqual([status, "close"]);
    }
  });

  test("a line for each request, without a value of any row", async () => {
    const { Writable } = await import("node:stream");
    const { pino } = await import("pino");
    let lines = "";
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines += chunk;
        done();
      },
    });
    const { app } = await serve([models.path("clients")], { logger: pino(stream) });
    await ask(app, [{ ...rows[0], amount: 123456.75 }]);
    await ask(app, [{ ...rows[0], amount: "secret-text" }]);
    const told = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const requests = told.filter(({ msg }) => msg === "request");
    expect(requests.map(({ status }) => status)).toEqual([200, 422]);
    expect(requests[0]).toMatchObject({ model: "clients", version: "1", rows: 1 });
    expect(lines).not.toMatch(/123456|secret|balance/);
  });
});
