import { expect, test } from "vitest";
import type { ChainLayer } from "../../src/keras/chain.ts";
import type { Hdf5 } from "../../src/keras/hdf5.ts";
import { Settings } from "../../src/keras/settings.ts";
import { type Wanted, weightsIn } from "../../src/keras/weights.ts";

const place = { path: "m", position: 1, name: "it", className: "Dense" };
const layer: ChainLayer = {
  className: "Dense",
  settings: new Settings(place, {}, 3),
  ...{ at: "layers/dense", top: "it", trainable: true },
};
const wanted: readonly Wanted[] = ["weight", "bias"].map((name, i) => ({
  layer,
  place: { name, path: `vars/${i}`, trained: true },
  shape: [2],
}));

/** A file with arrays of two cells: those of one layer, in the form of `.keras` or of `.h5`. */
const fileWith = (count: number, form: "keras" | "h5"): Hdf5 => {
  const names = Array.from({ length: count }, (_, i) => String(i));
  const root = form === "h5" ? "model_weights/it" : "layers/dense/vars";
  const paths = [form === "h5" ? "model_weights" : "layers", ...names.map((n) => `${root}/${n}`)];
  return {
    has: (path) => paths.includes(path),
    array: (path) => (paths.includes(path) ? { shape: [2], data: Float32Array.of(1, 2) } : null),
    texts: (path, attribute) =>
      path === root && attribute === "weight_names" && form === "h5" ? names : [],
  };
};

test.each(["keras", "h5"] as const)("weights that no layer asks for are refused (.%s)", (form) => {
  const values = weightsIn(fileWith(2, form), [layer], wanted);
  expect(wanted.map(values)).toEqual([Float32Array.of(1, 2), Float32Array.of(1, 2)]);
  const told = expect.objectContaining({
    code: "keras_weights",
    parameters: expect.objectContaining({ weight: "list of weights", shape: "2", name: "it" }),
  });
  expect(() => weightsIn(fileWith(3, form), [layer], wanted)).toThrow(told);
  expect(() => weightsIn(fileWith(1, form), [layer], [])).toThrow(
    "its list of weights should be 0",
  );
});

test.each(["keras", "h5"] as const)(
  "a weight that is not there is told by its name (.%s)",
  (form) => {
    const values = weightsIn(fileWith(1, form), [layer], wanted);
    expect(() => values(wanted[1]!)).toThrow("its bias should be [2], the file has nothing");
  },
);
