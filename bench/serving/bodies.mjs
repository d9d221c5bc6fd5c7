/** The same rows as each protocol writes them. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Columns and rows of the card frauds, without the label. */
export function rowsOf(/** @type {string} */ path) {
  const [head = "", ...lines] = gunzipSync(readFileSync(path)).toString().trim().split("\n");
  const names = head.split(",").map((name) => name.replaceAll('"', ""));
  const label = names.indexOf("Class");
  const without = (/** @type {unknown[]} */ cells) => cells.filter((_, i) => i !== label);
  return {
    columns: /** @type {string[]} */ (without(names)),
    data: lines.map((line) =>
      without(line.split(",").map((cell) => Number(cell.replaceAll('"', "")))),
    ),
  };
}

const json = { "content-type": "application/json" };

/**
 * What a server is asked for scores of so many rows: ours by v2 in JSON and, of many, in binary and by MLflow's protocol.
 * @param {{ protocol: string }} server
 * @param {string} kind
 * @param {ReturnType<typeof rowsOf>} rows
 * @param {number} count
 */
export function bodies({ protocol }, kind, { columns, data }, count) {
  const chosen = Array.from({ length: count }, (_, i) => data[i % data.length] ?? []);
  if (protocol === "fastapi")
    return [
      { name: "FastAPI", path: `/${kind}`, headers: json, body: JSON.stringify({ rows: chosen }) },
    ];
  if (protocol === "mlflow") {
    if (kind !== "basic") return [];
    const body = JSON.stringify({ dataframe_split: { columns, data: chosen } });
    return [{ name: "mlflow models serve", path: "/invocations", headers: json, body }];
  }
  const path = `/v2/models/${kind}/infer`;
  const outputs = [{ name: "score" }, { name: "is_anomaly" }];
  const tensor = { name: "numeric", shape: [count, columns.length], datatype: "FP64" };
  const flat = /** @type {number[]} */ (chosen.flat());
  const plain = JSON.stringify({ inputs: [{ ...tensor, data: flat }], outputs });
  const ours = [{ name: "espejo, JSON", path, headers: json, body: plain }];
  if (count === 1) return ours;
  const bytes = Buffer.from(Float64Array.from(flat).buffer);
  const head = Buffer.from(
    JSON.stringify({
      inputs: [{ ...tensor, parameters: { binary_data_size: bytes.length } }],
      outputs: outputs.map((each) => ({ ...each, parameters: { binary_data: true } })),
    }),
  );
  const headers = {
    "content-type": "application/octet-stream",
    "inference-header-content-length": String(head.length),
  };
  return [...ours, { name: "espejo, binary", path, headers, body: Buffer.concat([head, bytes]) }];
}
