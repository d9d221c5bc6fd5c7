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
 * `path` is for the messages; `recognise` looks at the model first, so that one which is not meant at all is refused as
 * such. Nothing is executed.
 */
export function readModel(
  bytes: Uint8Array,
  path: string,
  operators: ReadonlySet<string>,
  recognise: (model: ModelProto) => void = () => {},
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
  recognise(model);
  for (const { domain = "", version = 0 } of model.opsetImport ?? []) {
    if (!domains.has(domain)) refuse(`it needs operators of the domain "${domain}"`);
    const newest = domain === "ai.onnx.ml" ? mlOpset : opset;
    if (version > newest + 8)
      refuse(`it needs operator set ${version} of "${domain || "ai.onnx"}"`);
  }
  checkGraph(model.graph, operators, refuse);
  return model;
}

/** What a name stands for: a constant, null for a value that is computed or comes in, undefined for nothing yet. */
type Scope = (name: string) => TensorProto | null | undefined;

function checkGraph(
  graph: GraphProto,
  operators: ReadonlySet<string>,
  refuse: (reason: string) => never,
  /** Of the graph around this one, whose values a body may use. */
  outside: Scope = () => undefined,
): void {
  const own = new Map<string, TensorProto | null>();
  const known: Scope = (name) => (own.has(name) ? own.get(name) : outside(name));
  for (const { name } of graph.input ?? []) own.set(name, null);
  for (const tensor of graph.initializer ?? []) {
    checkTensor(tensor, refuse);
    own.set(tensor.name ?? "", tensor);
  }
  for (const node of graph.node ?? []) {
    const { opType, domain = "", input = [], output = [], attribute = [] } = node;
    if (!domains.has(domain)) refuse(`it holds ${opType} of the unknown domain "${domain}"`);
    if (!opType) refuse("it holds a node without an operator");
    if (!operators.has(opType))
      refuse(`it holds the operator ${opType}, which Espejo does not know`);
    for (const [i, name] of input.entries()) {
      // ONNX lets some inputs be nameless, and so absent. We write none such; where one is needed, the
      // engine does not look, and ends the process.
      if (name === "") refuse(`${opType} lacks its input ${i + 1}`);
      if (known(name) === undefined)
        refuse(`${opType} uses "${name}", which nothing before it makes`);
    }
    const tooLarge = swelling(node, known(input[1] ?? ""));
    if (tooLarge) refuse(tooLarge);
    for (const { g, t } of attribute) {
      if (g) checkGraph(g, operators, refuse, known);
      if (t) checkTensor(t, refuse);
    }
    for (const name of output) own.set(name, null);
  }
  for (const { name } of graph.output ?? [])
    if (known(name) === undefined) refuse(`nothing makes its output "${name}"`);
}

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
