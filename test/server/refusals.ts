import { gzipSync } from "node:zlib";
import { written, writtenType } from "./forms.ts";

/** A request that is refused: what is wrong with it, its address, its body and its head. */
export type Refused = readonly [
  what: string,
  url: string,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
];

const csv = { "content-type": "text/csv" };
const lines = { "content-type": "application/x-ndjson" };
const png = { "content-type": "image/png" };
const v2 = (name: string) => `/v2/models/${name}/infer`;
const input = (more: object) => ({
  inputs: [
    { name: "x", shape: [1, 12, 2], datatype: "FP32", data: new Array(24).fill(0), ...more },
  ],
});
const row = { amount: 1, balance: 2, country: "ES", opened: "2024-01-01", active: true, visits: 3 };
const header = "client,amount,balance,country,opened,active,visits";
const bytes = (text: string) => Buffer.from(text);

const file = (name: string, body: string): readonly [string, string] => [
  `Content-Disposition: form-data; name="file"; filename="${name}"`,
  body,
];
const field = (name: string, value: string): readonly [string, string] => [
  `Content-Disposition: form-data; name="${name}"`,
  value,
];
const form = (...parts: readonly (readonly [string, string])[]) =>
  [written(...parts), writtenType] as const;

/** Requests that models of clients (a table), pictures and waves refuse, each for another reason. */
export const refused: readonly Refused[] = [
  ["no JSON", "/score/clients", '{"amount":\n nope}'],
  ["JSON that ends", "/score/clients", '{"amount": [1'],
  ["a text that ends", "/score/clients", '{"amount'],
  ["JSON in a line", "/score/clients", `${JSON.stringify(row)}\n{"amount" 2}`, lines],
  ["deep JSON", "/score/clients", "[".repeat(60)],
  ["no UTF-8", "/score/clients", Buffer.from([0x22, 0xff, 0x22])],
  ["an option that nobody knows", "/score/clients?colour=red", row],
  ["an option of another value", "/score/clients?decimal=x", row],
  ["an option without a value", "/score/clients?delimiter=", row],
  ["an option that is too long", "/score/clients?delimiter=12345678901", row],
  ["a type of nobody", "/score/clients", "x", { "content-type": "text/plain" }],
  ["a type that is none", "/score/clients", "x", { "content-type": "nonsense/" }],
  ["an encoding of nobody", "/score/clients", "x", { "content-encoding": "br" }],
  ["no gzip", "/score/clients", "x", { "content-encoding": "gzip" }],
  ["another length", "/score/clients", "{}", { "content-length": "9" }],
  ["a row that is no object", "/score/clients", [row, 7]],
  ["a missing column", "/score/clients", { amount: 1 }],
  ["a column of another name", "/score/clients", { ...row, balance: undefined, balanced: 1 }],
  ["text for a number", "/score/clients", { ...row, amount: "many" }],
  ["a list for a number", "/score/clients", { ...row, amount: [1] }],
  ["a list for a category", "/score/clients", { ...row, country: [1] }],
  ["no date", "/score/clients", { ...row, opened: "32/13/2024" }],
  ["a number that is too great", "/score/clients", { ...row, amount: 1e308 }],
  ["no rows", "/score/clients", { rows: [] }],
  ["CSV without rows", "/score/clients", header, csv],
  ["empty CSV", "/score/clients", "", csv],
  ["CSV of another width", "/score/clients", `${header}\nc1,1,2,ES`, csv],
  ["CSV with no header that fits", "/score/clients?header=false", "1,2\n3,4", csv],
  ["CSV with text for a number", "/score/clients", `${header}\nc1,x,2,ES,2024-01-01,true,3`, csv],
  [
    "dates in another order",
    "/score/clients?dates=mdy",
    `${header}\nc1,1,2,ES,31/01/2024,true,3`,
    csv,
  ],
  ["too many rows", "/score/clients", { rows: new Array(101).fill(row) }],
  [
    "CSV that breaks off",
    "/score/clients",
    `${header}\n${"c1,1,2,ES,2024-01-01,true,3\n".repeat(3)}c1`,
    csv,
  ],
  ["CSV for images", "/score/pictures", "1,2", csv],
  ["an image for a table", "/score/clients", "x", png],
  ["no image", "/score/pictures", "x", png],
  [
    "an image of another kind",
    "/score/pictures",
    bytes("GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    png,
  ],
  ["sequences of other counts", "/score/waves", "1,2\n3,4\n", csv],
  ["sequences of other widths", "/score/waves", "1,2,3\n3,4,5\n", csv],
  ["a step of text in CSV", "/score/waves", `${"1,2\n".repeat(11)}1,x`, csv],
  ["a form without files", "/score/clients", ...form(field("reasons", "all"))],
  ["a form that ends", "/score/clients", form(file("a.csv", "1"))[0].slice(0, 90), writtenType],
  ["a form without a boundary", "/score", "x", { "content-type": "multipart/form-data" }],
  ["two tables", "/score/clients", ...form(file("a.csv", "1"), file("b.csv", "1"))],
  ["a file of another kind", "/score/clients", ...form(file("a.xlsx", "1"))],
  ["a broken image in a form", "/score/pictures", ...form(file("a.png", "1"))],
  ["a table in a form for images", "/score/pictures", ...form(file("a.csv", "1"))],
  ["a field of nobody", "/score/clients", ...form(file("a.csv", "1"), field("colour", "red"))],
  ["an option twice", "/score?reasons=all", ...form(file("a.csv", "1"), field("reasons", "none"))],
  ["what is rebuilt, in CSV", "/score/clients?reconstruction=true&format=csv", row],
  ["a long field", "/score", ...form(field("reasons", "x".repeat(2000)))],
  ["many fields", "/score", ...form(...new Array(40).fill(field("reasons", "all")))],
  ["a part without a name", "/score", ...form(["Content-Type: text/csv", "1"])],
  ["many files", "/score/pictures", ...form(...new Array(101).fill(file("a.png", "1")))],
  ["a form for MLflow", "/invocations", ...form(file("a.csv", "1"))],
  ["nobody's address", "/nowhere", {}],
  ["no address", "/score/%", {}],
  ["a long name", `/score/${"a".repeat(200)}`, {}],
  ["nobody's model", "/score/nobody", row],
  ["nobody's version", "/v2/models/clients/versions/9/infer", {}],
  ["both shapes", "/v1/models/clients:predict", { instances: [row], inputs: [row] }],
  ["neither shape", "/v1/models/clients:predict", {}],
  ["instances that are no list", "/v1/models/clients:predict", { instances: 7 }],
  ["inputs that are none", "/v1/models/clients:predict", { inputs: 7 }],
  [
    "lists of other lengths",
    "/v1/models/clients:predict",
    { inputs: { amount: [1], balance: [1, 2] } },
  ],
  ["a column that is no list", "/v1/models/clients:predict", { inputs: { amount: 1 } }],
  ["a list of another length", "/v1/models/clients:predict", { instances: [[1, 2]] }],
  ["columns for images", "/v1/models/pictures:predict", { inputs: { a: [1], b: [2] } }],
  ["no base64 among images", "/v1/models/pictures:predict", { instances: [{ b64: "AAAA" }, 7] }],
  ["base64 of no image", "/v1/models/pictures:predict", { instances: [{ b64: "AAAA" }] }],
  ["an image of other sizes", "/v1/models/pictures:predict", { instances: [[[1]]] }],
  [
    "a pixel that is missing",
    "/v1/models/pictures:predict",
    { instances: [new Array(64).fill(null)] },
  ],
  ["a step that is text", "/v1/models/waves:predict", { instances: [new Array(24).fill("x")] }],
  ["two shapes at once", "/invocations", { instances: [row], dataframe_records: [row] }],
  ["none of the shapes", "/invocations", {}],
  ["reasons of nobody", "/invocations", { instances: [row], params: { reasons: "some" } }],
  ["params that are none", "/invocations", { instances: [row], params: [] }],
  ["columns without names", "/invocations", { dataframe_split: { columns: [1], data: [] } }],
  [
    "a split of another width",
    "/invocations",
    { dataframe_split: { columns: ["a"], data: [[1, 2]] } },
  ],
  ["a split without data", "/invocations", { dataframe_split: { columns: ["a"] } }],
  ["a type that MLflow has not", "/invocations", "x", { "content-type": "text/plain" }],
  ["no inputs", v2("waves"), { inputs: [] }],
  ["a datatype of nobody", v2("waves"), input({ datatype: "FP128" })],
  ["an id that is too long", v2("waves"), { id: "x".repeat(600), ...input({}) }],
  ["an id that is none", v2("waves"), { id: 7, ...input({}) }],
  ["a shape below 0", v2("waves"), input({ shape: [-1] })],
  ["a shape of halves", v2("waves"), input({ shape: [1.5] })],
  ["no shape", v2("waves"), input({ shape: [] })],
  ["a shape of many sizes", v2("waves"), input({ shape: new Array(9).fill(1) })],
  ["a shape that is too great", v2("waves"), input({ shape: [2 ** 31, 2 ** 31] })],
  ["too few values", v2("waves"), input({ data: [1] })],
  ["no values", v2("waves"), input({ data: undefined })],
  ["another tensor", v2("waves"), input({ name: "y" })],
  ["another shape", v2("waves"), input({ shape: [2, 12, 1] })],
  ["a value that is none", v2("waves"), input({ data: new Array(24).fill("x") })],
  ["an output of nobody", v2("waves"), { ...input({}), outputs: [{ name: "odd" }] }],
  ["outputs that are none", v2("waves"), { ...input({}), outputs: 7 }],
  ["an output without a name", v2("waves"), { ...input({}), outputs: [{}] }],
  ["bytes that are not there", v2("waves"), input({ parameters: { binary_data_size: 5 } })],
  ["a header that is no number", v2("waves"), "{}", { "inference-header-content-length": "-5" }],
  ["a header that is too long", v2("waves"), "{}", { "inference-header-content-length": "500" }],
  [
    "bytes that nobody wants",
    v2("waves"),
    Buffer.concat([bytes(JSON.stringify(input({}))), Buffer.alloc(4)]),
    { "inference-header-content-length": String(JSON.stringify(input({})).length) },
  ],
  ["bytes of another shape", v2("waves"), ...packed({ parameters: { binary_data_size: 4 } })],
  [
    "elements that are cut",
    v2("pictures"),
    ...packed({ datatype: "BYTES", shape: [1], parameters: { binary_data_size: 4 } }),
  ],
  ["BYTES of no image", v2("pictures"), input({ datatype: "BYTES", shape: [1], data: ["AAAA"] })],
  [
    "columns of other lengths",
    v2("clients"),
    {
      inputs: ["amount", "balance"].map((name, i) => ({
        ...{ name, shape: [i + 1], datatype: "FP64", data: new Array(i + 1).fill(1) },
      })),
    },
  ],
  [
    "a file of another place",
    "/v2/repository/models/clients/load",
    { parameters: { config: "x" } },
  ],
  ["parameters that are none", "/v2/repository/models/clients/load", { parameters: 7 }],
  ["a foreign host", "/score", row, { host: "evil.example" }],
  ["a foreign page", "/score", row, { "sec-fetch-site": "cross-site" }],
  ["a page of nobody", "/score", row, { origin: "https://evil.example" }],
  [
    "too large",
    "/score/clients",
    gzipSync(Buffer.alloc(3_000_000)),
    { "content-encoding": "gzip" },
  ],
];

/** An inference request whose only tensor is four bytes behind the JSON. */
function packed(more: object): [Buffer, Record<string, string>] {
  const head = bytes(JSON.stringify(input({ data: undefined, ...more })));
  return [
    Buffer.concat([head, Buffer.alloc(4, 1)]),
    { "inference-header-content-length": String(head.length) },
  ];
}
