import { setUpPeers } from "../peers/setup.mjs";
import { figure, machine, median, print } from "../report.mjs";
import { ours } from "./ours.mjs";
import { startPyod } from "./pyod.mjs";
import { readSet, setFiles } from "./sets.mjs";

/** PyOD's autoencoder as it comes: 64-32-64, relu, batch normalisation, dropout, 10 epochs of 32 rows. */
const same = {
  ...{ hidden: [64], latentDim: 32, activation: "relu", batchNormalization: true, dropout: 0.2 },
  ...{ epochs: 10, batchSize: 32, patience: 0 },
};

/** Fits shuttle with all its rows, ours beside PyOD's AutoEncoder, each warm, medians of three. */
export async function measureSpeed() {
  const file = setFiles().find((name) => name.includes("shuttle"));
  if (!file) {
    console.log("shuttle is not here (../shared/data/anomaly): nothing to measure");
    return;
  }
  setUpPeers({ python: true, tfjs: false });
  const set = await readSet(file, Number.POSITIVE_INFINITY);
  const data = { fit: set, judge: set };
  const pyod = await startPyod();
  /** @type {[string, () => Promise<number>][]} */
  const ways = [
    ["Espejo ensemble", async () => (await ours(data, { kind: "ensemble" })).seconds],
    ["Espejo basic, as PyOD's", async () => (await ours(data, same)).seconds],
    ["PyOD AutoEncoder", async () => (await pyod.score("autoencoder", data, 0)).seconds],
  ];
  /** @type {Map<string, number[]>} */
  const seconds = new Map(ways.map(([name]) => [name, []]));
  // turn by turn, so that a noisy minute hits all; the first turn warms up
  for (let round = 0; round < 4; round++)
    for (const [name, run] of ways) {
      const took = await run();
      if (round > 0) seconds.get(name)?.push(took);
    }
  pyod.stop();
  const { processor, processors } = machine();
  const peer = median(seconds.get("PyOD AutoEncoder") ?? []);
  const rows = [...seconds].map(([name, runs]) => {
    const middle = median(runs);
    return [name, figure(middle), ...runs.map(figure), `${figure(peer / middle)}x`];
  });
  print(`fitting ${set.rows} x ${set.columns}; ${processor}, ${processors} processors`, [
    ["seconds", "median", "1", "2", "3", "PyOD / this"],
    ...rows,
  ]);
}
