import { mistake } from "../errors.ts";
import { aligned } from "./aligned.ts";
import { gather } from "./ops/choose.ts";
import { cast } from "./ops/elementwise.ts";
import { Extent, shapeOf } from "./ops/expand.ts";
import { isLocalConstant } from "./scan.ts";
import {
  type Body,
  checkTensor,
  isConstant,
  isInput,
  type Node,
  scalar,
  type Tensor,
} from "./tensor.ts";
import type { DType, Type } from "./type.ts";
import { walk } from "./walk.ts";

/** A value with the name it has in a program. */
export interface Named extends Type {
  readonly name: string;
}

/** One line of a program: an operator applied to named values. */
export interface Line {
  readonly node: Node;
  readonly inputs: readonly string[];
  readonly outputs: readonly Named[];
  readonly body?: Listing;
}

/** A graph written out in the order of its computation, every value named and nothing computed twice. */
export interface Listing {
  readonly inputs: readonly Named[];
  readonly constants: readonly { readonly name: string; readonly value: Tensor }[];
  readonly lines: readonly Line[];
  readonly outputs: readonly Named[];
}

/** What a program takes and gives: the whole description of a function of tensors. */
export interface Signature {
  readonly inputs: readonly Tensor[];
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Values inside that get a name of their own, where a model can be cut. */
  readonly names?: Readonly<Record<string, Tensor>>;
}

/** Writes out the graph of some outputs. Throws `argument_wrong` for an input that is not in the list. */
export function list(signature: Signature): Listing {
  const { inputs, outputs, names = {} } = Object(signature) as Signature;
  if (!Array.isArray(inputs) || Object(outputs) !== outputs)
    throw mistake("program: takes { inputs: [tensors], outputs: { name: tensor } }");
  for (const each of [...inputs, ...Object.values(outputs)]) checkTensor("program", each);
  const taken = new Set<string>();
  const given = [
    ...inputs.map((i) => i.node.name!),
    ...Object.keys(outputs),
    ...Object.keys(names),
  ];
  for (const name of given) take(name, taken);
  return new Lister(inputs, taken, null).list(Object.entries(outputs), Object.entries(names));
}

/** Keeps a name that someone gave. */
function take(name: string, taken: Set<string>): void {
  if (taken.has(name)) throw mistake(`program: two values are called "${name}"`);
  taken.add(name);
}

class Lister {
  readonly #inputs: readonly Tensor[];
  readonly #taken: Set<string>;
  readonly #outer: Lister | null;
  readonly #names = new Map<Tensor, string>();
  readonly #computed = new Map<string, readonly Named[]>();
  readonly #constants: { name: string; value: Tensor }[] = [];
  readonly #lines: Line[] = [];
  /** How often each output of a Scan is used decides whether it is computed at all. */
  readonly #used = new Set<Tensor>();
  readonly #wanted = new Map<Tensor, string>();
  readonly #given = new Set<string>();
  /** Up to which number names of a base are taken, in the whole program. */
  readonly #counts = new Map<string, number>();
  /** Lister of the whole program, which knows where named sizes come from. */
  readonly #root: Lister;

  constructor(inputs: readonly Tensor[], taken: Set<string>, outer: Lister | null) {
    this.#inputs = inputs;
    this.#taken = taken;
    this.#outer = outer;
    this.#root = outer ? outer.#root : this;
    for (const i of inputs) this.#names.set(i, outer ? this.#fresh(i.node.name!) : i.node.name!);
  }

