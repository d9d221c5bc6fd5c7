import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readBodies } from "../../src/http/bodies.ts";
import { answerErrors } from "../../src/http/error-answers.ts";

const limit = 100_000;
let app: FastifyInstance;
beforeAll(async () => {
  app = fastify();
  answerErrors(app);
  readBodies(app, { bodyLimit: limit, room: 4 * limit });
  app.post("/", async (request, reply) =>
    reply.type("application/octet-stream").send((request.body as Buffer | undefined) ?? "none"),
  );
});
afterAll(() => app.close());

const post = (payload: Buffer | Readable | undefined, headers = {}) => {
  const parts = payload instanceof Readable && { "transfer-encoding": "chunked" };
  return app.inject({
    ...{ method: "POST", url: "/", headers: { ...headers, ...parts } },
    ...(payload && { payload }),
  });
};

const encodings = [
  ["as they are", {}, (bytes: Buffer) => bytes],
  ["as they are, and said so", { "content-encoding": "identity" }, (bytes: Buffer) => bytes],
  ["by gzip", { "content-encoding": "gzip" }, gzipSync],
  ["by GZIP", { "content-encoding": " GZIP" }, gzipSync],
  ["by deflate", { "content-encoding": "deflate" }, deflateSync],
] as const;

test.each(encodings)(
  "bytes arrive, packed %s, with their length or in parts",
  async (_, headers, pack) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 9000 }), async (given) => {
        const bytes = Buffer.from(given);
        const packed = pack(bytes);
        const parts = Readable.from(
          [packed.subarray(0, 5), packed.subarray(5)].filter((p) => p.length),
        );
        for (const payload of [packed, parts])
          expect((await post(payload, headers)).rawPayload.equals(bytes)).toBe(true);
      }),
      { numRuns: 50 },
    );
  },
);

test("a body that finds no room is left with its client, and read when there is some", async () => {
  const own = fastify();
  readBodies(own, { bodyLimit: 200_000, room: 200_000 });
  const done: string[] = [];
  own.post("/", async (request) => {
    done.push((request.body as Buffer).toString("latin1", 0, 1));
    return "taken";
  });
  await own.listen({ port: 0, host: "127.0.0.1" });
  const { port } = own.server.address() as AddressInfo;
  /** A request whose body begins with a letter; the end of the body is sent later. */
  const begin = async (letter: string): Promise<() => Promise<void>> => {
    const socket = connect(port, "127.0.0.1");
    let told = "";
    socket.on("data", (part) => {
      told += part;
    });
    const head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 150000\r\n\r\n";
    await new Promise<void>((sent) =>
      socket.write(head + letter + "x".repeat(99_999), () => sent()),
    );
    return async () => {
      socket.write("x".repeat(50_000));
      await vi.waitFor(() => expect(told).toContain("taken"), 5000);
      socket.destroy();
    };
  };
  const [a, b, c] = [await begin("a"), await begin("b"), await begin("c")];
  const others = [c(), b()];
  // small bodies wait for nobody
  const small = { method: "POST", body: "s" };
  expect((await fetch(`http://127.0.0.1:${port}`, small)).status).toBe(200);
  expect(done).toEqual(["s"]);
  await a();
  await Promise.all(others);
  expect(done).toEqual(["s", "a", "b", "c"]);
  await own.close();
});

test("a request without a body has none", async () => {
  expect((await post(undefined)).body).toBe("none");
});

describe("what is refused", () => {
  const great = Buffer.alloc(limit + 1);
  const gzip = { "content-encoding": "gzip" };
  const cut = gzipSync(Buffer.from("some rows")).subarray(0, 15);
  test.each<readonly [string, () => Buffer | Readable, object, number, string]>([
    ["too many bytes", () => great, {}, 413, "request_large"],
    ["too many in parts", () => Readable.from([great]), {}, 413, "request_large"],
    ["too many once unpacked", () => gzipSync(great), gzip, 413, "request_large"],
    ["no gzip", () => Buffer.from("rows"), gzip, 400, "request_cut"],
    ["a part of gzip", () => cut, gzip, 400, "request_cut"],
    ["fewer than stated", () => Buffer.from("{}"), { "content-length": "9" }, 400, "request_cut"],
    ["more than stated", () => Buffer.from("[1]"), { "content-length": "2" }, 400, "request_cut"],
    [
      "an encoding of nobody",
      () => Buffer.from("x"),
      { "content-encoding": "br" },
      415,
      "request_type",
    ],
    [
      "two encodings",
      () => Buffer.from("x"),
      { "content-encoding": "gzip, gzip" },
      415,
      "request_type",
    ],
  ])("%s", async (_, payload, headers, status, code) => {
    const answer = await post(payload(), headers);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  test("as many as may be are taken", async () => {
    expect((await post(Buffer.alloc(limit))).statusCode).toBe(200);
    expect((await post(gzipSync(Buffer.alloc(limit)), gzip)).statusCode).toBe(200);
  });
});
