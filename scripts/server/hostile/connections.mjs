// What is wrong with a connection rather than with a body: heads that contradict themselves, requests in one piece, closed by
// half, given up, and clients that take their time.
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const row = '{"u":1,"v":2,"w":3,"kind":"category_a","region":"north"}';
const own = "Host: localhost\r\n";
const json = "Content-Type: application/json\r\n";
const lengthOf = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n`;
const get = (path, headers = own) => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
const post = (headers, body = row, url = "/score", host = own) =>
  `POST ${url} HTTP/1.1\r\n${host}${json}${headers}\r\n${body}`;
const chunked = "Transfer-Encoding: chunked\r\n";
const infer = "/v2/models/table/infer";
const jsonLength = "Inference-Header-Content-Length";

/** Heads that should not be, each with the status and the code that are right; 200 where it does no harm. */
const heads = [
  [
    "two lengths",
    post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
    400,
    "request_http",
  ],
  ["a list of lengths", post(`Content-Length: 5, 5\r\n`, "hello"), 400, "request_http"],
  ["a length below 0", post("Content-Length: -1\r\n"), 400, "request_http"],
  ["a signed length", post("Content-Length: +5\r\n"), 400, "request_http"],
  ["a hexadecimal length", post("Content-Length: 0x10\r\n"), 400, "request_http"],
  ["a length beyond all", post(`Content-Length: ${"9".repeat(30)}\r\n`), 400, "request_http"],
  ["a length beyond the limit", post("Content-Length: 17000000\r\n"), 413, "request_large"],
  [
    "a length and chunks",
    post(`Content-Length: 5\r\n${chunked}`, "0\r\n\r\n"),
    400,
    "request_http",
  ],
  ["chunks twice", post(chunked + chunked, "0\r\n\r\n"), 400, "request_http"],
  [
    "chunks by another name",
    post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
    400,
    "request_http",
  ],
  ["chunks of no number", post(chunked, "zz\r\n\r\n"), 400, "request_http"],
  ["a chunk beyond all", post(chunked, `${"f".repeat(17)}\r\n`), 400, "request_http"],
  [
    "chunks with long extensions",
    post(chunked, `5;${"a".repeat(20_000)}\r\nhello\r\n0\r\n\r\n`),
    400,
    "request_http",
  ],
  [
    "a header that is too long",
    get("/ping", `${own}X: ${"x".repeat(40_000)}\r\n`),
    431,
    "request_head",
  ],
  ["an address that is too long", get(`/${"x".repeat(40_000)}`), 431, "request_head"],
  ["very many headers", get("/ping", `${own}${"A: b\r\n".repeat(4000)}`), 200],
  ["TLS", "\u0016\u0003\u0001\u0002 hello", 400, "request_http"],
  ["HTTP 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "request_http"],
  ["HTTP 9.9", "GET /ping HTTP/9.9\r\n\r\n", 400, "request_http"],
  [
    "lines without carriage returns",
    "GET /ping HTTP/1.1\nHost: localhost\n\n",
    400,
    "request_http",
  ],
  ["a zero byte in a header", get("/ping", `${own}X: a\u0000b\r\n`), 400, "request_http"],
  [
    "an id with a control character",
    get("/ping", `${own}X-Request-Id: a\u0001b\r\n`),
    400,
    "request_http",
  ],
  ["a space in a name", get("/ping", `${own}Bad Name: x\r\n`), 400, "request_http"],
  ["a folded header", get("/ping", `${own}X: a\r\n b\r\n`), 400, "request_http"],
  ["no host", get("/ping", ""), 403, "host_refused"],
  ["a foreign host", get("/ping", "Host: evil.example\r\n"), 403, "host_refused"],
  ["its own host as a user", get("/ping", "Host: localhost@evil.example\r\n"), 403, "host_refused"],
  [
    "its own host and another",
    get("/ping", "Host: localhost, evil.example\r\n"),
    403,
    "host_refused",
  ],
  ["a host with no port", get("/ping", "Host: localhost:evil\r\n"), 403, "host_refused"],
  ["a host below it", get("/ping", "Host: localhost.evil.example\r\n"), 403, "host_refused"],
  ["two hosts", get("/ping", `${own}HOST: evil.example\r\n`), 400, "request_http"],
  ["another host in the address", get("http://evil.example/ping"), 403, "host_refused"],
  [
    "a host as a proxy says it",
    get("/ping", "Host: evil.example\r\nX-Forwarded-Host: localhost\r\n"),
    403,
    "host_refused",
  ],
  ["the origin of a file", post(`Origin: null\r\n${lengthOf(row)}`), 403, "origin_refused"],
  [
    "two origins",
    post(`Origin: http://localhost\r\nOrigin: http://evil.example\r\n${lengthOf(row)}`),
    403,
    "origin_refused",
  ],
  [
    "a page elsewhere",
    post(`Sec-Fetch-Site: cross-site\r\n${lengthOf(row)}`),
    403,
    "origin_refused",
  ],
  ["a tunnel", "CONNECT evil.example:80 HTTP/1.1\r\nHost: a\r\n\r\n", 404, "route_unknown"],
  ["a method of nobody", `PURGE /score HTTP/1.1\r\n${own}\r\n`, 404, "route_unknown"],
  ["a trace", `TRACE /score HTTP/1.1\r\n${own}\r\n`, 404, "route_unknown"],
  ["another protocol", get("/ping", `${own}Connection: Upgrade\r\nUpgrade: websocket\r\n`), 200],
  ["an Expect of nobody", post(`Expect: nonsense\r\n${lengthOf(row)}`), 200],
  ["a list of types", post(`Accept: ${",".repeat(8000)}\r\n${lengthOf(row)}`), 200],
  [
    "a list of encodings",
    post(`Accept-Encoding: ${"gzip;q=,".repeat(500)}\r\n${lengthOf(row)}`),
    200,
  ],
  ["packed twice", post(`Content-Encoding: gzip, gzip\r\n${lengthOf(row)}`), 415, "request_type"],
  [
    "a length of JSON below 0",
    post(`${jsonLength}: -5\r\n${lengthOf(row)}`, row, infer),
    400,
    "request_invalid",
  ],
  [
    "a length of JSON that is none",
    post(`${jsonLength}: \r\n${lengthOf(row)}`, row, infer),
    400,
    "request_invalid",
  ],
  [
    "two lengths of JSON",
    post(`${jsonLength}: 5\r\n${jsonLength}: 6\r\n${lengthOf(row)}`, row, infer),
    400,
    "request_invalid",
  ],
  [
    "a length of JSON beyond the body",
    post(`${jsonLength}: 999\r\n${lengthOf(row)}`, row, infer),
    400,
    "request_invalid",
  ],
];

