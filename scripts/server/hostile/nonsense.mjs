// Requests that nobody should send: wrong shapes, huge counts, deep JSON, bad base64, truncated bytes, tricks with headers
// and paths, slow and half-closed connections. Each is answered with a 4xx in the catalogue's words, or with 200 where it
// happens to be right; never with a 5xx but 503, and the memory of the server stays.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";

const doors = [
  "/score/table",
  "/score/images",
  "/invocations",
  "/v1/models/table:predict",
  "/v1/models/waves:explain",
  "/v2/models/table/infer",
  "/v2/models/images/infer",
  "/v2/models/waves/versions/1/infer",
];
const types = [
  ...["application/json", "text/csv", "application/x-ndjson", "image/png", "text/plain", ""],
  ...["application/octet-stream", "application/json; charset=utf-16", "multipart/form-data"],
  ...["multipart/form-data; boundary=cut", "multipart/form-data; boundary=cut"],
];

/** Any JSON, with the names that protocols know among its keys. */
const names = fc.constantFrom(
  ...["inputs", "instances", "dataframe_split", "dataframe_records", "columns", "data", "rows"],
  ...[
    "name",
    "shape",
    "datatype",
    "outputs",
    "parameters",
    "binary_data_size",
    "b64",
    "u",
    "v",
    "w",
  ],
  ...["kind", "region", "id", "__proto__", "constructor", "toString", "x", "params", "reasons"],
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e308,
      2 ** 53,
      "FP64",
      "BYTES",
      "score",
      "",
      "\u0000",
      "NaN",
      "é",
    ),
    fc.double({ noNaN: true }),
    fc.string({ maxLength: 20 }),
    fc.array(tie("value"), { maxLength: 6 }),
    fc.dictionary(names, tie("value"), { maxKeys: 6 }),
  ),
}));

const tensor = fc.record({
  name: fc.constantFrom("u", "v", "x", "numeric", "categories", "kind", "nobody"),
  shape: fc.oneof(
    fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }),
    fc.constantFrom([1e9], [2 ** 31, 2 ** 31], [-1], [0], [1.5], [], [2 ** 53], "1"),
  ),
  datatype: fc.constantFrom("FP64", "FP32", "FP16", "INT64", "UINT8", "BOOL", "BYTES", "FP128", 7),
  data: fc.oneof(fc.array(value, { maxLength: 8 }), value),
});
const v2 = fc.record(
  {
    id: fc.oneof(fc.string({ maxLength: 20 }), fc.constant("x".repeat(100_000))),
    inputs: fc.oneof(fc.array(tensor, { maxLength: 4 }), value),
    outputs: fc.oneof(
      fc.array(fc.record({ name: fc.constantFrom("score", "reasons", "nobody") })),
      value,
    ),
    parameters: value,
  },
  { requiredKeys: [] },
);
const row = fc.dictionary(fc.constantFrom("id", "u", "v", "w", "kind", "region", "more"), value);
const text = fc.oneof(
  fc
    .oneof(value, v2, row, fc.array(row, { maxLength: 5 }), fc.record({ instances: fc.array(row) }))
    .map((each) => JSON.stringify(each)),
  fc.constantFrom(
    "[".repeat(100_000),
    `{"a":`.repeat(5000),
    `{"instances":${"[".repeat(40)}1${"]".repeat(40)}}`,
    `{"instances":[{"b64":"%%%"}]}`,
    `{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["iVBORw0KGgo="]}]}`,
    `{"rows":[${"{},".repeat(20_000)}{}]}`,
    `{"id":"${"y".repeat(1_000_000)}","inputs":[]}`,
    '{"u":NaN}',
    '{"u":1e999}',
    "id;u;v;w;kind;region\n1;2;3",
    `id,u,v,w,kind,region\n"${"a".repeat(100_000)}`,
    `${"c,".repeat(50_000)}\n1`,
    `--cut\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n1,2\r\n--cut--`,
    `--cut\r\nContent-Disposition: form-data; name="a"; filename="../a.png"\r\n\r\nGIF\r\n`,
    `${'--cut\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(5000)}--cut--`,
    `${"--cut\r\n\r\n\r\n".repeat(5000)}--cut--`,
    "\u0000\u0001",
    "{",
    "",
  ),
  fc.string({ maxLength: 200 }),
);
const bytes = fc.uint8Array({ maxLength: 400 }).map((each) => Buffer.from(each));

/** A request: body, address and head. */
const request = fc.record({
  url: fc.constantFrom(...doors),
  body: fc.oneof(
    { weight: 5, arbitrary: text.map((each) => Buffer.from(each)) },
    { weight: 1, arbitrary: bytes },
  ),
  type: fc.constantFrom(...types),
  length: fc.option(
    fc.oneof(
      fc.integer({ min: -5, max: 500 }).map(String),
      fc.constantFrom("x", "1e3", "9".repeat(30)),
    ),
    { nil: null },
  ),
  encoding: fc.constantFrom(null, null, null, "gzip", "deflate", "br", "nonsense", "packed"),
  query: fc.constantFrom(
    "",
    "",
    "?reasons=all",
    "?reasons=x",
    "?decimal=%",
    "?delimiter=",
    "?__proto__=1",
  ),
});

