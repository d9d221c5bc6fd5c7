// Bodies that are great, or become so: counts of a million, bombs of gzip and PNG, images without end. One of each is enough.
import { deflateSync, gzipSync } from "node:zlib";
import sharp from "sharp";

const million = 1_000_000;
const v2 = (tensors) => JSON.stringify({ inputs: tensors });

/** Each with what it is, and the statuses that are right for it. */
export async function greatRequests() {
  const wide = await plainImage(7000);
  const form = Buffer.concat(
    Array.from({ length: Math.floor((12 << 20) / wide.length) }, (_, i) => [
      Buffer.from(`--cut\r\nContent-Disposition: form-data; name="a"; filename="${i}.png"\r\n\r\n`),
      ...[wide, Buffer.from("\r\n")],
    ])
      .flat()
      .concat(Buffer.from("--cut--\r\n")),
  );
  const type = { csv: "text/csv", json: "application/json", png: "image/png" };
  const lines = `id,u,v,w,kind,region\n${"1,1,1,1,category_a,north\n".repeat(600_000)}`;
  return [
    great(
      "a million rows of CSV",
      "/score/table",
      type.csv,
      `u\n${"1\n".repeat(million)}`,
      [413, 422],
    ),
    great("as many lines as a body takes", "/score/table", type.csv, lines, [413]),
    great("a million objects", "/score/table", type.json, `[${"{},".repeat(million)}{}]`, [413]),
    great("a million lines", "/score/table", "application/x-ndjson", "{}\n".repeat(million), [413]),
    great("a million columns", "/score/table", type.csv, `${"c,".repeat(million)}d\n1`, [422]),
    great("a million keys", "/score/table", type.json, keys(million), [422]),
    great("a million unknown columns", "/score/table", type.json, more(million), [200]),
    great(
      "a million numbers",
      "/v1/models/images:predict",
      type.json,
      list("instances", "1"),
      [400, 413],
    ),
    great("a million ids", "/v2/models/table/infer", type.json, v2(ids(million)), [400, 413, 422]),
    great("a million tensors", "/v2/models/table/infer", type.json, list("inputs", "{}"), [400]),
    great("very many outputs", "/v2/models/table/infer", type.json, outputs(700_000), [400]),
    great(
      "an id of 15 MB",
      "/v2/models/table/infer",
      type.json,
      `{"id":"${"y".repeat(15e6)}"}`,
      [400],
    ),
    great(
      "a bomb of gzip",
      "/score/table",
      type.json,
      gzipSync(Buffer.alloc(300 << 20)),
      [413],
      "gzip",
    ),
    great(
      "a bomb of deflate",
      "/score/table",
      type.csv,
      deflateSync(Buffer.alloc(300 << 20)),
      [413],
      "deflate",
    ),
    great("a PNG of 60,000 by 60,000", "/score/images", type.png, emptyPng(60_000), [400]),
    great("a PNG of 49 million pixels", "/score/images", type.png, wide, [200]),
    great(
      "a body full of those",
      "/score/images",
      "multipart/form-data; boundary=cut",
      form,
      [400, 413],
    ),
  ];
}

const great = (name, url, type, body, right, encoding = null) => ({
  ...{ name, url, type, right, encoding, headLength: null, body: Buffer.from(body) },
});
const list = (name, one) => `{"${name}":[${`${one},`.repeat(million)}${one}]}`;
const keys = (count) => `{${Array.from({ length: count }, (_, i) => `"${i}":1`).join()}}`;
const more = (count) =>
  keys(count).replace("{", '{"u":1,"v":2,"w":3,"kind":"category_a","region":"north",');
const ids = (count) => [
  { name: "id", shape: [count], datatype: "BYTES", data: Array.from({ length: count }, String) },
];
const outputs = (count) =>
  JSON.stringify({ inputs: ids(1), outputs: Array(count).fill({ name: "score" }) });

const plainImage = (side) =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#777" } })
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();

/** The head of a PNG of one colour, without its pixels. */
function emptyPng(side) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunk = (name, data) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    return Buffer.concat([size, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IEND", Buffer.alloc(0))]);
}
