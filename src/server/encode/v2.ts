import type { V2Context } from "../decode/v2.ts";
import type { Served } from "../models/served.ts";
import { declaredOutputs, type OutputName, type TensorFacts } from "../outputs.ts";
import type { Scored } from "../rows.ts";
import type { Answer, Found } from "./found.ts";
import { shortNumber } from "./numbers.ts";

/** An inference response (Open Inference Protocol v2): JSON, and behind it the tensors that were asked for as bytes. */
export function encodeV2({ decoded, scored, served }: Found): Answer {
  const { id, outputs } = decoded.context as unknown as V2Context;
  const declared = declaredOutputs(served.facts);
  const parts: Buffer[] = [];
  const tensors = outputs.map(({ name, binary }) => {
    const { datatype, shape } = declared.find((each) => each.name === name)!;
    const common = { name, datatype, shape: [scored.rows, ...shape.slice(1)] };
    const values = valuesOf(name, scored);
    if (!binary) return { ...common, data: listOf(values, datatype) };
    const bytes = bytesOf(values, datatype);
    parts.push(bytes);
    return { ...common, parameters: { binary_data_size: bytes.length } };
  });
  const head = JSON.stringify({
    ...about(served),
    ...(id !== undefined && { id }),
    outputs: tensors,
  });
  if (parts.length === 0)
    return { body: head, headers: { "content-type": "application/json; charset=utf-8" } };
  const text = Buffer.from(head);
  return {
    body: Buffer.concat([text, ...parts]),
    headers: {
      "content-type": "application/octet-stream",
      "inference-header-content-length": String(text.length),
    },
  };
}

const about = ({ name, version }: Served) => ({ model_name: name, model_version: version });

type Values = Float32Array | Float64Array | Uint8Array | readonly string[];

function valuesOf(name: OutputName, scored: Scored): Values {
  switch (name) {
    case "score":
      return scored.score;
    case "is_anomaly":
      return scored.isAnomaly;
    case "latent":
      return scored.latent!;
    case "reconstruction":
      return scored.reconstruction!;
    case "reconstruction_categories":
      return scored.reconstructionCategories!;
    case "error":
      return scored.error!;
    case "reasons":
      return scored.reasons!.map((reasons) => JSON.stringify(reasons ?? []));
  }
}

function listOf(values: Values, datatype: TensorFacts["datatype"]): readonly unknown[] {
  if (!ArrayBuffer.isView(values)) return values;
  if (datatype === "BOOL") return Array.from(values as Uint8Array, (flag) => flag === 1);
  // what JSON has no word for is null
  return values instanceof Float32Array
    ? Array.from(values, shortNumber)
    : Array.from(values as Float64Array);
}

function bytesOf(values: Values, datatype: TensorFacts["datatype"]): Buffer {
  if (datatype !== "BYTES") {
    const { buffer, byteOffset, byteLength } = values as Float32Array;
    return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  }
  const parts: Buffer[] = [];
  for (const text of values as readonly string[]) {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}