/** Tricks with addresses: a 4xx, or 200 of what the address really is. */
const paths = [
  ...["/v2/models/../../etc/passwd", "/v2/models/%2e%2e%2fsecret", "/score/..%2f..%2fetc"],
  ...["/score/%00", "/v2/models/table%2fversions%2f1", "/score/table%0d%0aX-Evil:%201"],
  ...["//evil.example/score", "/score/%", "/score/%ff", "/v1/models/table:nothing"],
  ...["/v1/models/:predict", "/docs/../openapi.json", "/page.js.map", `/score/${"a".repeat(5000)}`],
  ...["/docs/static/..%2f..%2f..%2fpackage.json", "/docs/static/%2e%2e/%2e%2e/package.json"],
  ...["/v2/models/__proto__", "/v2/models/constructor/infer", "/score/table?reasons[]=all"],
];

/** A connection that keeps what it hears, and when it ended. */
function connection(url) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const heard = { text: "", endedAfter: null, socket };
  const began = Date.now();
  socket.setEncoding("latin1");
  socket.on("data", (part) => {
    heard.text += part;
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    heard.endedAfter = Date.now() - began;
  });
  return heard;
}

/** Waits until something holds, for at most so long; says whether it does. */
async function until(holds, ms) {
  const ends = Date.now() + ms;
  while (!holds() && Date.now() < ends) await wait(20);
  return holds();
}

