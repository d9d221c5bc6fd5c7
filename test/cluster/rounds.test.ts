import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Connection } from "../../src/cluster/connection.ts";
import { fitInRounds } from "../../src/cluster/rounds.ts";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { lossNamed } from "../../src/nn/index.ts";
import { decodeCheckpoint } from "../../src/training/checkpoint.ts";

const folder = mkdtempSync(join(tmpdir(), "espejo-rounds-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = autoencoder({ input: 4, latentDim: 2 });
const options = {
  ...{ loss: lossNamed("mse"), epochs: 20, batchSize: 10, patience: 3, seed: 1, localSteps: null },
};
const dealt = { train: [100, 95], validate: [20, 0], shapes: { x: [4] } };

interface Asked {
  readonly round: number;
  readonly trains: boolean;
  readonly judges: boolean;
  readonly first: number;
  readonly state: Readonly<Record<string, string>>;
  readonly scalars: Readonly<Record<string, readonly number[]>>;
}

const floats = (text: string) =>
  new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
const text = (values: Float32Array) => Buffer.from(values.buffer).toString("base64");

/** A cluster whose state grows by one in each round, and whose validation losses are these by the state that is judged. */
function cluster(losses: readonly number[], onRound: (asked: Asked) => void = () => {}) {
  const rounds: Asked[] = [];
  const connection: Connection = {
    versions: { spark: "4.0.0", pyspark: "4.0.0", runtime: "1.0.0", python: "3.11" },
    async ask<T>(name: string, request: object = {}): Promise<T> {
      if (name !== "round") return {} as T;
      const asked = request as Asked;
      rounds.push(asked);
      onRound(asked);
      const state = Object.entries(asked.state).map(
        ([name, value]) => [name, floats(value)] as const,
      );
      return {
        state: asked.trains
          ? Object.fromEntries(
              state.map(([name, values]) => [name, text(values.map((v) => v + 1))]),
            )
          : null,
        ...{ validate: 20, steps: asked.trains ? 10 : 0, trained: 195 },
        figures: [195 * (asked.round + 1)],
        judged: asked.judges ? [20 * losses[asked.round - 1]!] : [],
      } as T;
    },
    end: async () => {},
  };
  return { connection, rounds };
}

test("a request judges the state of the round before, and early stopping keeps the best", async () => {
  const { connection, rounds } = cluster([5, 4, 3, 3.5, 3.6, 3.7, 1]);
  const fitted = await fitInRounds(connection, model, dealt, options);
  expect(fitted.history.map(({ validationLoss }) => validationLoss)).toEqual([
    5, 4, 3, 3.5, 3.6, 3.7,
  ]);
  expect(fitted).toMatchObject({ bestEpoch: 3, stopped: "patience" });
  expect(rounds.map(({ judges }) => judges)).toEqual([false, true, true, true, true, true, true]);
  // each round goes one further, and the third one on by a fifth of the way of the second, by the ramp of the momentum
  const [name, first] = Object.entries(fitted.parameters)[0]!;
  const begun = await fitInRounds(cluster([]).connection, model, dealt, { ...options, epochs: 0 });
  expect(first[0]).toBeCloseTo(begun.parameters[name]![0]! + 3 + 0.2, 5);
});

test("the last round is judged and trains nothing", async () => {
  const { connection, rounds } = cluster([3, 2, 1]);
  const fitted = await fitInRounds(connection, model, dealt, { ...options, epochs: 3 });
  expect(fitted).toMatchObject({ bestEpoch: 3, stopped: "epochs" });
  expect(rounds.map(({ trains }) => trains)).toEqual([true, true, true, false]);
});

test("steps are those of the fullest partition, and the learning rate goes on with them", async () => {
  const { connection, rounds } = cluster([3, 2]);
  await fitInRounds(connection, model, dealt, { ...options, epochs: 2 });
  expect(rounds[0]!.scalars.rate).toHaveLength(10);
  expect(rounds.slice(0, 2).map(({ first }) => first)).toEqual([0, 10]);
  // Adam's correction of the bias makes the first steps longer
  expect(rounds[1]!.scalars.rate![0]).not.toBe(rounds[0]!.scalars.rate![0]);
});

test("a run that was ended between rounds goes on to the same numbers", async () => {
  // the third and fourth gain nothing: the pace is halved
  const judged = [9, 8, 8.5, 8.6, 7, 6];
  const paced = { ...options, epochs: 6, learningRate: 0.004, calmRate: 0.001 };
  const uncut = cluster(judged);
  const whole = await fitInRounds(uncut.connection, model, dealt, paced);
  const checkpointPath = join(folder, "checkpoint");
  const ended = cluster(judged, ({ round }) => {
    if (round === 5) throw new Error("lost");
  });
  const told = { ...paced, checkpointPath };
  await expect(fitInRounds(ended.connection, model, dealt, told)).rejects.toThrow("lost");
  const resume = decodeCheckpoint(readFileSync(checkpointPath));
  expect(resume.epoch).toBe(4);
  const { connection, rounds } = cluster(judged);
  const again = await fitInRounds(connection, model, dealt, { ...told, resume });
  expect(rounds[0]).toMatchObject({ round: 4, judges: false, first: 40 });
  expect(rounds.map(({ scalars }) => scalars)).toEqual(
    uncut.rounds.slice(4).map(({ scalars }) => scalars),
  );
  const rateAt = (round: number) => uncut.rounds[round]!.scalars.rate!.at(-1)!;
  expect(rateAt(5) / rateAt(4)).toBeLessThan(0.6);
  expect(again.parameters).toEqual(whole.parameters);
  expect(again.history.map(({ loss, validationLoss }) => [loss, validationLoss])).toEqual(
    whole.history.map(({ loss, validationLoss }) => [loss, validationLoss]),
  );
});

test("who is asked to stop keeps what was judged", async () => {
  const stop = new AbortController();
  const { connection } = cluster([3, 2, 1], ({ round }) => {
    if (round === 2) stop.abort();
  });
  const fitted = await fitInRounds(connection, model, dealt, { ...options, signal: stop.signal });
  expect(fitted).toMatchObject({ bestEpoch: 2, stopped: "asked" });
});
