/** Whole `fit` against whole `fit`: microseconds a training step, and the first epoch apart. */
import { figure, median, print } from "./report.mjs";

/**
 * @typedef {import("./contenders.mjs").Contender & import("./warm.mjs").Warm} Running
 * @typedef {{ contender: Running, steps: number[], firsts: number[], sessions: number[],
 *   loss: number }} Entry
 */

/**
 * Each net in turn; within it, in each round, each contender once (A B C A B C), so that a machine
 * that slows down slows all of them. Every round is a new model: the first epoch holds building,
 * compiling and warming up, the others are the step. A contender that fails is left out, said aloud.
 * @param {Running[]} running the first is the one that ratios compare with
 * @param {{ rounds: number, seconds: number, threads: number, chosen: import("./nets.mjs").Net[] }} options
 *   `seconds` is about how long the timed epochs of a round take
 * @returns {Promise<import("./report.mjs").Result[]>}
 */
export async function measureTraining(running, { rounds, seconds, threads, chosen }) {
  const results = [];
  for (const net of chosen) {
    /** @type {Entry[]} */
    let entries = running.map((contender) => ({
      contender,
      steps: [],
      firsts: [],
      sessions: [],
      loss: 0,
    }));
    for (let round = 0; round < rounds; round++) {
      for (const entry of entries) {
        const failure = await measureOnce(entry, net, round, seconds).catch((error) => error);
        if (!failure) continue;
        console.error(`  left out of ${net.name}: ${failure.message}`);
        entries = entries.filter((other) => other !== entry);
      }
    }
    results.push(...resultsOf(entries, net, threads));
    show(entries, net, threads);
  }
  return results;
}

/** Timed epochs of the first round. */
const firstRoundEpochs = 3;

/**
 * @param {Entry} entry
 * @param {import("./nets.mjs").Net} net
 * @param {number} round
 * @param {number} seconds
 */
async function measureOnce(entry, net, round, seconds) {
  const steps = Math.ceil(net.rows / net.batch);
  // The first round knows no speed yet; the later ones have as many epochs as fill the time.
  const wanted = seconds / ((median(entry.steps) * steps) / 1e6);
  const epochs =
    1 + (round === 0 ? firstRoundEpochs : Math.min(60, Math.max(2, Math.ceil(wanted))));
  const task = { what: "fit", ...net, epochs, seed: round + 1 };
  const { firstSeconds, restSeconds, sessionSeconds, loss } = await entry.contender.ask(task);
  entry.steps.push((restSeconds / (epochs - 1) / steps) * 1e6);
  entry.firsts.push(firstSeconds * 1e6);
  if (sessionSeconds !== undefined) entry.sessions.push(sessionSeconds * 1e6);
  entry.loss = loss;
}

/** What is told of a fit; only ours tells how long its session took. */
const measured = {
  step: (/** @type {Entry} */ { steps }) => steps,
  "first epoch": (/** @type {Entry} */ { firsts }) => firsts,
  session: (/** @type {Entry} */ { sessions }) => sessions,
};

/**
 * @param {Entry[]} entries
 * @param {import("./nets.mjs").Net} net
 * @param {number} threads
 * @returns {import("./report.mjs").Result[]}
 */
function resultsOf(entries, { name, batch }, threads) {
  const ours = entries[0];
  return Object.entries(measured).flatMap(([what, valuesOf]) =>
    entries
      .filter((entry) => valuesOf(entry).length > 0)
      .map((entry) => {
        const medianUs = median(valuesOf(entry));
        const ratio = ours ? medianUs / median(valuesOf(ours)) : null;
        const { contender, loss } = entry;
        return { net: name, batch, threads, who: contender.name, what, medianUs, ratio, loss };
      }),
  );
}

/**
 * @param {Entry[]} entries
 * @param {import("./nets.mjs").Net} net
 * @param {number} threads
 */
function show(entries, { name, batch, targets, targetThreads }, threads) {
  const [ours] = entries;
  if (!ours) return;
  const ratioOf = (/** @type {Entry} */ entry) => median(entry.steps) / median(ours.steps);
  const targetOf = (/** @type {string} */ who, /** @type {number} */ ratio) => {
    const target = targets[/** @type {import("./nets.mjs").Mark} */ (who)];
    const held = targetThreads === undefined || targetThreads === threads;
    if (target === undefined || !held) return ["", ""];
    return [`>= ${target}`, ratio >= target ? "ok" : "MISSED"];
  };
  const table = entries.map((entry) => {
    const ratio = ratioOf(entry);
    const shown =
      entry === ours ? ["", "", ""] : [ratio.toFixed(2), ...targetOf(entry.contender.name, ratio)];
    return [
      entry.contender.label,
      figure(median(entry.steps)),
      ...shown,
      figure(median(entry.firsts) / 1e6),
      entry.sessions.length > 0 ? figure(median(entry.sessions) / 1e6) : "",
      entry.loss.toFixed(4),
    ];
  });
  const keras = entries.filter((entry) => entry.contender.name.startsWith("keras"));
  if (keras.length > 0) {
    const ratio = Math.min(...keras.map(ratioOf));
    const marks = targetOf("keras-best", ratio);
    table.push(["(the best of Keras)", "", ratio.toFixed(2), ...marks, "", "", ""]);
  }
  const times = ["first epoch, s", "session, s (< 2)"];
  const head = ["", "us a step", "peer/ours", "target", "", ...times, "loss"];
  print(`${name}, batch ${batch}`, [head, ...table]);
}
