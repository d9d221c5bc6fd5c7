/** ONNX's messages as plain values; `messages.ts` holds their wire form under the same names. */
export interface TensorProto {
  readonly name?: string;
  readonly dims?: readonly number[];
  readonly dataType?: number;
  readonly rawData?: Uint8Array;
  readonly floatData?: readonly number[];
  readonly int32Data?: readonly number[];
  readonly int64Data?: readonly number[];
  readonly doubleData?: readonly number[];
  readonly stringData?: readonly Uint8Array[];
  readonly externalData?: readonly { readonly key?: string; readonly value?: string }[];
  readonly dataLocation?: number;
}
export interface DimensionProto {
  readonly value?: number;
  readonly name?: string;
}
export interface ValueProto {
  readonly name: string;
  readonly type?: {
    readonly tensorType?: {
      readonly elemType?: number;
      readonly shape?: { readonly dim?: readonly DimensionProto[] };
    };
  };
}
export interface AttributeProto {
  readonly name: string;
  readonly type?: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: TensorProto;
  readonly g?: GraphProto;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
  readonly strings?: readonly Uint8Array[];
}
export interface NodeProto {
  readonly opType: string;
  readonly domain?: string;
  readonly name?: string;
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly attribute?: readonly AttributeProto[];
}
export interface GraphProto {
  readonly name?: string;
  readonly node?: readonly NodeProto[];
  readonly initializer?: readonly TensorProto[];
  readonly input?: readonly ValueProto[];
  readonly output?: readonly ValueProto[];
  readonly valueInfo?: readonly ValueProto[];
}
export interface ModelProto {
  readonly irVersion?: number;
  readonly producerName?: string;
  readonly producerVersion?: string;
  readonly graph: GraphProto;
  readonly opsetImport?: readonly { readonly domain?: string; readonly version?: number }[];
  readonly metadataProps?: readonly { readonly key: string; readonly value: string }[];
}

/** The metadata of a model, by key. */
export function metadataOf(model: ModelProto): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (model.metadataProps ?? []).map(({ key, value }) => [key, value ?? ""]),
  );
}

/** A model with other metadata, in the order given. */
export function withMetadata(
  model: ModelProto,
  entries: Readonly<Record<string, string>>,
): ModelProto {
  const metadataProps = Object.entries(entries).map(([key, value]) => ({ key, value }));
  return { ...model, metadataProps };
}
