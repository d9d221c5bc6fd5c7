import { type Line, type Listing, list, type Named, type Signature } from "./listing.ts";
import type { Attribute } from "./tensor.ts";
import { shapeText, typeText } from "./type.ts";

/** A graph as text, a line an operator, for reading and for snapshots. */
export function print(signature: Signature): string {
  return lines(list(signature)).join("\n");
}

function lines({ inputs, constants, lines: computed, outputs }: Listing): readonly string[] {
  const values = new Map(
    constants.map(({ name, value }) => [
      name,
      value.node.name || value.node.data!.length > 8
        ? name
        : literal(Array.from<number | bigint | string>(value.node.data!), value.shape.length),
    ]),
  );
  const large = constants.filter(({ name }) => values.get(name) === name);
  return [
    ...inputs.map((each) => `input ${named(each)}`),
    ...large.map(({ name, value }) => `constant ${name}: ${typeText(value)}`),
    ...computed.flatMap((line) => lineText(line, values)),
    `return ${outputs.map((o) => o.name).join(", ")}`,
  ];
}

function lineText(line: Line, values: ReadonlyMap<string, string>): readonly string[] {
  const { node, inputs, outputs, body } = line;
  const attributes = Object.entries(node.attributes)
    .filter(([name]) => !hidden.has(name))
    .map(([name, value]) => `${name}=${attributeText(value)}`);
  const given = [...inputs.map((name) => values.get(name) ?? name), ...attributes].join(", ");
  const head = `${outputs.map((o) => o.name).join(", ")}: ${outputs.map((o) => shapeText(o.shape)).join(", ")} = ${node.op.onnx}(${given})`;
  return body ? [`${head} {`, ...lines(body).map((inner) => `  ${inner}`), "}"] : [head];
}

/** Attributes that repeat what the types say. */
const hidden = new Set(["body", "shape", "keepdims", "num_scan_inputs"]);

const named = ({ name, dtype, shape }: Named): string => `${name}: ${typeText({ dtype, shape })}`;

function literal(data: readonly (number | bigint | string)[], rank: number): string {
  const texts = data.map((v) =>
    typeof v === "number" ? String(Number(v.toPrecision(7))) : String(v),
  );
  return rank === 0 ? texts[0]! : `[${texts.join(", ")}]`;
}

function attributeText(value: Attribute): string {
  if (typeof value === "object" && "float" in value)
    return String(Number(value.float.toPrecision(7)));
  return Array.isArray(value) && value.length > 8
    ? `${value.length} values`
    : JSON.stringify(value);
}