const paths = [
  ...[
    "/v2/models/../../etc/passwd",
    "/v2/models/%2e%2e%2fsecret",
    "/score/..%2f..%2fetc",
    "/score/%00",
  ],
  ...[
    "/v2/models/table%2fversions%2f1",
    "/score/table%0d%0aX-Evil:%201",
    "//evil.example/score",
    "/score/%",
  ],
  ...[
    `/score/${"a".repeat(5000)}`,
    "/v1/models/table:nothing",
    "/v1/models/:predict",
    "/docs/../openapi.json",
  ],
  ...[
    "/docs/static/..%2f..%2f..%2fpackage.json",
    "/docs/static/%2e%2e/%2e%2e/package.json",
    "/page.js.map",
  ],
];

const body = Buffer.from('{"u":1,"v":2,"w":3,"kind":"category_a","region":"north"}');
const raw = {
  "two lengths": `POST /score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`,
  "length and chunks": `POST /score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
  "a header that is too long": `GET /ping HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(40_000)}\r\n\r\n`,
  "no HTTP": "\u0016\u0003\u0001\u0002 hello",
  "a foreign host": "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
  "no host": "GET / HTTP/1.1\r\n\r\n",
  "a method of nobody": "PURGE /score HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "a bad id": "GET /ping HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: a\u0001b\r\n\r\n",
};

/** Sends bytes as they are, and gives what comes back within a time. */
function sendRaw(url, text, { wait = 700, half = false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      if (half) socket.end(text);
      else socket.write(text);
    });
    let told = "";
    socket.on("data", (chunk) => {
      told += chunk;
    });
    socket.on("error", () => resolve(told));
    socket.on("close", () => resolve(told));
    setTimeout(() => socket.destroy(), wait);
  });
}

const memoryOf = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

/** Sends all of it to a server; throws at the first answer that should not be. */
export async function attack(url, pid, { cases, seed }) {
  const statuses = new Map();
  const judge = async (answer, what) => {
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const told = await answer.text();
    if (answer.status >= 500 && answer.status !== 503)
      throw new Error(`${answer.status} for ${what}: ${told.slice(0, 300)}`);
    if (answer.status < 400) return;
    const { code, message, error } = JSON.parse(told);
    if (!code || !message || error !== message) throw new Error(`no words for ${what}: ${told}`);
    if (/\/(tmp|home|root|work|usr)\/|\bat .*\.js:\d/.test(told))
      throw new Error(`it tells too much: ${told}`);
  };
  const send = async ({ url: place, body: own, type, length, encoding, query }) => {
    const packed = encoding === "packed" ? gzipSync(own) : own;
    const headers = {
      ...(type !== "" && { "content-type": type }),
      ...(length !== null && { "inference-header-content-length": length }),
      ...(encoding && { "content-encoding": encoding === "packed" ? "gzip" : encoding }),
    };
    const answer = await fetch(`${url}${place}${query}`, { method: "POST", headers, body: packed });
    await judge(answer, `${place} ${type} ${String(own).slice(0, 200)}`);
  };
  const run = (count, from) =>
    fc.assert(fc.asyncProperty(request, send), { numRuns: count, seed: from, endOnFailure: true });
  // what grows once, such as compiled code and pools, has grown after these
  await run(Math.min(200, cases), seed);
  const before = memoryOf(pid);
  await run(cases, seed + 1);
  for (const path of paths) {
    const told = await sendRaw(
      url,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    if (!/^HTTP\/1\.1 (4\d\d|200)/.test(told)) throw new Error(`${path}: ${told.slice(0, 200)}`);
    if (/root:x|"name": "@fastify/.test(told))
      throw new Error(`${path} gives a file of the machine`);
    if (/^X-Evil/im.test(told)) throw new Error(`${path} writes a header`);
  }
  for (const [name, text] of Object.entries(raw)) {
    const told = await sendRaw(url, text);
    if (told !== "" && !/^HTTP\/1\.1 (4\d\d|200)/.test(told))
      throw new Error(`${name}: ${told.slice(0, 200)}`);
  }
  // pipelined requests are answered in order, one whose connection is half closed too
  const one = `POST /score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const piped = await sendRaw(url, one.repeat(5), { wait: 1500 });
  if ((piped.match(/HTTP\/1\.1 200/g) ?? []).length !== 5)
    throw new Error(`pipelined: ${piped.slice(0, 300)}`);
  const half = await sendRaw(url, one, { half: true, wait: 1500 });
  if (half !== "" && !half.startsWith("HTTP/1.1 200"))
    throw new Error(`half closed: ${half.slice(0, 300)}`);
  // connections that say nothing, or say it slowly, hold nobody up
  const { hostname, port } = new URL(url);
  const slow = Array.from({ length: 100 }, (_, i) => {
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {});
    socket.write(i % 2 ? "POST /score HTTP/1.1\r\nHost: loc" : "");
    return socket;
  });
  const began = Date.now();
  await judge(
    await fetch(`${url}/score`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    }),
    "beside slow ones",
  );
  if (Date.now() - began > 2000) throw new Error("slow connections hold others up");
  for (const socket of slow) socket.destroy();
  const answer = await fetch(`${url}/score`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  if (answer.status !== 200) throw new Error(`afterwards it answers with ${answer.status}`);
  const after = memoryOf(pid);
  if (after > 1.3 * before + 30)
    throw new Error(`memory grew from ${before.toFixed(0)} to ${after.toFixed(0)} MB`);
  const counts = [...statuses].sort((a, b) => a[0] - b[0]).map(([status, n]) => `${n} x ${status}`);
  return `${counts.join(", ")}; ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`;
}
