/**
 * Who takes part: a row each. `peers` are the names that `--peers` takes; `quick` ones run in --quick,
 * `optional` ones only when named.
 *
 * @typedef {{ name: string, label: string, command: string[], python?: boolean, tfjs?: boolean,
 *   ours?: boolean, quick?: boolean, optional?: boolean }} Contender
 */

/** @param {string} file */
const here = (file) => new URL(file, import.meta.url).pathname;
const python = here(".venv/bin/python");

/** @type {Contender[]} the first is the one that all others are compared with */
export const contenders = [
  {
    name: "native",
    label: "Espejo, native",
    command: [process.execPath, here("ours.mjs"), "--engine", "native"],
    ours: true,
    quick: true,
  },
  {
    name: "wasm",
    label: "Espejo, WASM",
    command: [process.execPath, here("ours.mjs"), "--engine", "wasm"],
    ours: true,
  },
  {
    name: "torch",
    label: "PyTorch, eager",
    command: [python, here("peers/torch_eager.py")],
    python: true,
    quick: true,
  },
  {
    name: "torch-compiled",
    label: "PyTorch, compiled",
    command: [python, here("peers/torch_eager.py"), "--compile"],
    python: true,
    optional: true,
  },
  {
    name: "keras",
    label: "Keras, TensorFlow, as installed",
    command: [python, here("peers/keras_fit.py")],
    python: true,
    quick: true,
  },
  {
    name: "keras-50",
    label: "Keras, TensorFlow, steps_per_execution=50",
    command: [python, here("peers/keras_fit.py"), "--steps-per-execution", "50"],
    python: true,
    quick: true,
  },
  {
    name: "keras-jax",
    label: "Keras, JAX",
    command: [python, here("peers/keras_fit.py"), "--backend", "jax"],
    python: true,
    quick: true,
  },
  {
    name: "jax-scan",
    label: "JAX, an epoch as one lax.scan",
    command: [python, here("peers/jax_scan.py")],
    python: true,
  },
  {
    name: "tfjs",
    label: "TensorFlow.js, WASM",
    command: [process.execPath, here("peers/tfjs.mjs")],
    tfjs: true,
  },
];

/**
 * The contenders of a run: ours always, of the others those named, or the usual ones.
 * @param {{ quick: boolean, smoke: boolean, peers?: string[] }} options
 */
export function chosenContenders({ quick, smoke, peers }) {
  for (const name of peers ?? [])
    if (!contenders.some((contender) => contender.name === name))
      throw new RangeError(
        `--peers: one of ${contenders.map((each) => each.name).join(", ")}, got ${name}`,
      );
  return contenders.filter((contender) => {
    if (peers) return contender.name === "native" || peers.includes(contender.name);
    if (smoke) return contender.ours;
    return !contender.optional && (!quick || contender.quick);
  });
}
