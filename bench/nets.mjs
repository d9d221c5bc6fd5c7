/**
 * The networks of the bench, and how many times faster than a peer a training step must be: against
 * PyTorch eager, the best of Keras' three, Keras as installed, TensorFlow.js, the JAX scan.
 *
 * @typedef {"torch" | "keras-best" | "keras" | "tfjs" | "jax-scan"} Mark
 * @typedef {"dense" | "convolution" | "lstm" | "variational"} Kind a way of building, which every
 *   contender has its own of
 * @typedef {{ name: string, kind: Kind, shape: number[], sizes: number[], batch: number, rows: number,
 *   targets: Partial<Record<Mark, number>>, targetThreads?: number }} Net `shape` is that of a row, channels
 *   or features last; `sizes` are those of all layers, input first; targets hold for `targetThreads`, or any
 */

/** Rows in memory that a net trains on. */
const rows = 20_000;

/** @type {Net[]} */
export const nets = [
  dense([29, 14, 7, 14, 29], 32, [12, 8, 20, 20, 0.6]),
  dense([29, 14, 7, 14, 29], 256, [5, 3, 10, 20, 0.9]),
  dense([784, 32, 784], 256, [1.4, 1.4, 3, 20, 0.8]),
  dense([784, 128, 64, 32, 64, 128, 784], 256, [1.3, 1.2, 1.8, 20, 0.8]),
  {
    // 3x3 windows, stride 2, two convolutions down and two transposed ones up
    name: "convolution 1-32-64-32-1",
    kind: "convolution",
    shape: [28, 28, 1],
    sizes: [1, 32, 64, 32, 1],
    batch: 128,
    rows: 2560,
    targets: { torch: 1.3, keras: 1 },
    targetThreads: 2,
  },
  lstm(50, 2560, { torch: 1.3 }),
  lstm(200, 640, { torch: 1, "keras-best": 2 }),
  {
    // the middle is twice there: the means of the code and their log variances
    name: "variational 784-256-16-256-784",
    kind: "variational",
    shape: [784],
    sizes: [784, 256, 16, 256, 784],
    batch: 128,
    rows,
    targets: { torch: 1.5 },
  },
];

/**
 * @param {number[]} sizes
 * @param {number} batch
 * @param {[number, number, number, number, number]} targets
 * @returns {Net}
 */
function dense(sizes, batch, [torch, kerasBest, keras, tfjs, jax]) {
  return {
    name: sizes.join("-"),
    kind: "dense",
    shape: sizes.slice(0, 1),
    sizes,
    batch,
    rows,
    targets: { torch, "keras-best": kerasBest, keras, tfjs, "jax-scan": jax },
  };
}

/**
 * Eight features at each of `time` steps; an LSTM reads them, another writes them.
 * @param {number} time
 * @param {number} count of rows: few, as a training step takes milliseconds
 * @param {Net["targets"]} targets
 * @returns {Net}
 */
function lstm(time, count, targets) {
  const name = `lstm 8-32-8 of ${time} steps`;
  const sizes = [8, 32, 8];
  return { name, kind: "lstm", shape: [time, 8], sizes, batch: 64, rows: count, targets };
}

/**
 * The nets that `--nets` names: each by its number from 1, its name, or its kind, which takes all of them.
 * @param {readonly string[]} choices
 */
export function chosenNets(choices) {
  return choices.flatMap((choice) => {
    const found = nets.filter(
      ({ name, kind }, i) => choice === String(i + 1) || choice === name || choice === kind,
    );
    if (found.length > 0) return found;
    const kinds = [...new Set(nets.map(({ kind }) => kind))].join(", ");
    throw new RangeError(
      `--nets: a number from 1 to ${nets.length}, a name, or a kind of ${kinds}, got ${choice}`,
    );
  });
}

/** The first net of each kind, with two batches of rows: enough to see that it runs. */
export function smallNets() {
  return nets
    .filter(({ kind }, i) => nets.findIndex((net) => net.kind === kind) === i)
    .map((net) => ({ ...net, rows: 2 * net.batch }));
}
