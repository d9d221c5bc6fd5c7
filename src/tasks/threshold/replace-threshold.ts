import { EspejoError } from "../../errors.ts";
import { operatorNames } from "../../graph/index.ts";
import type { Threshold } from "../../metrics/threshold.ts";
import { type ModelProto, readModel, writeModel } from "../../onnx/index.ts";
import { thresholdRecord } from "../model/threshold-record.ts";

/** The thresholds of a model file: of its rows and, where they are windows of a table, of its time stamps. */
export interface Thresholds {
  readonly rows: Threshold;
  readonly stamps?: Threshold | null;
}

/**
 * The bytes of a model file with other thresholds; all else stays as it is. Throws `model_damaged` where the
 * file has none to replace.
 */
export function replaceThreshold(
  bytes: Uint8Array,
  path: string,
  { rows, stamps }: Thresholds,
): Uint8Array {
  const proto = readModel(bytes, path, operatorNames);
  const entries: Readonly<Record<string, string>> = {
    "espejo.threshold": JSON.stringify(thresholdRecord(rows)),
    ...(stamps && { "espejo.stampThreshold": JSON.stringify(thresholdRecord(stamps)) }),
  };
  const initializer = proto.graph.initializer?.map((tensor) =>
    tensor.name === "threshold" ? limitOf(tensor, rows.threshold) : tensor,
  );
  if (!initializer?.some(({ name }) => name === "threshold"))
    throw new EspejoError("model_damaged", { path, reason: "no initializer threshold" });
  return writeModel({
    ...proto,
    graph: { ...proto.graph, initializer },
    metadataProps: proto.metadataProps?.map(({ key, value }) => ({
      key,
      value: entries[key] ?? value,
    })),
  } as ModelProto);
}

type Tensor = NonNullable<ModelProto["graph"]["initializer"]>[number];

/** A scalar of a graph with another value; those of ours are float32. */
function limitOf({ name, dims, dataType }: Tensor, value: number): Tensor {
  return {
    ...(name !== undefined && { name }),
    ...(dims && { dims }),
    ...(dataType !== undefined && { dataType }),
    rawData: new Uint8Array(Float32Array.of(value).buffer),
  };
}
