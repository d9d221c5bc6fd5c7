// Good requests that were spoilt: values of another kind at any place of their JSON, bytes that were cut, turned or doubled,
// heads that say something else.
import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";

const oddValues = [
  ...[null, true, 0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 1e-320],
  ...[
    "",
    " ",
    "NaN",
    "1.234,5",
    "\u0000",
    "\ud800",
    "é",
    "FP64",
    "2024-02-30",
    "x".repeat(100_000),
  ],
  ...[[], {}, [[]], [null], { b64: "" }, { b64: "%%%" }, { b64: "iVBORw0KGgo=" }, nested(100)],
  ...[[1e9], [2 ** 31, 2 ** 31], Array(5000).fill(0), JSON.parse('{"__proto__":{"rows":1}}')],
];
const oddTexts = [
  "NaN",
  "1e999",
  "-",
  "00",
  "9".repeat(400),
  "0x10",
  ",",
  '"',
  "\u2028",
  "\r",
  ";",
];

function nested(levels) {
  let value = 1;
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

/** All places of a value but the whole: what holds it, and under which key. */
function placesOf(value, found = []) {
  if (typeof value !== "object" || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    placesOf(value[key], found);
  }
  return found;
}

/** What may be done at a place of JSON. */
const onJson = {
  replace: ([holder, key], { value }) => {
    holder[key] = structuredClone(value);
  },
  drop: ([holder, key]) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  repeat: ([holder, key], { at }) => {
    const copies = Array.from({ length: 1 + (at % 40) }, () => structuredClone(holder[key]));
    if (Array.isArray(holder)) holder.splice(Number(key), 0, ...copies);
    else holder[`${key}_`] = copies;
  },
  rename: ([holder, key], { text }) => {
    if (Array.isArray(holder)) holder[key] = { [text]: holder[key] };
    else {
      holder[text] = holder[key];
      delete holder[key];
    }
  },
  wrap: ([holder, key]) => {
    holder[key] = [holder[key]];
  },
};

/** What may be done to the bytes of a body. */
const onBytes = {
  cut: (body, { at }) => body.subarray(0, at % (body.length + 1)),
  turn: (body, { at }) => {
    const turned = Buffer.from(body);
    if (turned.length > 0) turned[at % turned.length] ^= 1 << (at % 8);
    return turned;
  },
  insert: (body, { at, text }) => {
    const place = at % (body.length + 1);
    return Buffer.concat([body.subarray(0, place), Buffer.from(text), body.subarray(place)]);
  },
  double: (body) => Buffer.concat([body, body]),
  mark: (body) => Buffer.concat([Buffer.from("\ufeff"), body]),
  number: (body, { at, text }) => {
    let left = at % 30;
    const changed = body.toString("latin1").replace(/\d+/g, (each) => (left-- === 0 ? text : each));
    return Buffer.from(changed, "latin1");
  },
};

/** What may be said otherwise in the head. */
const onHead = {
  length: (request, { at }) => ({
    ...request,
    headLength: ["-1", "", "1e2", "0", String(at % 2000), "5, 5", "9".repeat(20)][at % 7],
  }),
  type: (request, { at }) => ({
    ...request,
    type: ["text/csv", "", "application/json", "image/png", "a/b", "application/x-ndjson"][at % 6],
  }),
  packed: (request, { at }) => ({
    ...{ ...request, encoding: at % 2 ? "gzip" : "DEFLATE" },
    body: at % 2 ? gzipSync(request.body) : deflateSync(request.body),
  }),
  halfPacked: (request, { at }) => {
    const body = gzipSync(request.body);
    return { ...request, encoding: "gzip", body: body.subarray(0, at % body.length) };
  },
  unpacked: (request) => ({ ...request, encoding: "gzip" }),
  door: (request, { other }) => ({ ...request, url: other.url }),
};

const knobs = (goods) => ({
  at: fc.nat({ max: 1_000_000 }),
  value: fc.constantFrom(...oddValues),
  text: fc.constantFrom(...oddTexts, "__proto__", "constructor", "inputs", "shape", "nobody"),
  other: fc.constantFrom(...goods),
});
const stepsOf = (kinds, goods) => fc.record({ kind: fc.constantFrom(...kinds), ...knobs(goods) });

/** Good requests with up to three changes of their JSON and up to one of their bytes and of their head each. */
export const spoilt = (goods) =>
  fc
    .record({
      good: fc.constantFrom(...goods),
      json: fc.array(stepsOf(Object.keys(onJson), goods), { maxLength: 3 }),
      bytes: fc.array(stepsOf(Object.keys(onBytes), goods), { maxLength: 1 }),
      head: fc.array(stepsOf(Object.keys(onHead), goods), { maxLength: 1 }),
    })
    .map(({ good, json, bytes, head }) => {
      const changed = Buffer.isBuffer(good.body) ? good.body : spoiltJson(good.body, json);
      const body = bytes.reduce((each, step) => onBytes[step.kind](each, step), bytesOf(changed));
      const { headLength } = good;
      const request = { ...good, body, encoding: null, headLength: headLength && `${headLength}` };
      return head.reduce((each, step) => onHead[step.kind](each, step), request);
    });

function spoiltJson(value, steps) {
  const whole = { value: structuredClone(value) };
  for (const step of steps) {
    const places = placesOf(whole);
    if (places.length > 0) onJson[step.kind](places[step.at % places.length], step);
  }
  return whole.value;
}

/** A body as it is sent. */
export const bytesOf = (body) =>
  Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body) ?? "");
