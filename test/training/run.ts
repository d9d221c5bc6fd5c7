import type { Engine, EngineChoice } from "../../src/engine/engine.ts";
import { loadEngine } from "../../src/engine/node.ts";
import { type Loss, type Model, mse } from "../../src/nn/index.ts";
import { random } from "../../src/random.ts";
import type { Job, LoopOptions } from "../../src/training/job.ts";
import { evaluationProgram } from "../../src/training/judging.ts";
import { type Outcome, runLoop, type Watch } from "../../src/training/loop.ts";
import { ruleOf } from "../../src/training/optimizers.ts";
import { trainingProgram } from "../../src/training/program.ts";
import { type Arrays, memorySource, type RowSource } from "../../src/training/rows.ts";
import type { RowShapes } from "../../src/training/sketch.ts";
import type { Checkpoint } from "../../src/training/state.ts";
import { initialState } from "../../src/training/vectors.ts";

/** Rows near a plane: `columns` linear mixtures of two hidden numbers, with a little noise. */
export function planeRows(rows: number, columns: number, seed = 1, noise = 0.05): Float32Array {
  const draw = random(seed);
  const mixture = Array.from({ length: 2 * columns }, () => draw.normal());
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const [a, b] = [draw.normal(), 0.5 * draw.normal()];
    for (let j = 0; j < columns; j++)
      data[i * columns + j] = a * mixture[j]! + b * mixture[columns + j]! + noise * draw.normal();
  }
  return data;
}

export interface HereOptions extends Partial<LoopOptions> {
  readonly loss?: Loss;
  readonly clipNorm?: number;
  readonly target?: Float32Array;
  readonly mask?: { readonly data: Float32Array; readonly columns: number };
  readonly validation?: readonly number[];
  readonly stepsPerCall?: number;
  readonly gathers?: boolean;
  readonly engine?: EngineChoice;
  readonly resume?: Checkpoint;
  readonly watch?: Partial<Watch>;
  /** Sees the rows on their way to the engine. */
  readonly spy?: (source: RowSource) => RowSource;
}

/** Trains in this thread, with the same programs and loop as the worker. */
export async function runHere(
  model: Model,
  x: Float32Array,
  options: HereOptions = {},
): Promise<Outcome> {
  const { loss = mse, clipNorm = 0, target, mask, validation = [], engine: choice } = options;
  const { optimizer = { name: "adam" }, seed = 42 } = options;
  const cells = (shape: readonly number[]): number => shape.reduce((n, dim) => n * dim, 1);
  const [width, outputWidth] = [cells(model.inputShape), cells(model.outputShape)];
  const rows: RowShapes = {
    x: model.inputShape,
    ...(target && { target: model.outputShape }),
    ...(mask && { mask: [mask.columns] }),
  };
  const arrays: Arrays = {
    x: { data: x, width },
    ...(target && { target: { data: target, width: outputWidth } }),
    ...(mask && { mask: { data: mask.data, width: mask.columns } }),
  };
  const rule = ruleOf(optimizer);
  const program = trainingProgram(model, loss, rule, rows, { clipNorm });
  const job: Job = {
    program,
    gathering: options.gathers
      ? trainingProgram(model, loss, rule, rows, { clipNorm, gathers: true }).bytes
      : null,
    evaluation: evaluationProgram(model, loss, rows),
    rows,
    options: {
      epochs: 3,
      batchSize: 8,
      learningRate: 0.01,
      schedule: { kind: "constant" },
      plateau: null,
      patience: 0,
      minimumDelta: 0,
      shuffle: true,
      ...options,
      seed,
      optimizer,
    },
    load: { threads: 1 },
    ...(options.stepsPerCall && { stepsPerCall: options.stepsPerCall }),
  };
  const judges = new Set(validation);
  const learners = Uint32Array.from(
    [...Array(x.length / width).keys()].filter((i) => !judges.has(i)),
  );
  const learn = memorySource(arrays, learners, seed);
  const engine: Engine = await loadEngine(choice);
  return runLoop(
    engine,
    job,
    options.spy ? options.spy(learn) : learn,
    judges.size > 0 ? memorySource(arrays, Uint32Array.from(validation), seed) : null,
    options.resume ?? initialState(model, program, seed),
    { onProgress: () => {}, onEpoch: () => {}, breathe: async () => false, ...options.watch },
  );
}

/** A source that keeps, per epoch, the first cell of each row that it hands out. */
export function recorder(epochs: number[][]): (source: RowSource) => RowSource {
  return (source) => ({
    rows: source.rows,
    start: (epoch, at) => {
      if (at === 0) epochs.push([]);
      return source.start(epoch, at);
    },
    async fill(buffers, count) {
      await source.fill(buffers, count);
      const x = buffers.x!;
      const width = x.length / count;
      for (let i = 0; i < count; i++) epochs.at(-1)!.push(x[i * width]!);
    },
  });
}
