import { writeWhole } from "../files.ts";
import type { Loss, Model } from "../nn/index.ts";
import { random, range, shuffled } from "../random.ts";
import { encodeCheckpoint } from "../training/checkpoint.ts";
import { namedFigures } from "../training/figures.ts";
import type { FitOptions } from "../training/fit.ts";
import { Fitted } from "../training/fitted.ts";
import type { LoopOptions } from "../training/job.ts";
import { exhausted, judge, mutable } from "../training/judgement.ts";
import { evaluationProgram } from "../training/judging.ts";
import { statistics } from "../training/layout.ts";
import { ruleOf } from "../training/optimizers.ts";
import { trainingProgram } from "../training/program.ts";
import { rateAt } from "../training/schedules.ts";
import type { RowShapes } from "../training/sketch.ts";
import type { Epoch, Vectors } from "../training/state.ts";
import { initialState, parametersOf } from "../training/vectors.ts";
import { base64, bytesFrom } from "./base64.ts";
import type { Connection } from "./connection.ts";

/** Rows that wait on the workers for their training. */
export interface DealtRows {
  /** Rows of each partition that train, and that validate. */
  readonly train: readonly number[];
  readonly validate: readonly number[];
  readonly shapes: RowShapes;
}

/** How rounds go on. */
export interface RoundOptions
  extends Pick<
    FitOptions,
    | "optimizer"
    | "learningRate"
    | "schedule"
    | "clipNorm"
    | "signal"
    | "onEpoch"
    | "onProgress"
    | "checkpointPath"
    | "resume"
  > {
  readonly loss: Loss;
  /** Rounds at most. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly patience: number;
  readonly seed: number;
  /** Steps of each partition between two averages; null for one pass over its rows. */
  readonly localSteps: number | null;
  /** The learning rate that a greater one comes down to where rounds no longer gain; absent where one was stated. */
  readonly calmRate?: number;
}

/** What a round came to: the averaged state, and sums of figures over rows. */
interface Round {
  readonly state: Readonly<Record<string, string>> | null;
  readonly validate: number;
  readonly steps: number;
  /** Rows that the steps were of, all together. */
  readonly trained: number;
  readonly figures: readonly number[];
  readonly judged: readonly number[];
}

/** Rows of the only partition up to which they come in the order of a training on one machine. */
const mostOrdered = 100_000;

/**
 * Trains a model on the rows of a cluster, round by round: each partition goes on from the same weights, and what they come
 * to is averaged. A request judges the weights that it is given and trains them, so that a round costs one: the last one
 * is for nothing where judging them ends the run. The history has a line for each round.
 */
