import { mistake } from "../errors.ts";
import { type Line, type Listing, list, type Named, type Signature } from "../graph/listing.ts";
import { elementTypes } from "../graph/ops/elementwise.ts";
import type { Attribute, Tensor } from "../graph/tensor.ts";
import type { Data, DType } from "../graph/type.ts";
import * as messages from "./messages.ts";
import type {
  AttributeProto,
  GraphProto,
  ModelProto,
  NodeProto,
  TensorProto,
  ValueProto,
} from "./model.ts";
import { encode } from "./wire.ts";

/** Operator sets of the files that we write; older Java and Spark runtimes read them. */
export const opset = 18;
export const mlOpset = 3;
const irVersion = 8;

interface ModelOptions {
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The ONNX model of a graph. */
export function toModel(signature: Signature, options: ModelOptions = {}): ModelProto {
  const { name = "espejo", metadata = {} } = Object(options) as ModelOptions;
  if (typeof name !== "string") throw mistake(`program: its name is a text, got ${typeof name}`);
  const listing = list(signature);
  return {
    irVersion,
    producerName: "espejo",
    graph: toGraph(listing, name),
    opsetImport: [
      { domain: "", version: opset },
      ...(usesMl(listing) ? [{ domain: "ai.onnx.ml", version: mlOpset }] : []),
    ],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  };
}

/** The bytes of an ONNX file. */
export const writeModel = (model: ModelProto): Uint8Array => encode(messages.Model, model);

/** The bytes of a graph as an ONNX file. */
export const writeProgram = (signature: Signature, options: ModelOptions = {}): Uint8Array =>
  writeModel(toModel(signature, options));

const usesMl = ({ lines }: Listing): boolean =>
  lines.some(({ node, body }) => node.op.domain === "ai.onnx.ml" || (body && usesMl(body)));

function toGraph({ inputs, constants, lines, outputs }: Listing, name: string): GraphProto {
  return {
    name,
    node: lines.map(toNode),
    initializer: constants.map(({ name, value }) => toTensor(name, value)),
    input: inputs.map(toValue),
    output: outputs.map(toValue),
  };
}

function toNode({ node, inputs, outputs, body }: Line): NodeProto {
  const attributes = Object.entries(node.attributes)
    .filter(([name]) => name !== "body" && !(name === "shape" && node.op.onnx === "Reshape"))
    .map(([name, value]) => toAttribute(name, value));
  return {
    opType: node.op.onnx,
    ...(node.op.domain && { domain: node.op.domain }),
    name: outputs[0]!.name,
    input: inputs,
    output: outputs.map((o) => o.name),
    attribute: [
      ...attributes,
      ...(body ? [{ name: "body", type: 5, g: toGraph(body, "body") }] : []),
    ],
  };
}

function toAttribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === "number") return { name, type: 2, i: value };
  if (typeof value === "string") return { name, type: 3, s: utf8.encode(value) };
  if ("float" in value) return { name, type: 1, f: value.float };
  if ("floats" in value) return { name, type: 6, floats: value.floats };
  if ("results" in value) throw mistake("a body is written by its node");
  if (typeof value[0] === "string")
    return { name, type: 8, strings: (value as readonly string[]).map((s) => utf8.encode(s)) };
  return { name, type: 7, ints: value as readonly number[] };
}

const utf8 = new TextEncoder();

function toValue({ name, dtype, shape }: Named): ValueProto {
  const dim = shape.map((d) => (typeof d === "number" ? { value: d } : { name: d }));
  return { name, type: { tensorType: { elemType: elementTypes[dtype], shape: { dim } } } };
}

function toTensor(name: string, { dtype, shape, node }: Tensor): TensorProto {
  return { ...toTensorData(dtype, node.data!), name, dims: shape as readonly number[] };
}

function toTensorData(dtype: DType, data: Data): TensorProto {
  const dataType = elementTypes[dtype];
  if (!ArrayBuffer.isView(data)) return { dataType, stringData: data.map((s) => utf8.encode(s)) };
  return { dataType, rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}
