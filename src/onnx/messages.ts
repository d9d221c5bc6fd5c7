/**
 * The dozen protobuf messages of ONNX that we read and write: per field its number in onnx.proto and its
 * wire form. Fields that are not here are skipped on reading.
 */
export type Scalar = "int64" | "float" | "double" | "string" | "bytes";
export interface Field {
  readonly number: number;
  readonly type: Scalar | (() => Message);
  readonly repeated?: boolean;
}
export type Message = Readonly<Record<string, Field>>;

const one = (number: number, type: Field["type"]): Field => ({ number, type });
const many = (number: number, type: Field["type"]): Field => ({ number, type, repeated: true });

export const StringStringEntry: Message = { key: one(1, "string"), value: one(2, "string") };

export const OperatorSet: Message = { domain: one(1, "string"), version: one(2, "int64") };

export const Tensor: Message = {
  dims: many(1, "int64"),
  dataType: one(2, "int64"),
  floatData: many(4, "float"),
  int32Data: many(5, "int64"),
  stringData: many(6, "bytes"),
  int64Data: many(7, "int64"),
  name: one(8, "string"),
  rawData: one(9, "bytes"),
  doubleData: many(10, "double"),
  externalData: many(13, () => StringStringEntry),
  dataLocation: one(14, "int64"),
};

export const Dimension: Message = { value: one(1, "int64"), name: one(2, "string") };
export const TensorShape: Message = { dim: many(1, () => Dimension) };
export const TensorType: Message = { elemType: one(1, "int64"), shape: one(2, () => TensorShape) };
export const TypeMessage: Message = { tensorType: one(1, () => TensorType) };
export const ValueInfo: Message = { name: one(1, "string"), type: one(2, () => TypeMessage) };

export const Attribute: Message = {
  name: one(1, "string"),
  f: one(2, "float"),
  i: one(3, "int64"),
  s: one(4, "bytes"),
  t: one(5, () => Tensor),
  g: one(6, () => Graph),
  floats: many(7, "float"),
  ints: many(8, "int64"),
  strings: many(9, "bytes"),
  type: one(20, "int64"),
};

export const Node: Message = {
  input: many(1, "string"),
  output: many(2, "string"),
  name: one(3, "string"),
  opType: one(4, "string"),
  attribute: many(5, () => Attribute),
  domain: one(7, "string"),
};

export const Graph: Message = {
  node: many(1, () => Node),
  name: one(2, "string"),
  initializer: many(5, () => Tensor),
  input: many(11, () => ValueInfo),
  output: many(12, () => ValueInfo),
  valueInfo: many(13, () => ValueInfo),
};

export const Model: Message = {
  irVersion: one(1, "int64"),
  producerName: one(2, "string"),
  producerVersion: one(3, "string"),
  graph: one(7, () => Graph),
  opsetImport: many(8, () => OperatorSet),
  metadataProps: many(14, () => StringStringEntry),
};
