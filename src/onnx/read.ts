import { EspejoError } from "../errors.ts";
import { swelling } from "./bounds.ts";
import * as messages from "./messages.ts";
import type { GraphProto, ModelProto, TensorProto } from "./model.ts";
import { decode } from "./wire.ts";
import { mlOpset, opset } from "./write.ts";

/** Operators beyond those of the graph that other tools' files of plain networks hold. */
const domains = new Set(["", "ai.onnx", "ai.onnx.ml"]);

/**
 * Reads the bytes of an ONNX file and refuses what is damaged or could do harm: external data, unknown
 * domains, operators that are not in `operators`, newer operator sets, tensors whose bytes do not fit
 * their shape, values that are used before they are made (so no circle is left), sizes that no row needs.
 * `path` is for the messages. Nothing is executed.
 */
export function readModel(
  bytes: Uint8Array,
  path: string,
  operators: ReadonlySet<string>,
): ModelProto {
  const refuse = (reason: string): never => {
    throw new EspejoError("model_damaged", { path, reason });
  };
  let model: ModelProto;
  try {
    model = decode(messages.Model, bytes) as ModelProto;
  } catch (error) {
    return refuse((error as Error).message);
  }
  if (!model.graph?.output?.length) refuse("it holds no graph with outputs");
  for (const { domain = "", version = 0 } of model.opsetImport ?? []) {
    if (!domains.has(domain)) refuse(`it needs operators of the domain "${domain}"`);
    const newest = domain === "ai.onnx.ml" ? mlOpset : opset;
    if (version > newest + 8)
      refuse(`it needs operator set ${version} of "${domain || "ai.onnx"}"`);
  }
  checkGraph(model.graph, operators, refuse);
  return model;
}

function checkGraph(
  graph: GraphProto,
  operators: ReadonlySet<string>,
  refuse: (reason: string) => never,
  /** Whether a value of the graph around this one is there already. */
  outside: (name: string) => boolean = () => false,
): void {
  const tensors = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? "", tensor]));
  const own = new Set([...tensors.keys(), ...(graph.input ?? []).map(({ name }) => name)]);
  const made = (name: string): boolean => own.has(name) || outside(name);
  for (const tensor of graph.initializer ?? []) checkTensor(tensor, refuse);
  for (const node of graph.node ?? []) {
    const { opType, domain = "", input = [], output = [], attribute = [] } = node;
    if (!domains.has(domain)) refuse(`it holds ${opType} of the unknown domain "${domain}"`);
    if (!opType) refuse("it holds a node without an operator");
    if (!operators.has(opType))
      refuse(`it holds the operator ${opType}, which Espejo does not know`);
    const needed = mayLack[opType] ?? Number.POSITIVE_INFINITY;
    for (const [i, name] of input.entries())
      if (name === "" && i < needed) refuse(`${opType} lacks its input ${i + 1}`);
      else if (name && !made(name))
        refuse(`${opType} uses "${name}", which nothing before it makes`);
    const tooLarge = swelling(node, tensors);
    if (tooLarge) refuse(tooLarge);
    for (const { g, t } of attribute) {
      if (g) checkGraph(g, operators, refuse, made);
      if (t) checkTensor(t, refuse);
    }
    for (const name of output) own.add(name);
  }
  for (const { name } of graph.output ?? [])
    if (!made(name)) refuse(`nothing makes its output "${name}"`);
}

/**
 * The first input (from 0) that an operator may do without, which is then written as a nameless one; what is not
 * here needs all of its inputs. ONNX Runtime does not look, and ends the process.
 */
const mayLack: Readonly<Record<string, number>> = {
  ...{ Clip: 1, Split: 1, Squeeze: 1, Dropout: 1, Resize: 1 },
  ...{ ReduceSum: 1, ReduceMean: 1, ReduceMax: 1, ReduceMin: 1, ReduceSumSquare: 1 },
  ...{ Pad: 2, Gemm: 2, Conv: 2, ConvTranspose: 2, Slice: 3 },
};

const cellBytes: Readonly<Record<number, number>> = { 1: 4, 2: 1, 6: 4, 7: 8, 9: 1, 11: 8, 12: 4 };

function checkTensor(tensor: TensorProto, refuse: (reason: string) => never): void {
  const label = `tensor "${tensor.name ?? ""}"`;
  if (tensor.dataLocation || tensor.externalData?.length)
    refuse(`${label} points to data outside the file`);
  const cells = (tensor.dims ?? []).reduce((product, dim) => product * dim, 1);
  if ((tensor.dims ?? []).some((dim) => dim < 0)) refuse(`${label} has a negative size`);
  const raw = tensor.rawData?.length;
  const width = cellBytes[tensor.dataType ?? 0];
  const listed =
    (tensor.floatData?.length ?? 0) +
    (tensor.int32Data?.length ?? 0) +
    (tensor.int64Data?.length ?? 0) +
    (tensor.doubleData?.length ?? 0) +
    (tensor.stringData?.length ?? 0);
  const held = raw !== undefined && width ? raw / width : listed;
  if (held !== cells) refuse(`${label} should hold ${cells} values and holds ${held}`);
}