  /** Lists what the wanted tensors need; a name that is given to one is the name of its value. */
  list(
    wanted: readonly (readonly [string | null, Tensor])[],
    names: readonly (readonly [string, Tensor])[] = [],
  ): Listing {
    for (const [name, tensor] of names) this.#wanted.set(tensor, name);
    for (const [name, tensor] of wanted) {
      this.#markUsed(tensor);
      if (name !== null && !this.#wanted.has(tensor)) this.#wanted.set(tensor, name);
    }
    for (const [, tensor] of wanted) this.#visit(tensor);
    const outputs = wanted.map(([name, tensor]) => this.#giveOut(name, tensor));
    return {
      inputs: this.#inputs.map((i) => ({ ...typeOf(i), name: this.#names.get(i)! })),
      constants: this.#constants,
      lines: this.#lines,
      outputs,
    };
  }

  /** A result that is no line of this scope, or has another name already, is given out as a copy. */
  #giveOut(name: string | null, tensor: Tensor): Named {
    const from = this.#visit(tensor);
    const computedHere = this.#lines.some((line) => line.outputs.some((o) => o.name === from));
    const free = computedHere && !this.#given.has(from) && (name ?? from) === from;
    const given = { ...typeOf(tensor), name: free ? from : (name ?? this.#fresh("result")) };
    if (!free) this.#lines.push({ node: identity, inputs: [from], outputs: [given] });
    this.#given.add(given.name);
    return given;
  }

  #markUsed(tensor: Tensor): void {
    const left = [tensor];
    for (let each = left.pop(); each; each = left.pop()) {
      if (this.#used.has(each)) continue;
      this.#used.add(each);
      left.push(...each.node.inputs);
    }
  }

  #nameOf(tensor: Tensor): string | undefined {
    const own = this.#names.get(tensor);
    return (
      own ?? (isLocalConstant(tensor) || !this.#outer ? undefined : this.#outer.#nameOf(tensor))
    );
  }

  #fresh(base: string): string {
    const counts = this.#root.#counts;
    for (let i = (counts.get(base) ?? 0) + 1; ; i++) {
      const name = `${base}_${i}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      counts.set(base, i);
      return name;
    }
  }

  /** Writes out what a tensor needs, and it; gives its name. */
  #visit(tensor: Tensor): string {
    const needs = new Map<Tensor, readonly Tensor[]>();
    walk(
      [tensor],
      (each) => {
        const needed = this.#needs(each);
        needs.set(each, needed);
        return needed;
      },
      (each) => this.#write(each, needs.get(each)!),
    );
    return this.#nameOf(tensor)!;
  }

  /** What must have a name before a tensor gets one; of a body the captured values come first. */
  #needs(tensor: Tensor): readonly Tensor[] {
    if (this.#nameOf(tensor) !== undefined || isConstant(tensor)) return [];
    if (isInput(tensor))
      throw mistake(`program: "${tensor.node.name}" is used but is not one of its inputs`);
    const { node } = tensor;
    if (node.op === Extent) return [this.#root.#extent(tensor)];
    if (node.op.stands) {
      const meant = node.op.stands(node.inputs, node.attributes);
      const wanted = this.#wanted.get(tensor);
      if (wanted !== undefined && !this.#wanted.has(meant)) this.#wanted.set(meant, wanted);
      return [meant];
    }
    const body = node.attributes.body as Body | undefined;
    if (!body) return aligned(node);
    const given = body.parameters.length;
    return [...node.inputs.slice(given), ...node.inputs.slice(0, given)];
  }

  #write(tensor: Tensor, needed: readonly Tensor[]): void {
    if (this.#nameOf(tensor) !== undefined) return;
    if (isConstant(tensor)) {
      this.#constant(tensor);
      return;
    }
    const { node } = tensor;
    const names = needed.map((each) => this.#nameOf(each)!);
    if (node.op === Extent || node.op.stands) {
      this.#names.set(tensor, names[0]!);
      return;
    }
    const body = node.attributes.body as Body | undefined;
    const inputs = body ? names.slice(names.length - body.parameters.length) : names;
    const key = body
      ? null
      : `${node.op.onnx} ${inputs.join(" ")} ${JSON.stringify(node.attributes)}`;
    const shared = key && this.#computed.get(key);
    const outputs = shared || this.#compute(node, inputs, body);
    if (key) this.#computed.set(key, outputs);
    node.outputs.forEach((output, i) => {
      if (outputs[i]) this.#names.set(output, outputs[i].name);
    });
  }

  #compute(node: Node, inputs: readonly string[], body: Body | undefined): readonly Named[] {
    const states = body ? body.parameters.length - (node.attributes.num_scan_inputs as number) : 0;
    const kept = node.outputs.map((o, i) => !body || i < states || this.#used.has(o));
    const outputs = node.outputs.map((o, i) =>
      kept[i]
        ? { ...typeOf(o), name: this.#wanted.get(o) ?? this.#fresh(node.op.onnx.toLowerCase()) }
        : null,
    );
    const written = outputs.filter((o) => o !== null);
    if (!body) {
      this.#lines.push({ node, inputs, outputs: written });
      return written;
    }
    const inner = new Lister(body.parameters, this.#taken, this);
    const results = body.results.filter((_, i) => kept[i]).map((r) => [null, r] as const);
    const directions = node.attributes.scan_output_directions as readonly number[] | undefined;
    const attributes = {
      ...node.attributes,
      ...(directions && { scan_output_directions: directions.filter((_, i) => kept[states + i]) }),
    };
    const pruned = { ...node, attributes };
    this.#lines.push({ node: pruned, inputs, outputs: written, body: inner.list(results) });
    return outputs as readonly Named[];
  }

  #constant(value: Tensor): void {
    const { name, data } = value.node;
    // tables of whole numbers are long, and made anew by each operator that needs them
    const small = !name && (data!.length <= 32 || value.dtype === "int32");
    const key =
      small &&
      `${value.dtype} ${value.shape.join(",")} ${Array.from<number | bigint | string>(data!).map(bits).join(",")}`;
    const shared = key && this.#computed.get(key);
    const label = shared ? shared[0]!.name : (name ?? this.#fresh("constant"));
    if (!shared) this.#constants.push({ name: label, value });
    if (name) take(name, this.#taken);
    if (key) this.#computed.set(key, [{ name: label, dtype: value.dtype, shape: value.shape }]);
    this.#names.set(value, label);
  }

  /** Reads a named size off the first input that has it. */
  #extent({ node: { attributes } }: Tensor): Tensor {
    const from = this.#inputs.find((i) => i.shape.includes(attributes.dim as string));
    if (!from)
      throw mistake(`program: none of its inputs has the size "${String(attributes.dim)}"`);
    const position = from.shape.indexOf(attributes.dim as string);
    const sizes = shapeOf(from);
    return cast(gather(sizes, scalar(position, "int64"), 0), attributes.dtype as DType);
  }
}

const typeOf = ({ dtype, shape }: Type): Type => ({ dtype, shape });

/** Tells -0 from 0, which are different constants, and where a string ends. */
const bits = (value: number | bigint | string): string => {
  if (typeof value === "string") return JSON.stringify(value);
  return Object.is(value, -0) ? "-0" : String(value);
};

const identity: Node = {
  op: { onnx: "Identity", type: ([x]) => x!, grad: (_, g) => g },
  inputs: [],
  attributes: {},
  outputs: [],
  name: undefined,
  data: undefined,
};