/** The answers in what a connection heard, in their order. */
function answersIn(text) {
  const answers = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\r\n\r\n", at);
    if (end < 0) break;
    const [first, ...lines] = text.slice(at, end).split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(":")[0].toLowerCase(), line.replace(/^[^:]*: */, "")]),
    );
    const length = Number(headers["content-length"] ?? 0);
    const body = text.slice(end + 4, end + 4 + length);
    if (body.length < length) break;
    answers.push({ status: Number(first.split(" ")[1]), headers, body });
    at = end + 4 + length;
  }
  return answers;
}

/** Sends bytes as they are, and gives the answers, once there are so many, or the connection ends. */
async function ask(url, text, { count = 1, half = false } = {}) {
  const heard = connection(url);
  if (half) heard.socket.end(text);
  else heard.socket.write(text);
  const done = () => heard.endedAfter !== null || answersIn(heard.text).length >= count;
  await until(done, 20_000);
  heard.socket.destroy();
  return answersIn(heard.text);
}

/** Each head and each path, judged one by one. */
export async function askOddly(url, words) {
  for (const [name, text, status, code] of heads) {
    const [answer] = await ask(url, text);
    if (answer?.status !== status)
      throw new Error(`${name}: ${answer?.status ?? "no answer"} ${answer?.body ?? ""}`);
    if (status === 200) continue;
    words(answer.body, name);
    if (JSON.parse(answer.body).code !== code) throw new Error(`${name}: ${answer.body}`);
  }
  for (const path of paths) {
    const [answer] = await ask(url, get(path, `${own}Connection: close\r\n`));
    const { status = 0, body = "", headers = {} } = answer ?? {};
    if (status >= 400 && status < 500) words(body, path);
    else if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
    if (/root:x|"name": "@fastify/.test(body))
      throw new Error(`${path} gives a file of the machine`);
    if ("x-evil" in headers) throw new Error(`${path} writes a header`);
  }
  return heads.length + paths.length;
}

/** Great, small, refused and empty requests in one piece: each is answered, in their order. */
export async function askInOnePiece(url) {
  const rows = `[${Array(2000).fill(row).join()}]`;
  const kinds = [
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf(rows)}`, rows), 200],
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf(row)}`), 200],
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf("{")}`, "{"), 400],
    (id) => [get("/ping", `${own}X-Request-Id: ${id}\r\n`), 200],
    (id) => [get("/nowhere", `${own}X-Request-Id: ${id}\r\n`), 404],
    (id) => [post(`X-Request-Id: ${id}\r\n${lengthOf(row)}`, row, "/v1/models/no:predict"), 404],
  ];
  const wanted = Array.from({ length: 24 }, (_, i) => {
    const id = `piece-${i}`;
    const [text, status] = kinds[i % kinds.length](id);
    return { id, text, status };
  });
  const answers = await ask(url, wanted.map(({ text }) => text).join(""), { count: wanted.length });
  const found = answers.map(({ status, headers }) => `${headers["x-request-id"]} ${status}`);
  const right = wanted.map(({ id, status }) => `${id} ${status}`);
  if (found.join() !== right.join()) throw new Error(`in one piece: ${found} instead of ${right}`);
  return wanted.length;
}

/** Requests whose clients are gone, in whole or by half, leave nothing behind. */
export async function leaveEarly(url) {
  const rows = post(
    lengthOf(`[${Array(3000).fill(row).join()}]`),
    `[${Array(3000).fill(row).join()}]`,
  );
  const gone = Array.from({ length: 60 }, (_, i) => {
    const heard = connection(url);
    const text = i % 3 === 0 ? rows.slice(0, rows.length / 2) : rows;
    if (i % 3 === 1) heard.socket.end(text);
    else heard.socket.write(text, () => setTimeout(() => heard.socket.resetAndDestroy(), 5 * i));
    return heard;
  });
  for (let i = 0; i < 500; i++) connection(url).socket.destroy();
  await until(() => gone.every(({ endedAfter }) => endedAfter !== null), 20_000);
  for (const { text } of gone)
    for (const { status, body } of answersIn(text))
      if (status !== 200 && status !== 503) throw new Error(`half closed: ${status} ${body}`);
  // nobody is left inside
  let inside = Number.NaN;
  for (let tries = 0; inside !== 0 && tries < 100; tries++) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    inside = Number(/^espejo_inside_requests (\d+)/m.exec(metrics)?.[1]);
    await wait(100);
  }
  if (inside !== 0) throw new Error(`${inside} requests of clients that are gone are still inside`);
  return gone.length;
}

/** Clients that send nothing, or now and then a byte of a head or of a body, or do not take their answer. */
export function startSlowly(url, { full }) {
  const began = Date.now();
  const drip = (first, every) => {
    const heard = connection(url);
    heard.socket.write(first);
    const clock = setInterval(() => heard.socket.write(every), 300);
    heard.socket.on("close", () => clearInterval(clock));
    return heard;
  };
  const heads = Array.from({ length: 60 }, (_, i) =>
    i % 2 ? connection(url) : drip("POST /score HTTP/1.1\r\nHost: loc", "x"),
  );
  const bodies = Array.from({ length: full ? 40 : 0 }, () =>
    drip(`POST /score HTTP/1.1\r\n${own}${json}Content-Length: 100000\r\n\r\n`, " "),
  );
  const rows = `[${Array(10_000).fill(row).join()}]`;
  const asked = 8;
  const takers = Array.from({ length: full ? 3 : 0 }, () => {
    const heard = connection(url);
    heard.socket.pause();
    // the first answers lie in buffers of the system
    heard.socket.write(post(lengthOf(rows), rows, "/score/table?reasons=all").repeat(asked));
    return heard;
  });
  const all = [...heads, ...bodies, ...takers];
  return {
    leave() {
      for (const { socket } of all) socket.destroy();
    },
    /** Waits until all are cut off, and says after how many seconds at most. */
    async end() {
      const slowest = async (each, seconds, what) => {
        await until(
          () => each.every(({ endedAfter }) => endedAfter !== null),
          seconds * 1000 + 5000,
        );
        for (const { endedAfter, text } of each) {
          if (endedAfter === null || endedAfter > seconds * 1000 + 5000)
            throw new Error(`${what} that comes slowly is not cut off`);
          const [answer] = answersIn(text);
          if (answer?.status !== 408 || JSON.parse(answer.body).code !== "request_late")
            throw new Error(`${what} that comes slowly hears ${text}`);
        }
        return (Math.max(0, ...each.map(({ endedAfter }) => endedAfter)) / 1000).toFixed(1);
      };
      const told = [`slow heads cut off after ${await slowest(heads, 10, "a head")} s`];
      if (!full) return told.join();
      told.push(`slow bodies after ${await slowest(bodies, 30, "a body")} s`);
      // answers that nobody took are not all there when they are taken at last
      await wait(Math.max(0, 90_000 - (Date.now() - began)));
      for (const { socket } of takers) socket.resume();
      await until(() => takers.every(({ endedAfter }) => endedAfter !== null), 10_000);
      for (const { text, endedAfter } of takers)
        if (endedAfter === null || text === "" || answersIn(text).length >= asked)
          throw new Error("a client that does not take its answer is waited for");
      return [...told, "answers that nobody takes given up"].join(", ");
    },
  };
}
