import { mistake } from "../errors.ts";
import type { GraphProto, ModelProto, NodeProto, ValueProto } from "./model.ts";

/**
 * The part of a model that computes `outputs`, from other inputs where stated: a name of any value may be
 * an output or, with its type, an input. Throws `argument_wrong` for a name that is not there.
 */
export function cut(
  model: ModelProto,
  outputs: readonly (string | ValueProto)[],
  inputs: readonly ValueProto[] = [],
): ModelProto {
  const { graph } = model;
  const makers = new Map<string, NodeProto>();
  for (const node of graph.node ?? []) for (const name of node.output ?? []) makers.set(name, node);
  const given = new Map([...(graph.input ?? []), ...inputs].map((value) => [value.name, value]));
  const replaced = new Set(inputs.map((value) => value.name));
  const needed = new Set<NodeProto>();
  const values = new Set<string>();
  const visit = (wanted: string): void => {
    const left = [wanted];
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (name === "" || values.has(name)) continue;
      values.add(name);
      const maker = replaced.has(name) ? undefined : makers.get(name);
      if (!maker || needed.has(maker)) continue;
      needed.add(maker);
      left.push(...usedBy(maker));
    }
  };
  const wanted = outputs.map((output) => {
    const name = typeof output === "string" ? output : output.name;
    if (!makers.has(name) && !given.has(name)) throw mistake(`cut: no value "${name}"`);
    visit(name);
    const known = (graph.output ?? []).find((value) => value.name === name);
    return typeof output === "string" ? (known ?? { name }) : output;
  });
  return {
    ...model,
    graph: {
      ...graph,
      node: (graph.node ?? []).filter((node) => needed.has(node)),
      initializer: (graph.initializer ?? []).filter((t) => values.has(t.name ?? "")),
      input: [...given.values()].filter((value) => values.has(value.name)),
      output: wanted,
    },
  };
}

/** The values that a node uses, those its bodies take from outside included. */
function usedBy({ input = [], attribute = [] }: NodeProto): readonly string[] {
  return [...input, ...attribute.flatMap(({ g }) => (g ? usedByGraph(g) : []))];
}

function usedByGraph({ node = [], output = [] }: GraphProto): readonly string[] {
  return [...node.flatMap(usedBy), ...output.map((value) => value.name)];
}
