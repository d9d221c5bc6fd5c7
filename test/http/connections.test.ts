import { type AddressInfo, connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBodies } from "../../src/http/bodies.ts";
import { answerOddRequests, connectionOptions } from "../../src/http/connections.ts";
import { answerErrors, type ErrorBody } from "../../src/http/error-answers.ts";
import { guard } from "../../src/http/guards.ts";

let app: FastifyInstance;
let open: FastifyInstance;
beforeAll(async () => {
  [app, open] = await Promise.all([makeApp(true), makeApp(false)]);
});
afterAll(() => Promise.all([app.close(), open.close()]));

async function makeApp(loopback: boolean): Promise<FastifyInstance> {
  const made = fastify(connectionOptions({ timeoutMs: 1000 }));
  answerOddRequests(made);
  answerErrors(made);
  readBodies(made, { bodyLimit: 1000, room: 4000 });
  guard(made, { tokens: [], loopback, origins: [] });
  made.get("/ping", async () => "pong");
  made.post("/rows", async (request) => request.body);
  made.get("/slow", (_request, reply) => {
    const stream = new Readable({ read() {} });
    stream.push("begun ");
    void reply.send(stream);
  });
  await made.listen({ port: 0, host: "127.0.0.1" });
  return made;
}

const connected = (to: FastifyInstance): Socket =>
  connect((to.server.address() as AddressInfo).port, "127.0.0.1");

/** What an app answers to bytes, until it closes the connection or has said all that is waited for. */
function told(
  text: string | Buffer,
  { to = app, until = /(?!)/, next = "" } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connected(to);
    let heard = "";
    socket.on("data", (part) => {
      heard += part;
      if (!until.test(heard)) return;
      if (next === "") socket.destroy();
      else socket.write(next);
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(heard));
    socket.write(text);
  });
}

const wordsOf = (answer: string) => {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
  return { head, status, ...(JSON.parse(body) as ErrorBody) };
};

const post = (headers: string, body: string): string =>
  `POST /rows HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n${body}`;
const get = (headers: string, path = "/ping"): string => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;

describe("what is no request is answered in the words of the catalogue, and the connection ends", () => {
  const chunked = "Transfer-Encoding: chunked\r\n";
  test.each([
    ["two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"), 400, "request_http"],
    ["a length below 0", post("Content-Length: -2\r\n", "{}"), 400, "request_http"],
    [
      "a length and chunks",
      post(`Content-Length: 5\r\n${chunked}`, "0\r\n\r\n"),
      400,
      "request_http",
    ],
    ["chunks of no number", post(chunked, "zz\r\n\r\n"), 400, "request_http"],
    ["no HTTP", "\u0016\u0003\u0001\u0002 hello", 400, "request_http"],
    ["a space in a name", get("Host: localhost\r\nBad Name: 1\r\n"), 400, "request_http"],
    ["a head that is too long", get(`X: ${"x".repeat(40_000)}\r\n`), 431, "request_head"],
    ["a tunnel", "CONNECT other.example:80 HTTP/1.1\r\nHost: a\r\n\r\n", 404, "route_unknown"],
  ])("%s", async (_, text, status, code) => {
    const found = wordsOf(await told(text));
    expect([found.status, found.code]).toEqual([status, code]);
    expect(found.message).toBe(found.error);
    expect(found.head).toContain(`X-Request-Id: ${found.request_id}`);
    expect(found.head).toContain("Connection: close");
  });

  test("a body that ends too early", async () => {
    const socket = connected(app);
    let heard = "";
    socket.on("data", (part) => {
      heard += part;
    });
    socket.end(post("Content-Length: 20\r\n", "{}"));
    await new Promise((resolve) => socket.on("close", resolve));
    expect(wordsOf(heard)).toMatchObject({ status: 400, code: "request_http" });
    expect(heard).toContain("it ends too early");
  });

  test("a request that does not come in time", async () => {
    const late = Object.assign(new Error("late"), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
    app.server.once("connection", (socket) => app.server.emit("clientError", late, socket));
    const found = wordsOf(await told("POST /rows HT"));
    expect([found.status, found.code]).toEqual([408, "request_late"]);
  });

  test("but not inside of an answer that has begun", async () => {
    const garbage = "\u0000\u0001 no request\r\n\r\n";
    const heard = await told(get("Host: localhost\r\n", "/slow"), {
      ...{ until: /begun/, next: garbage },
    });
    expect(heard).toContain("begun");
    expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe("hosts", () => {
  const codeOf = async (text: string, to: FastifyInstance) => {
    const heard = await told(text, { to, until: /\r\n\r\n[\s\S]*[}g]$/ });
    return heard.includes(" 200 ") ? "taken" : wordsOf(heard).code;
  };
  test.each([
    ["its own", get("Host: localhost\r\n"), "taken", "taken"],
    ["another", get("Host: evil.example\r\n"), "host_refused", "taken"],
    ["none", get(""), "host_refused", "request_http"],
    ["none in HTTP 1.0", "GET /ping HTTP/1.0\r\n\r\n", "host_refused", "taken"],
    [
      "two",
      get("Host: localhost\r\nHOST: evil.example\r\n"),
      ...(["request_http", "request_http"] as const),
    ],
    [
      "another in a whole address",
      get("Host: localhost\r\n", "http://evil.example/ping"),
      ...(["host_refused", "taken"] as const),
    ],
    [
      "its own as the user of another",
      get("Host: localhost@evil.example\r\n"),
      ...(["host_refused", "taken"] as const),
    ],
  ])("%s", async (_, text, onLoopback, elsewhere) => {
    expect([await codeOf(text, app), await codeOf(text, open)]).toEqual([onLoopback, elsewhere]);
  });
});

test("an Expect that nobody knows is let be, as RFC 9110 allows", async () => {
  const text = post("Content-Length: 2\r\nExpect: nonsense\r\n", "{}");
  expect(await told(text, { until: /\{\}$/ })).toMatch(/^HTTP\/1\.1 200 /);
});

const great = "x".repeat(8_000_000);
test.each([
  ["too much", `Content-Length: ${great.length}\r\n`, great, 413],
  ["too much in chunks", "Transfer-Encoding: chunked\r\n", inChunks(great), 413],
  ["too much that is packed", lengthAnd("gzip", gzipSync(great)), gzipSync(great), 413],
  ["what is not packed as it says", lengthAnd("gzip", "x".repeat(900)), "x".repeat(900), 400],
  ["what is packed as nobody knows", lengthAnd("br", great), great, 415],
])(
  "who sends %s hears so, and may ask again by the same connection",
  async (_, head, body, status) => {
    const text = Buffer.concat([
      ...[Buffer.from(post(head, "")), Buffer.from(body)],
      Buffer.from(get("Host: localhost\r\n")),
    ]);
    const heard = await told(text, { until: /pong/ });
    expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`, "HTTP/1.1 200"]);
  },
);

function inChunks(text: string): string {
  const size = 100_000;
  const parts = text.match(new RegExp(`.{1,${size}}`, "g"))!;
  return `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join("")}0\r\n\r\n`;
}

function lengthAnd(encoding: string, body: string | Buffer): string {
  return `Content-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n`;
}

test("requests that come in one piece are answered in their order", async () => {
  const bodies = ["[1]", "[2]", "[3]"];
  const text = bodies.map((body) => post(`Content-Length: ${body.length}\r\n`, body)).join("");
  const heard = await told(text, { until: /\[3\]/ });
  expect(heard.match(/\[\d\]/g)).toEqual(bodies);
});
