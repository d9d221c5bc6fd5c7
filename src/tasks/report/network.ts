import type { DrawnLayer } from "../../charts/hourglass.ts";
import { makeModel } from "../../models/kinds.ts";
import type { LayerLine, Model } from "../../nn/index.ts";
import type { AnyMetadata } from "../model/metadata.ts";

/** A network as it is drawn; of an ensemble the one with the widest code. */
export interface DrawnNetwork {
  readonly layers: readonly DrawnLayer[];
  /** How many networks there are, side by side. */
  readonly networks: number;
  /** Parameters of all of them. */
  readonly parameters: number;
}

/** A model file's network, made again from its architecture; null where that cannot be. */
export function drawnNetwork({ architecture }: AnyMetadata): DrawnNetwork | null {
  try {
    return drawn(makeModel(architecture as unknown as Parameters<typeof makeModel>[0]));
  } catch {
    // a kind that is more than one network, or one of a later version
    return null;
  }
}

function drawn(model: Model): DrawnNetwork {
  const parameters = model.layers.reduce((sum, line) => sum + line.parameters, 0);
  // the networks of an ensemble are numbered, the widest code last
  const number = /^\d+(?=\.)/;
  const networks = Number(number.exec(model.layers.at(-1)?.name ?? "")?.[0] ?? 1);
  const own = model.layers.filter(
    ({ name }) => (number.exec(name)?.[0] ?? "1") === String(networks),
  );
  const layers = own.map((line) => ({ ...line, name: line.name.replace(/^\d+\./, "") }));
  return { layers: layersOf({ ...model, layers }), networks, parameters };
}

function layersOf({ inputShape, layers, latentDim }: Model): readonly DrawnLayer[] {
  const isDecoder = ({ name }: LayerLine): boolean => name.startsWith("decoder");
  // what does not lie on the way from row to row, such as a rival, is not drawn
  const way = layers.filter(({ name }) => /^(encoder|mean|decoder)\b/.test(name));
  const codeAt = way.findIndex(isDecoder) - 1;
  return [
    { name: "input", kind: "", shape: inputShape, parameters: 0, part: "input" },
    ...way.map(
      (line, i): DrawnLayer => ({
        name: line.name,
        kind: [line.layer, line.activation]
          .filter((word) => word !== "" && word !== "linear")
          .join(", "),
        shape: i === codeAt && line.output.length > 1 ? [latentDim] : line.output,
        parameters: line.parameters,
        part:
          i === codeAt
            ? "code"
            : i === way.length - 1
              ? "output"
              : isDecoder(line)
                ? "decoder"
                : "encoder",
      }),
    ),
  ];
}
