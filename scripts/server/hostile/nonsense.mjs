// Requests of nonsense: any JSON with the names that protocols know, shapes of nobody, counts that are huge, deep lists, bad
// base64, any bytes, each to any door with any type, length and encoding.
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
const typesOfNobody = [
  ...["text/csv", "application/x-ndjson", "image/png", "text/plain", "", "nonsense"],
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

/** Requests, each with its address, its body and its head. */
export const nonsense = fc.record({
  url: fc
    .tuple(
      fc.constantFrom(...doors),
      fc.constantFrom(
        ...["", "", "", "?reasons=all", "?reasons=x", "?decimal=%", "?delimiter="],
        "?__proto__=1",
      ),
    )
    .map((parts) => parts.join("")),
  body: fc.oneof(
    { weight: 5, arbitrary: text.map((each) => Buffer.from(each)) },
    { weight: 1, arbitrary: bytes },
  ),
  type: fc.oneof(
    { weight: 3, arbitrary: fc.constant("application/json") },
    { weight: 2, arbitrary: fc.constantFrom(...typesOfNobody) },
  ),
  headLength: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: -5, max: 500 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom("x", "1e3", "9".repeat(30)) },
  ),
  encoding: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom("gzip", "deflate", "br", "nonsense") },
  ),
});