export async function fitInRounds(
  connection: Connection,
  model: Model,
  { train, validate, shapes }: DealtRows,
  options: RoundOptions,
): Promise<Fitted> {
  const { optimizer: named = "adam", schedule = { kind: "constant" } } = options;
  const { learningRate = 1e-3, clipNorm = 0, localSteps, seed, loss, batchSize } = options;
  const optimizer = typeof named === "string" ? { name: named } : named;
  const loop: LoopOptions = {
    ...{ epochs: options.epochs, batchSize, seed, learningRate, optimizer, schedule },
    ...{ plateau: null, patience: options.patience, minimumDelta: 0, shuffle: true },
  };
  const rule = ruleOf(optimizer);
  const program = trainingProgram(model, loss, rule, shapes, { clipNorm, gathers: true });
  const evaluation = evaluationProgram(model, loss, shapes);
  const { runtime, spark } = connection.versions;
  await connection.ask("program", {
    training: base64(program.bytes),
    evaluation: base64(evaluation.bytes),
    groups: program.groups,
    ...{ figures: program.figures, judging: evaluation.figures, losses: program.losses },
    ...{ noise: program.noise, judgingNoise: evaluation.noise },
    ...{ seed, batch: batchSize, rate: learningRate, runtime, partitions: train.length },
    width: shapes.x[0],
    columns: shapes.mask?.[0] ?? 0,
    masked: shapes.mask !== undefined,
    weight: shapes.weight !== undefined,
  });
  const stepsOf = (rows: number): number => Math.ceil(rows / Math.min(batchSize, rows));
  const steps = localSteps ?? Math.max(...train.filter((rows) => rows > 0).map(stepsOf));
  const alone = train.length === 1 && localSteps === null && train[0]! <= mostOrdered;
  const learnt = program.groups.filter((group) => group !== statistics);
  const partitions = train.filter((rows) => rows > 0).length;
  const judges = validate.some((rows) => rows > 0);
  const state = mutable(options.resume ?? initialState(model, program, seed));
  /** What the round before came to in training, until it is judged. */
  let trained: Omit<Epoch, "validationLoss"> | null = null;
  let roundBegan = performance.now();
  let asked = options.signal?.aborted ?? false;
  for (;;) {
    const round: number = state.epoch + (trained ? 1 : 0);
    const trains = round < options.epochs && !asked && !exhausted(state, loop);
    if (!trains && !trained) break;
    const calm = calmAfter(state.history.slice(0, Math.max(0, round - 1)));
    const rateOf = (step: number): number => {
      const rate = rateAt(schedule, learningRate, step);
      return options.calmRate === undefined ? rate : Math.max(options.calmRate, calm * rate);
    };
    const scalars = Array.from({ length: steps }, (_, i) =>
      rule.scalars(state.totalSteps + i + 1, rateOf(state.totalSteps + i)),
    );
    const result = await connection.ask<Round>("round", {
      ...{ round, first: state.totalSteps, steps: localSteps ?? 0, trains },
      judges: judges && trained !== null,
      state: Object.fromEntries(
        Object.keys(program.state).map((name) => [name, base64(state.vectors[name]!)]),
      ),
      scalars: Object.fromEntries(
        Object.keys(scalars[0]!).map((name) => [name, scalars.map((each) => each[name]!)]),
      ),
      ...(alone && {
        order: base64(Int32Array.from(shuffled(range(train[0]!), random(seed, 1, round)))),
      }),
    });
    if (trained) {
      const epoch: Epoch = {
        ...trained,
        ...(judges && { validationLoss: result.judged[0]! / result.validate }),
        seconds: (performance.now() - roundBegan) / 1000,
      };
      state.history.push(epoch);
      state.epoch++;
      judge(state, loop, epoch);
      options.onEpoch?.(epoch);
      await save(options.checkpointPath, state);
      asked ||= options.signal?.aborted ?? false;
    }
    if (!trains || !result.state || asked || exhausted(state, loop)) break;
    roundBegan = performance.now();
    const { [program.figures[0]!.name]: lossOf, ...metrics } = namedFigures(
      program.figures,
      result.figures.map((sum) => sum / result.trained),
    );
    state.totalSteps += result.steps;
    const averaged = Object.fromEntries(
      Object.entries(result.state).map(([name, text]) => [name, floats(text)]),
    );
    const momentum = calm * momentumOf(partitions, round);
    // one partition is its own average, to the last bit
    const further = partitions > 1 && moved(averaged, state.vectors, learnt, momentum);
    state.vectors = { ...averaged, ...further };
    trained = {
      epoch: round + 1,
      loss: lossOf as number,
      ...(program.figures.length > 1 && { metrics }),
      learningRate: rateOf(state.totalSteps - 1),
      seconds: 0,
    };
    options.onProgress?.({
      ...{ epoch: round + 1, epochs: options.epochs, step: 1, steps: 1, loss: lossOf as number },
    });
  }
  const { best, history, vectors } = state;
  const outcome = {
    vectors: best?.vectors ?? vectors,
    history,
    bestEpoch: best?.epoch ?? history.length,
    stopped: asked ? "asked" : exhausted(state, loop) ? "patience" : "epochs",
    compileSeconds: 0,
  } as const;
  return new Fitted(model, parametersOf(model, outcome.vectors), outcome, {
    ...{ loss, engineVersion: `onnxruntime ${runtime} (Spark ${spark})`, engineNote: null },
  });
}

/**
 * The momentum of weights from round to round among so many partitions: averages lose of the way that they all go, and
 * momentum makes up for it (Chen and Huo 2016, blockwise model update filtering; docs/cluster.md has what was measured). It
 * comes by and by: the first rounds go far, and not the way of those after them.
 */
const momentumOf = (partitions: number, round: number): number =>
  Math.min(0.6, 1 - 1 / Math.sqrt(partitions), Math.max(0, 1 - 4 / (round + 3)));

/** Rounds without gain after which the pace is halved. */
const restless = 2;

/**
 * The share of momentum and learning rate that is left where rounds no longer gain. A round that is asked for knows of all
 * but the one before it, which the same request judges: so does one that is asked for again.
 */
function calmAfter(history: readonly Epoch[]): number {
  let [best, waited, halvings] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const { loss, validationLoss = loss } of history) {
    if (validationLoss < best) {
      best = validationLoss;
      waited = 0;
    } else if (++waited === restless) {
      halvings++;
      waited = 0;
    }
  }
  return 0.5 ** halvings;
}

/** Where the weights of a round go from those before it, and how far they went, for the next one. */
function moved(
  averaged: Vectors,
  before: Vectors,
  groups: readonly string[],
  momentum: number,
): Vectors {
  return Object.fromEntries(
    groups.flatMap((group) => {
      const [from, to, last] = [before[group]!, averaged[group]!, before[wayOf(group)]];
      const way = to.map((value, i) => value - from[i]! + momentum * (last?.[i] ?? 0));
      return [
        [group, from.map((value, i) => value + way[i]!)],
        [wayOf(group), way],
      ];
    }),
  );
}

/** The vector that holds how far the weights of a group went in the round before. */
const wayOf = (group: string): string => `way.${group}`;

async function save(
  path: string | undefined,
  state: Parameters<typeof encodeCheckpoint>[0],
): Promise<void> {
  if (path !== undefined) await writeWhole(path, encodeCheckpoint(state));
}

const floats = (text: string): Vectors[string] => new Float32Array(bytesFrom(text).buffer);
