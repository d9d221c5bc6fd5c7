// Requests as people send them, at each door for each model: what hostile ones are made of.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const json = "application/json";
const binary = "application/octet-stream";

/** Each with its address, the type of its body, and a body: plain data for JSON, else bytes. */
export function goodRequests(folder) {
  return [...ofTable(folder), ...ofImages(folder), ...ofWaves()];
}

function ofTable(folder) {
  const csv = readFileSync(join(folder, "rows.csv"), "utf8").split("\n").slice(0, 5).join("\n");
  const [names, ...lines] = csv.split("\n").map((line) => line.split(","));
  const cell = (text, j) => (j === 0 || j > 3 ? text : text === "" ? null : Number(text));
  const data = lines.map((cells) => cells.map(cell));
  const rows = data.map((cells) => Object.fromEntries(cells.map((value, j) => [names[j], value])));
  const columns = Object.fromEntries(names.map((name, j) => [name, data.map((row) => row[j])]));
  const count = rows.length;
  const inputs = names.slice(1).map((name, j) => ({
    ...{ name, shape: [count, 1], datatype: j < 3 ? "FP64" : "BYTES", data: columns[name] },
  }));
  const numeric = Float64Array.from(
    data.flatMap((row) => row.slice(1, 4)),
    (x) => x ?? Number.NaN,
  );
  const categories = data.flatMap((row) => row.slice(4));
  const form = `--cut\r\nContent-Disposition: form-data; name="file"; filename="rows.csv"\r\n\r\n${csv}\r\n--cut--\r\n`;
  return [
    request("/score/table", json, rows),
    request("/score/table?reasons=all", json, { rows }),
    request("/score", json, rows[0]),
    request("/score/table", "text/csv", Buffer.from(csv)),
    request("/score/table?decimal=.&delimiter=,", "text/csv", Buffer.from(csv)),
    request(
      ...["/score/table", "application/x-ndjson"],
      Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n")),
    ),
    request("/score/table", "multipart/form-data; boundary=cut", Buffer.from(form)),
    request("/invocations", json, { dataframe_split: { columns: names, data } }),
    request("/invocations", json, { dataframe_records: rows, params: { reasons: "all" } }),
    request("/invocations", json, { inputs: columns }),
    request("/invocations", "text/csv", Buffer.from(csv)),
    request("/v1/models/table:predict", json, { instances: rows }),
    request("/v1/models/table/versions/7:explain", json, { inputs: columns }),
    request("/v2/models/table/infer", json, { id: "1", inputs, outputs: [{ name: "score" }] }),
    request("/v2/models/table/infer", json, { inputs }),
    ofTensors("/v2/models/table/versions/7/infer", [
      { name: "numeric", shape: [count, 3], datatype: "FP64", bytes: Buffer.from(numeric.buffer) },
      { name: "categories", shape: [count, 2], datatype: "BYTES", bytes: elements(categories) },
    ]),
  ];
}

function ofImages(folder) {
  const files = [0, 1].map((i) => readFileSync(join(folder, `image-${i}.png`)));
  const pixels = Array.from({ length: 64 }, (_, i) => 3 * i);
  const nested = Array.from({ length: 8 }, (_, y) =>
    pixels.slice(8 * y, 8 * y + 8).map((x) => [x]),
  );
  const flat = Buffer.from(Float32Array.from(pixels).buffer);
  const x = { name: "x", shape: [1, 8, 8, 1], datatype: "FP32" };
  const form = Buffer.concat([
    Buffer.from('--cut\r\nContent-Disposition: form-data; name="a"; filename="a.png"\r\n\r\n'),
    ...[files[0], Buffer.from("\r\n--cut--\r\n")],
  ]);
  return [
    request("/score/images", "image/png", files[0]),
    request("/score/images", json, [nested]),
    request("/score/images", "multipart/form-data; boundary=cut", form),
    request("/v1/models/images:predict", json, { instances: [nested, pixels] }),
    request("/v1/models/images:explain", json, {
      instances: files.map((file) => ({ b64: file.toString("base64") })),
    }),
    request("/v2/models/images/infer", json, { inputs: [{ ...x, data: pixels }] }),
    ofTensors("/v2/models/images/infer", [{ ...x, bytes: flat }]),
    ofTensors("/v2/models/images/infer", [
      { name: "x", shape: [2], datatype: "BYTES", bytes: elements(files) },
    ]),
  ];
}

function ofWaves() {
  const wave = Array.from({ length: 12 }, (_, i) => [Math.sin(i), i % 5 === 2 ? null : 1]);
  const csv = wave.map(([a]) => `${a},1`).join("\n");
  const flat = Float64Array.from(wave.flat(), (each) => each ?? Number.NaN);
  const x = { name: "x", shape: [1, 12, 2], datatype: "FP64" };
  return [
    request("/score/waves", json, [wave]),
    request("/score/waves", "text/csv", Buffer.from(csv)),
    request("/v1/models/waves:explain", json, { instances: [wave, wave] }),
    request("/v2/models/waves/infer", json, { inputs: [{ ...x, data: wave.flat() }] }),
    ofTensors("/v2/models/waves/versions/1/infer", [{ ...x, bytes: Buffer.from(flat.buffer) }]),
  ];
}

/** `headLength` is that of the JSON before binary tensors. */
const request = (url, type, body, { headLength = null } = {}) => ({ url, type, body, headLength });

/** A request of v2 whose tensors are bytes behind its JSON. */
function ofTensors(url, tensors) {
  const inputs = tensors.map(({ bytes, ...tensor }) => ({
    ...{ ...tensor, parameters: { binary_data_size: bytes.length } },
  }));
  const head = Buffer.from(
    JSON.stringify({ inputs, outputs: [{ name: "score", parameters: { binary_data: true } }] }),
  );
  const body = Buffer.concat([head, ...tensors.map(({ bytes }) => bytes)]);
  return request(url, binary, body, { headLength: head.length });
}

/** Elements of BYTES, each behind its length. */
const elements = (values) =>
  Buffer.concat(
    values.flatMap((value) => {
      const bytes = Buffer.from(value);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
