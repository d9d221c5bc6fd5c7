// Heads that contradict themselves, and tricks with addresses.
import { get, lengthOf, own, post, row } from "./sockets.mjs";

const chunked = "Transfer-Encoding: chunked\r\n";
const infer = "/v2/models/table/infer";
const jsonLength = "Inference-Header-Content-Length";

/** Heads that should not be, each with the status and the code that are right; 200 where it does no harm. */
export const heads = [
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
export const paths = [
  ...["/v2/models/../../etc/passwd", "/v2/models/%2e%2e%2fsecret", "/score/..%2f..%2fetc"],
  ...["/score/%00", "/v2/models/table%2fversions%2f1", "/score/table%0d%0aX-Evil:%201"],
  ...["//evil.example/score", "/score/%", "/score/%ff", "/v1/models/table:nothing"],
  ...["/v1/models/:predict", "/docs/../openapi.json", "/page.js.map", `/score/${"a".repeat(5000)}`],
  ...["/docs/static/..%2f..%2f..%2fpackage.json", "/docs/static/%2e%2e/%2e%2e/package.json"],
  ...["/v2/models/__proto__", "/v2/models/constructor/infer", "/score/table?reasons[]=all"],
];
