// The weights of a model file.
import { readFileSync } from "node:fs";
import * as messages from "../../dist/onnx/messages.js";
import { decode } from "../../dist/onnx/wire.js";

const float = 1;

/** float32 arrays of a network by the names of their layers. */
function weightsOf(path) {
  const { graph } = decode(messages.Model, readFileSync(path));
  const own = graph.initializer.filter(
    ({ name, dataType }) => dataType === float && /\.(weight|bias)$/.test(name),
  );
  return new Map(
    own.map(({ name, rawData }) => [name, new Float32Array(new Uint8Array(rawData).buffer)]),
  );
}

/** The greatest difference between the weights of two model files; throws where they have others. */
export function weightsApart(first, second) {
  const [one, other] = [weightsOf(first), weightsOf(second)];
  const names = [...one.keys()].join();
  if (one.size === 0 || names !== [...other.keys()].join())
    throw new Error(`weights are called ${names} and ${[...other.keys()].join()}`);
  let apart = 0;
  for (const [name, values] of one)
    values.forEach((value, i) => {
      apart = Math.max(apart, Math.abs(value - other.get(name)[i]));
    });
  return apart;
}
